import type { ResourceType } from '@chartward/policy'
import { client, type Outputs } from '../../../lib/trpc.ts'
import { CHART_GROUPS } from '../groups.ts'
import type { RecordRow } from '../record-columns.tsx'

type OwnAccess = Outputs['audit']['ownAccesses']['items'][number]

/** One's own record from end to end, and who saw it. */
export interface Whole {
  readonly patient: Outputs['patients']['get']
  readonly records: ReadonlyMap<ResourceType, readonly RecordRow[]>
  readonly accesses: readonly OwnAccess[]
  /** How many entries about it are there and can't be read. */
  readonly unreadable: number
  readonly readAt: string
}

/** As many records as one answer holds. */
const AT_ONCE = 100

const allOf = async (patientId: string, type: ResourceType, signal: AbortSignal): Promise<RecordRow[]> => {
  const rows: RecordRow[] = []
  let cursor: string | null = null
  do {
    const page: Outputs['records']['takeAway'] = await client.records.takeAway.query(
      { patientId, type, limit: AT_ONCE, ...(cursor === null ? {} : { cursor }) },
      { signal },
    )
    rows.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rows
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
  for (const { types } of CHART_GROUPS) {
    for (const type of types)
      if ((patient.counts[type] ?? 0) > 0) records.set(type, await allOf(patientId, type, signal))
  }
  return { patient, records, ...(await accessesOf(patientId, signal)), readAt: new Date().toISOString() }
}
