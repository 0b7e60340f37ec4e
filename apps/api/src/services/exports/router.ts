import { z } from 'zod'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { approveExport } from './approve.ts'
import { getExport } from './get.ts'
import { listExports } from './list.ts'
import { rejectExport } from './reject.ts'
import { requestExport } from './request.ts'
import { approveSchema, oneSchema, rejectSchema, requestSchema } from './schemas.ts'

export const exportsRouter = router({
  request: changeProcedure({
    permission: 'export:request:create',
    audit: 'export.requested',
    input: requestSchema,
  }).mutation(({ ctx, input }) => requestExport({ ctx: ctx.verb, input })),

  list: readProcedure({
    permission: 'export:request:list',
    audit: 'export.listed',
    input: z.strictObject({}).optional(),
  }).query(({ ctx }) => listExports({ ctx: ctx.verb })),

  get: readProcedure({
    permission: 'export:request:read',
    audit: 'export.viewed',
    input: oneSchema,
  }).query(({ ctx, input }) => getExport({ ctx: ctx.verb, input })),

  approve: changeProcedure({
    permission: 'export:request:decide',
    audit: 'export.approved',
    input: approveSchema,
  }).mutation(({ ctx, input }) => approveExport({ ctx: ctx.verb, input })),

  reject: changeProcedure({
    permission: 'export:request:decide',
    audit: 'export.rejected',
    input: rejectSchema,
  }).mutation(({ ctx, input }) => rejectExport({ ctx: ctx.verb, input })),
})
