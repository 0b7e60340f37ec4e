import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { getRecord } from './get.ts'
import { listRecords } from './list.ts'

export const recordsRouter = router({
  list: readProcedure({
    permission: 'vault:record:list',
    audit: 'record.listed',
    input: contract.listRecordsInput,
    output: contract.listRecordsOutput,
    proven: 'by test',
    resource: ({ patientId, type }) => ({ kind: 'patient', patientId, types: [type] }),
  }).query(({ ctx, input }) => listRecords({ ctx: ctx.verb, scope: ctx.scope, input })),

  get: readProcedure({
    permission: 'vault:record:read',
    audit: 'record.viewed',
    input: contract.getRecordInput,
    output: contract.getRecordOutput,
    proven: 'by test',
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => getRecord({ ctx: ctx.verb, scope: ctx.scope, input })),
})
