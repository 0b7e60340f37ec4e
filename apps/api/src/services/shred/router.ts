import * as contract from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { decideHoldLift, decideShred } from './decide.ts'
import { getShred } from './get.ts'
import { getCertificate } from './get-certificate.ts'
import { listShreds } from './list.ts'
import { requestShred } from './request.ts'
import { requestHoldLift } from './request-lift.ts'
import { setHold } from './set-hold.ts'
import { signCertificate } from './sign-certificate.ts'

const ofPatient = ({ patientId }: { patientId: PatientId }) => ({ kind: 'patient', patientId }) as const

export const shredRouter = router({
  get: readProcedure({
    permission: 'vault:shred:read',
    audit: 'shred.viewed',
    input: contract.getShredInput,
    output: contract.getShredOutput,
    resource: ofPatient,
  }).query(({ ctx, input }) => getShred({ ctx: ctx.verb, input })),

  setHold: changeProcedure({
    permission: 'vault:hold:set',
    audit: 'hold.set',
    input: contract.setHoldInput,
    output: contract.setHoldOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => setHold({ ctx: ctx.verb, input })),

  requestLift: changeProcedure({
    permission: 'vault:hold:lift',
    audit: 'hold.lift-requested',
    input: contract.requestHoldLiftInput,
    output: contract.requestHoldLiftOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => requestHoldLift({ ctx: ctx.verb, input })),

  approveLift: changeProcedure({
    permission: 'vault:hold:decide',
    audit: 'hold.lift-approved',
    input: contract.approveHoldLiftInput,
    output: contract.approveHoldLiftOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => decideHoldLift('approved')({ ctx: ctx.verb, input })),

  rejectLift: changeProcedure({
    permission: 'vault:hold:decide',
    audit: 'hold.lift-rejected',
    input: contract.rejectHoldLiftInput,
    output: contract.rejectHoldLiftOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => decideHoldLift('rejected')({ ctx: ctx.verb, input })),

  request: changeProcedure({
    permission: 'vault:shred:request',
    audit: 'shred.requested',
    input: contract.requestShredInput,
    output: contract.requestShredOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => requestShred({ ctx: ctx.verb, input })),

  approve: changeProcedure({
    permission: 'vault:shred:decide',
    audit: 'shred.approved',
    input: contract.approveShredInput,
    output: contract.approveShredOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => decideShred('approved')({ ctx: ctx.verb, input })),

  reject: changeProcedure({
    permission: 'vault:shred:decide',
    audit: 'shred.rejected',
    input: contract.rejectShredInput,
    output: contract.rejectShredOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => decideShred('rejected')({ ctx: ctx.verb, input })),

  list: readProcedure({
    permission: 'vault:shred:list',
    audit: 'shred.listed',
    input: contract.listShredsInput,
    output: contract.listShredsOutput,
  }).query(({ ctx }) => listShreds({ ctx: ctx.verb })),

  certificate: readProcedure({
    permission: 'vault:shred:list',
    audit: 'shred.certificate-viewed',
    input: contract.getCertificateInput,
    output: contract.getCertificateOutput,
  }).query(({ ctx, input }) => getCertificate({ ctx: ctx.verb, input })),

  // A mutation, since the log says of each bundle that it was signed.
  signCertificate: readProcedure({
    permission: 'vault:shred:list',
    audit: 'shred.certificate-viewed',
    input: contract.signCertificateInput,
    output: contract.signCertificateOutput,
  }).mutation(({ ctx, input }) => signCertificate({ ctx: ctx.verb, input })),
})
