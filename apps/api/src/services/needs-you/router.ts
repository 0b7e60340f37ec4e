import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { listNeeds } from './list.ts'

export const needsYouRouter = router({
  list: readProcedure({
    permission: 'home:summary:read',
    audit: 'home.viewed',
    input: contract.needsYouInput,
    output: contract.needsYouOutput,
  }).query(({ ctx }) => listNeeds({ ctx: ctx.verb })),
})
