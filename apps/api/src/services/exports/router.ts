import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { approveExport } from './approve.ts'
import { getExport } from './get.ts'
import { listExports } from './list.ts'
import { rejectExport } from './reject.ts'
import { requestExport } from './request.ts'

export const exportsRouter = router({
  request: changeProcedure({
    permission: 'export:request:create',
    audit: 'export.requested',
    input: contract.requestExportInput,
    output: contract.requestExportOutput,
  }).mutation(({ ctx, input }) => requestExport({ ctx: ctx.verb, input })),

  list: readProcedure({
    permission: 'export:request:list',
    audit: 'export.listed',
    input: contract.listExportsInput,
    output: contract.listExportsOutput,
  }).query(({ ctx }) => listExports({ ctx: ctx.verb })),

  get: readProcedure({
    permission: 'export:request:read',
    audit: 'export.viewed',
    input: contract.getExportInput,
    output: contract.getExportOutput,
  }).query(({ ctx, input }) => getExport({ ctx: ctx.verb, input })),

  approve: changeProcedure({
    permission: 'export:request:decide',
    audit: 'export.approved',
    input: contract.approveExportInput,
    output: contract.approveExportOutput,
  }).mutation(({ ctx, input }) => approveExport({ ctx: ctx.verb, input })),

  reject: changeProcedure({
    permission: 'export:request:decide',
    audit: 'export.rejected',
    input: contract.rejectExportInput,
    output: contract.rejectExportOutput,
  }).mutation(({ ctx, input }) => rejectExport({ ctx: ctx.verb, input })),
})
