import type { ResourceType } from '@chartward/policy'
import { client, type Outputs } from '../../../lib/trpc.ts'
import { CHART_GROUPS } from '../groups.ts'
import type { RecordRow } from '../record-columns.tsx'

/** One's own record from end to end. */
export interface Whole {
  readonly patient: Outputs['patients']['get']
  readonly records: ReadonlyMap<ResourceType, readonly RecordRow[]>
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

/** Reads all of it, kind by kind; rejects where a part can't be read: what is not whole is not handed out. */
export const readWhole = async (patientId: string, signal: AbortSignal): Promise<Whole> => {
  const patient = await client.patients.get.query({ id: patientId }, { signal })
  const records = new Map<ResourceType, readonly RecordRow[]>()
  for (const { types } of CHART_GROUPS) {
    for (const type of types)
      if ((patient.counts[type] ?? 0) > 0) records.set(type, await allOf(patientId, type, signal))
  }
  return { patient, records, readAt: new Date().toISOString() }
}
