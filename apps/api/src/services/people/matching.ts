import { type MatchingPeopleInput, type MatchingPeopleOutput, MOST_PEOPLE } from '@chartward/contract'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { filterAccounts } from '../users/facets.ts'

/**
 * The ids of all whom a list with these filters shows, for an act that is about exactly them: whoever fits
 * the filters later is none of them.
 */
export const matchingPeople = async ({
  ctx: { app, entry },
  input,
}: {
  readonly ctx: VerbContext<'people.listed'>
  readonly input: MatchingPeopleInput
}): Promise<MatchingPeopleOutput> => {
  const { fitting } = filterAccounts(await app.reads.accounts.all(), input)
  if (fitting.length > MOST_PEOPLE)
    throw new ChartwardError(
      'CONFLICT',
      `More than ${MOST_PEOPLE} fit: too many for one act. Narrow the filters, and do it in parts.`,
    )
  entry.shown({ count: fitting.length, resource: { type: 'user', id: null } })
  return { people: fitting.map(({ id }) => id) }
}
