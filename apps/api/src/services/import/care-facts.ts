import type { ChangedCare } from './care-relationships.ts'
import { chunksOf, MOST_NAMED } from './chunks.ts'

/** What an audit entry says of relationships, by their ids. */
interface CareFacts {
  /** Given, or changed for more. */
  readonly careRelationships: string[]
  /** Those that last less long than before, or give nothing any more. */
  readonly careTaken: string[]
}

/** At least one entry's worth; more only where one can't name all. */
export const careFacts = ({ given, taken }: ChangedCare): [CareFacts, ...CareFacts[]] => {
  const ids = [...given, ...taken]
  const gone = new Set(taken)
  const [first = [], ...rest] = chunksOf(ids, MOST_NAMED)
  const facts = (some: readonly string[]): CareFacts => ({
    careRelationships: some.filter((id) => !gone.has(id)),
    careTaken: some.filter((id) => gone.has(id)),
  })
  return [facts(first), ...rest.map(facts)]
}
