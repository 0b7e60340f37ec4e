import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { whyMay, whyMayPatient } from './may.ts'
import { readersOf } from './readers.ts'

export const whyRouter = router({
  may: readProcedure({
    permission: 'access:decision:explain',
    audit: 'decision.explained',
    input: contract.whyInput,
    output: contract.whyOutput,
  }).query(({ ctx, input }) => whyMay({ ctx: ctx.verb, input })),

  mayPatient: readProcedure({
    permission: 'access:patient:explain',
    audit: 'decision.explained',
    input: contract.whyPatientInput,
    output: contract.whyPatientOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => whyMayPatient({ ctx: ctx.verb, input })),

  readers: readProcedure({
    permission: 'access:patient:explain',
    audit: 'decision.readers-listed',
    input: contract.readersInput,
    output: contract.readersOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => readersOf({ ctx: ctx.verb, input })),
})
