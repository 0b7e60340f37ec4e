import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { reasonSchema } from '../users/schemas.ts'
import { approve } from './approve.ts'
import { listApprovals } from './list.ts'
import { reject } from './reject.ts'

export const approvalsRouter = router({
  list: readProcedure({
    permission: 'access:approval:list',
    audit: 'approval.listed',
    input: z.strictObject({ status: z.enum(['pending', 'approved', 'rejected', 'expired']).optional() }),
  }).query(({ ctx, input }) => listApprovals({ ctx: ctx.verb, input })),

  approve: changeProcedure({
    permission: 'access:approval:decide',
    audit: 'approval.approved',
    input: z.strictObject({ id: idSchema, reason: reasonSchema.optional() }),
  }).mutation(({ ctx, input }) => approve({ ctx: ctx.verb, input })),

  reject: changeProcedure({
    permission: 'access:approval:decide',
    audit: 'approval.rejected',
    input: z.strictObject({ id: idSchema, reason: reasonSchema }),
  }).mutation(({ ctx, input }) => reject({ ctx: ctx.verb, input })),
})
