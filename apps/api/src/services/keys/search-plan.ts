import type { GetSearchPlanOutput } from '@chartward/contract'
import { planNameSearch } from '@chartward/crypto'
import { selectInScope } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { MOST_CANDIDATES } from '../patients/candidates.ts'

/**
 * What the tokens that patients are found by cost and tell: for the population that they were planned for,
 * and for the one that is there.
 */
export const getSearchPlan = async ({
  ctx: { app, entry },
}: {
  readonly ctx: VerbContext<'key.search-viewed'>
}): Promise<GetSearchPlanOutput> => {
  const { plannedPatients, nameBits } = app.settings
  const [row] = await selectInScope<{ count: number }>(
    app.db,
    'all',
    'select count(*)::int as count from patients',
    [],
  )
  const patients = row?.count ?? 0
  entry.shown({ count: 0, resource: { type: 'Key', id: null } })
  return {
    planned: planNameSearch(plannedPatients, nameBits),
    now: patients === 0 ? null : planNameSearch(patients, nameBits),
    mostOpened: MOST_CANDIDATES,
  }
}
