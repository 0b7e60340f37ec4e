import * as contract from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { decidePatientAccount } from './decide.ts'
import { endPatientAccount } from './end.ts'
import { getPatientAccount } from './get.ts'
import { invitePatient } from './invite.ts'
import { requestPatientAccount } from './request.ts'

const ofPatient = ({ patientId }: { patientId: PatientId }) => ({ kind: 'patient', patientId }) as const

export const patientAccountsRouter = router({
  get: readProcedure({
    permission: 'account:patient:read',
    audit: 'patient-account.viewed',
    input: contract.getPatientAccountInput,
    output: contract.getPatientAccountOutput,
    resource: ofPatient,
  }).query(({ ctx, input }) => getPatientAccount({ ctx: ctx.verb, input })),

  request: changeProcedure({
    permission: 'account:patient:request',
    audit: 'patient-account.requested',
    input: contract.requestPatientAccountInput,
    output: contract.requestPatientAccountOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => requestPatientAccount({ ctx: ctx.verb, input })),

  approve: changeProcedure({
    permission: 'account:patient:decide',
    audit: 'patient-account.approved',
    input: contract.approvePatientAccountInput,
    output: contract.approvePatientAccountOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => decidePatientAccount('approved')({ ctx: ctx.verb, input })),

  reject: changeProcedure({
    permission: 'account:patient:decide',
    audit: 'patient-account.rejected',
    input: contract.rejectPatientAccountInput,
    output: contract.rejectPatientAccountOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => decidePatientAccount('rejected')({ ctx: ctx.verb, input })),

  invite: changeProcedure({
    permission: 'account:patient:request',
    audit: 'patient-account.invited',
    input: contract.invitePatientInput,
    output: contract.invitePatientOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => invitePatient({ ctx: ctx.verb, input })),

  end: changeProcedure({
    permission: 'account:patient:end',
    audit: 'patient-account.ended',
    input: contract.endPatientAccountInput,
    output: contract.endPatientAccountOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => endPatientAccount({ ctx: ctx.verb, input })),
})
