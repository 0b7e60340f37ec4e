import type { GetRecordOutput, RecordMeaning } from '@chartward/contract'
import { titleOf } from '@chartward/fhir'
import type { RecordView } from '../../vault/view.ts'
import type { Names } from '../directory/referenced.ts'

const NONE: Names = {}

/**
 * A record as it leaves: of what the vault shows, the keys that the contract names, and the moment as text.
 */
export const recordOf = (
  { id, type, version, authoredAt, values, rest, title, meaning, untrusted, withheld }: RecordView,
  names: Names = NONE,
): GetRecordOutput => ({
  id,
  type,
  version,
  authoredAt: authoredAt.toISOString(),
  values,
  rest,
  title: names === NONE ? title : (titleOf(type, values, names)?.value ?? title),
  names: namesOut(names),
  meaning: meaningOut(meaning),
  untrusted,
  withheld,
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

export const namesOut = (names: Names = NONE): GetRecordOutput['names'] =>
  Object.entries(names).map(([reference, words]) => ({ reference, words }))
