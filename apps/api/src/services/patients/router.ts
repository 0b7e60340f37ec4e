import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { getPatient } from './get.ts'
import { listMyPatients } from './mine.ts'
import { searchPatients } from './search.ts'

export const patientsRouter = router({
  mine: readProcedure({
    permission: 'vault:patient:list',
    audit: 'patient.listed',
    input: contract.listMyPatientsInput,
    output: contract.listMyPatientsOutput,
    proven: 'by test',
    resource: () => ({ kind: 'patients' }),
  }).query(({ ctx, input }) => listMyPatients({ ctx: ctx.verb, scope: ctx.scope, input })),

  search: readProcedure({
    permission: 'vault:patient:search',
    audit: 'patient.searched',
    input: contract.searchPatientsInput,
    output: contract.searchPatientsOutput,
    proven: 'by test',
    resource: () => ({ kind: 'patients' }),
  }).query(({ ctx, input }) => searchPatients({ ctx: ctx.verb, scope: ctx.scope, input })),

  get: readProcedure({
    permission: 'vault:patient:read',
    audit: 'patient.viewed',
    input: contract.getPatientInput,
    output: contract.getPatientOutput,
    proven: 'by test',
    resource: ({ id }) => ({ kind: 'patient', patientId: id }),
  }).query(({ ctx, input }) => getPatient({ ctx: ctx.verb, scope: ctx.scope, input })),
})
