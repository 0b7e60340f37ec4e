import type { GetRecordOutput, RecordMeaning } from '@chartward/contract'
import type { RecordView } from '../../vault/view.ts'

/**
 * A record as it leaves: of what the vault shows, the keys that the contract names, and the moment as text.
 */
export const recordOf = ({
  id,
  type,
  version,
  authoredAt,
  values,
  title,
  meaning,
  untrusted,
}: RecordView): GetRecordOutput => ({
  id,
  type,
  version,
  authoredAt: authoredAt.toISOString(),
  values,
  title,
  meaning: meaningOut(meaning),
  untrusted,
})

/** What may not be ignored of a record, as it leaves. */
export const meaningOut = ({
  standing,
  words,
  counts,
  struck,
  labels,
}: RecordView['meaning']): RecordMeaning => ({
  standing,
  words: [...words],
  counts,
  struck,
  labels: [...labels],
})
