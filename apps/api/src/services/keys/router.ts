import * as contract from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { keyCost } from './cost.ts'
import { listRotations } from './history.ts'
import { listKeys } from './list.ts'
import { pauseRotation, resumeRotation } from './pause.ts'
import { showProvider } from './provider.ts'
import { rotateKey } from './rotate.ts'
import { rotatePatientKey } from './rotate-patient.ts'
import { getSearchPlan } from './search-plan.ts'

export const keysRouter = router({
  list: readProcedure({
    permission: 'system:key:read',
    audit: 'key.listed',
    input: contract.listKeysInput,
    output: contract.listKeysOutput,
  }).query(({ ctx }) => listKeys({ ctx: ctx.verb })),

  search: readProcedure({
    permission: 'system:key:read',
    audit: 'key.search-viewed',
    input: contract.getSearchPlanInput,
    output: contract.getSearchPlanOutput,
  }).query(({ ctx }) => getSearchPlan({ ctx: ctx.verb })),

  cost: readProcedure({
    permission: 'system:key:rotate',
    audit: 'key.listed',
    input: contract.keyCostInput,
    output: contract.keyCostOutput,
  }).query(({ ctx, input }) => keyCost({ ctx: ctx.verb, input })),

  history: readProcedure({
    permission: 'system:key:read',
    audit: 'key.rotation-viewed',
    input: contract.listRotationsInput,
    output: contract.listRotationsOutput,
  }).query(({ ctx }) => listRotations({ ctx: ctx.verb })),

  provider: readProcedure({
    permission: 'system:key:read',
    audit: 'key.provider-viewed',
    input: contract.keyProviderInput,
    output: contract.keyProviderOutput,
  }).query(({ ctx }) => showProvider({ ctx: ctx.verb })),

  rotate: changeProcedure({
    permission: 'system:key:rotate',
    audit: 'key.rotation-asked',
    input: contract.rotateKeyInput,
    output: contract.rotateKeyOutput,
  }).mutation(({ ctx, input }) => rotateKey({ ctx: ctx.verb, input })),

  rotatePatient: changeProcedure({
    permission: 'system:key:rotate-patient',
    audit: 'key.patient-rotation-asked',
    input: contract.rotatePatientKeyInput,
    output: contract.rotatePatientKeyOutput,
    resource: ({ patientId }: { patientId: PatientId }) => ({ kind: 'patient', patientId }),
  }).mutation(({ ctx, input }) => rotatePatientKey({ ctx: ctx.verb, input })),

  pause: changeProcedure({
    permission: 'system:key:rotate',
    audit: 'key.rotation-paused',
    input: contract.rotationInput,
    output: contract.rotationOutput,
  }).mutation(({ ctx, input }) => pauseRotation({ ctx: ctx.verb, input })),

  resume: changeProcedure({
    permission: 'system:key:rotate',
    audit: 'key.rotation-resumed',
    input: contract.rotationInput,
    output: contract.rotationOutput,
  }).mutation(({ ctx, input }) => resumeRotation({ ctx: ctx.verb, input })),
})
