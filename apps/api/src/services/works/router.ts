import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { cancelWork } from './cancel.ts'
import { getWork } from './get.ts'
import { listWorks } from './list.ts'

// Whoever is signed in may ask; what there is to see, and to cancel, follows from what each kind demands.
export const worksRouter = router({
  list: readProcedure({
    permission: 'self:work:follow',
    audit: 'work.listed',
    input: contract.listWorksInput,
    output: contract.listWorksOutput,
  }).query(({ ctx, input }) => listWorks({ ctx: ctx.verb, input })),

  get: readProcedure({
    permission: 'self:work:follow',
    audit: 'work.viewed',
    input: contract.getWorkInput,
    output: contract.getWorkOutput,
  }).query(({ ctx, input }) => getWork({ ctx: ctx.verb, input })),

  cancel: changeProcedure({
    permission: 'self:work:follow',
    audit: 'work.cancel-asked',
    input: contract.cancelWorkInput,
    output: contract.cancelWorkOutput,
  }).mutation(({ ctx, input }) => cancelWork({ ctx: ctx.verb, input })),
})
