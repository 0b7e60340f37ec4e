import type { ResourceType } from '@chartward/policy'
import { client, type Outputs } from '../../../lib/trpc.ts'
import { CHART_GROUPS } from '../groups.ts'
import type { RecordRow } from '../record-columns.tsx'

type OwnAccess = Outputs['audit']['ownAccesses']['items'][number]

/** One's own record from end to end, and who saw it. */
export interface Whole {
  readonly patient: Outputs['patients']['get']
  readonly records: ReadonlyMap<ResourceType, readonly RecordRow[]>
  /** The kinds of which there may be more than is counted, or in another order. */
  readonly disordered: readonly ResourceType[]
  readonly accesses: readonly OwnAccess[]
  /** How many entries about it are there and can't be read. */
  readonly unreadable: number
  readonly readAt: string
}

/** As many records as one answer holds. */
const AT_ONCE = 100

const allOf = async (
  patientId: string,
  type: ResourceType,
  signal: AbortSignal,
): Promise<{ readonly rows: RecordRow[]; readonly holds: boolean }> => {
  const rows: RecordRow[] = []
  let holds = true
  let cursor: string | null = null
  do {
    const page: Outputs['records']['takeAway'] = await client.records.takeAway.query(
      { patientId, type, limit: AT_ONCE, ...(cursor === null ? {} : { cursor }) },
      { signal },
    )
    rows.push(...page.items)
    if (page.order === 'untrusted') holds = false
    cursor = page.nextCursor
  } while (cursor !== null)
  return { rows, holds }
}

const accessesOf = async (
  patientId: string,
  signal: AbortSignal,
): Promise<Pick<Whole, 'accesses' | 'unreadable'>> => {
  const accesses: OwnAccess[] = []
  let unreadable = 0
  let cursor: string | null = null
  do {
    const page: Outputs['audit']['ownAccesses'] = await client.audit.ownAccesses.query(
      { patientId, limit: AT_ONCE, ...(cursor === null ? {} : { cursor }) },
      { signal },
    )
    accesses.push(...page.items)
    unreadable += page.unreadable
    cursor = page.nextCursor
  } while (cursor !== null)
  return { accesses, unreadable }
}

/** Reads all of it, kind by kind; rejects where a part can't be read: what is not whole is not handed out. */
export const readWhole = async (patientId: string, signal: AbortSignal): Promise<Whole> => {
  const patient = await client.patients.get.query({ id: patientId }, { signal })
  const records = new Map<ResourceType, readonly RecordRow[]>()
  const disordered = new Set<ResourceType>(patient.untrustedTypes)
  for (const type of CHART_GROUPS.flatMap(({ types }) => types)) {
    if ((patient.counts[type] ?? 0) === 0 && !disordered.has(type)) continue
    const { rows, holds } = await allOf(patientId, type, signal)
    records.set(type, rows)
    if (!holds) disordered.add(type)
  }
  const told = { patient, records, disordered: [...disordered] }
  return { ...told, ...(await accessesOf(patientId, signal)), readAt: new Date().toISOString() }
}
