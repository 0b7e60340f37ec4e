import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { approve } from './approve.ts'
import { getApproval } from './get.ts'
import { listApprovals } from './list.ts'
import { reject } from './reject.ts'

export const approvalsRouter = router({
  list: readProcedure({
    permission: 'access:approval:list',
    audit: 'approval.listed',
    input: contract.listApprovalsInput,
    output: contract.listApprovalsOutput,
  }).query(({ ctx, input }) => listApprovals({ ctx: ctx.verb, input })),

  get: readProcedure({
    permission: 'access:approval:list',
    audit: 'approval.viewed',
    input: contract.getApprovalInput,
    output: contract.getApprovalOutput,
  }).query(({ ctx, input }) => getApproval({ ctx: ctx.verb, input })),

  approve: changeProcedure({
    permission: 'access:approval:decide',
    audit: 'approval.approved',
    input: contract.approveInput,
    output: contract.approveOutput,
  }).mutation(({ ctx, input }) => approve({ ctx: ctx.verb, input })),

  reject: changeProcedure({
    permission: 'access:approval:decide',
    audit: 'approval.rejected',
    input: contract.rejectInput,
    output: contract.rejectOutput,
  }).mutation(({ ctx, input }) => reject({ ctx: ctx.verb, input })),
})
