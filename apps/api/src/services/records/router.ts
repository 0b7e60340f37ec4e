import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { getRecord } from './get.ts'
import { listRecords } from './list.ts'
import { overview } from './overview.ts'
import { trend } from './trend.ts'

export const recordsRouter = router({
  list: readProcedure({
    permission: 'vault:record:list',
    audit: 'record.listed',
    input: contract.listRecordsInput,
    output: contract.listRecordsOutput,
    proven: 'by test',
    resource: ({ patientId, type }) => ({ kind: 'patient', patientId, types: [type] }),
  }).query(({ ctx, input }) => listRecords({ ctx: ctx.verb, scope: ctx.scope, input })),

  takeAway: readProcedure({
    permission: 'self:record:export',
    audit: 'record.taken-away',
    input: contract.listRecordsInput,
    output: contract.listRecordsOutput,
    resource: ({ patientId, type }) => ({ kind: 'patient', patientId, types: [type] }),
  }).query(({ ctx, input }) => listRecords({ ctx: ctx.verb, scope: ctx.scope, input })),

  overview: readProcedure({
    permission: 'vault:record:list',
    audit: 'record.listed',
    input: contract.overviewInput,
    output: contract.overviewOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => overview({ ctx: ctx.verb, scope: ctx.scope, input })),

  trend: readProcedure({
    permission: 'vault:record:list',
    audit: 'record.listed',
    input: contract.trendInput,
    output: contract.trendOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId, types: ['Observation'] }),
  }).query(({ ctx, input }) => trend({ ctx: ctx.verb, scope: ctx.scope, input })),

  get: readProcedure({
    permission: 'vault:record:read',
    audit: 'record.viewed',
    input: contract.getRecordInput,
    output: contract.getRecordOutput,
    proven: 'by test',
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => getRecord({ ctx: ctx.verb, scope: ctx.scope, input })),
})
