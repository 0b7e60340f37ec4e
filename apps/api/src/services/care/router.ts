import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { addToCareTeam } from './add.ts'
import { findCandidates } from './candidates.ts'
import { endCareRelationship } from './end.ts'
import { listCareTeam } from './list.ts'

const ofPatient = ({ patientId }: { patientId: string }) => ({ kind: 'patient', patientId }) as const

export const careRouter = router({
  list: readProcedure({
    permission: 'care:relationship:list',
    audit: 'care.relationship.listed',
    input: z.strictObject({ patientId: idSchema }),
    resource: ofPatient,
  }).query(({ ctx, input }) => listCareTeam({ ctx: ctx.verb, input })),

  candidates: readProcedure({
    permission: 'care:relationship:list',
    audit: 'care.relationship.listed',
    input: z.strictObject({ patientId: idSchema, text: z.string().trim().max(100) }),
    resource: ofPatient,
  }).query(({ ctx, input }) => findCandidates({ ctx: ctx.verb, input })),

  add: changeProcedure({
    permission: 'care:relationship:create',
    audit: 'care.relationship.created',
    input: z.strictObject({
      patientId: idSchema,
      userId: idSchema,
      endsAt: z.coerce.date().optional(),
      reason: z.string().trim().min(3).max(500),
    }),
    resource: ofPatient,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => addToCareTeam({ ctx: ctx.verb, input })),

  end: changeProcedure({
    permission: 'care:relationship:end',
    audit: 'care.relationship.ended',
    input: z.strictObject({ patientId: idSchema, id: idSchema, reason: z.string().trim().min(3).max(500) }),
    resource: ofPatient,
  }).mutation(({ ctx, input }) => endCareRelationship({ ctx: ctx.verb, input })),
})
