import type { RecordId } from '@chartward/policy'
import type { Change, Identified, Known, Vouched } from './plan-patient.ts'
import type { Provenance } from './provenance.ts'
import type { SeenRecord } from './store-care.ts'
import { keyOf } from './tokens.ts'

/**
 * The records of a batch that are new, changed, or trusted from now on, as far as they are of a kind that
 * says who cares for the patient. What is as it was says nothing new: the list of care was written with it.
 */
export const seenRecords = (
  { source, trusted }: Provenance,
  asked: readonly Identified[],
  known: ReadonlyMap<string, Known>,
  { changes, vouched }: { readonly changes: readonly Change[]; readonly vouched: readonly Vouched[] },
): SeenRecord[] => {
  const changed = new Map(changes.map((change) => [keyOf(change.source.token), change.recordId]))
  const stoodFor = new Set(vouched.map(({ recordId }) => recordId))
  const seen = new Map<RecordId, SeenRecord>()
  for (const { item, tokens } of asked) {
    const { links } = item.record
    const key = keyOf(tokens[0].token)
    const before = known.get(key)?.recordId
    const recordId = changed.get(key) ?? (before !== undefined && stoodFor.has(before) ? before : undefined)
    if (links.kind !== null && recordId !== undefined)
      seen.set(recordId, { recordId, source, trusted, links })
  }
  return [...seen.values()]
}
