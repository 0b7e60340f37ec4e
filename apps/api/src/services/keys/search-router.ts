import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { getSearchPlan } from './search-plan.ts'

export const keysSearchRouter = router({
  search: readProcedure({
    permission: 'system:key:read',
    audit: 'key.search-viewed',
    input: contract.getSearchPlanInput,
    output: contract.getSearchPlanOutput,
  }).query(({ ctx }) => getSearchPlan({ ctx: ctx.verb })),
})
