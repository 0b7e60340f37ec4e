import type { RecordId } from '@chartward/policy'
import type { Change, Known, Vouched } from './plan-patient.ts'
import type { Provenance } from './provenance.ts'
import type { Identified } from './sourced.ts'
import type { SeenRecord } from './store-care.ts'
import { keyOf } from './tokens.ts'

/**
 * The records of a batch, each once in it, that are new, changed, or trusted from now on, as far as they are
 * of a kind that says who cares for the patient. What is as it was says nothing new: the list of care was
 * written with it.
 */
export const seenRecords = (
  { source, trusted }: Provenance,
  items: readonly Identified[],
  known: ReadonlyMap<string, Known | 'untold'>,
  { changes, vouched }: { readonly changes: readonly Change[]; readonly vouched: readonly Vouched[] },
): SeenRecord[] => {
  const written = new Set([...changes, ...vouched].map(({ recordId }) => recordId))
  const fresh = new Map<string, RecordId>()
  for (const { isNew, source, recordId } of changes) if (isNew) fresh.set(keyOf(source.token), recordId)
  return items.flatMap(({ record: { links }, identity: { key, ways } }) => {
    if (links.kind === null) return []
    const before = known.get(key)
    if (before === 'untold') return []
    const recordId = before?.recordId ?? fresh.get(keyOf(ways[0][0].token))
    return recordId !== undefined && written.has(recordId) ? [{ recordId, source, trusted, links }] : []
  })
}
