import * as contract from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { addToCareTeam } from './add.ts'
import { findCandidates } from './candidates.ts'
import { endCareRelationship } from './end.ts'
import { listCareTeam } from './list.ts'
import { careWindow } from './window.ts'

const ofPatient = ({ patientId }: { patientId: PatientId }) => ({ kind: 'patient', patientId }) as const

export const careRouter = router({
  list: readProcedure({
    permission: 'care:relationship:list',
    audit: 'care.relationship.listed',
    input: contract.listCareTeamInput,
    output: contract.listCareTeamOutput,
    resource: ofPatient,
  }).query(({ ctx, input }) => listCareTeam({ ctx: ctx.verb, input })),

  candidates: readProcedure({
    permission: 'care:relationship:list',
    audit: 'care.relationship.listed',
    input: contract.findCandidatesInput,
    output: contract.findCandidatesOutput,
    resource: ofPatient,
  }).query(({ ctx, input }) => findCandidates({ ctx: ctx.verb, input })),

  add: changeProcedure({
    permission: 'care:relationship:create',
    audit: 'care.relationship.created',
    input: contract.addToCareTeamInput,
    output: contract.addToCareTeamOutput,
    resource: ofPatient,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => addToCareTeam({ ctx: ctx.verb, input })),

  end: changeProcedure({
    permission: 'care:relationship:end',
    audit: 'care.relationship.ended',
    input: contract.endCareRelationshipInput,
    output: contract.endCareRelationshipOutput,
    resource: ofPatient,
  }).mutation(({ ctx, input }) => endCareRelationship({ ctx: ctx.verb, input })),

  window: readProcedure({
    permission: 'care:window:read',
    audit: 'care.window.viewed',
    input: contract.careWindowInput,
    output: contract.careWindowOutput,
  }).query(({ ctx, input }) => careWindow({ ctx: ctx.verb, input })),
})
