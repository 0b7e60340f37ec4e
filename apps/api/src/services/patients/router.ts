import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { getPatient } from './get.ts'
import { listMyPatients } from './mine.ts'
import { searchPatients } from './search.ts'

export const patientsRouter = router({
  mine: readProcedure({
    permission: 'vault:patient:list',
    audit: 'patient.listed',
    input: z.strictObject({ cursor: idSchema.optional() }),
    resource: () => ({ kind: 'patients' }),
  }).query(({ ctx, input }) => listMyPatients({ ctx: ctx.verb, scope: ctx.scope, input })),

  search: readProcedure({
    permission: 'vault:patient:search',
    audit: 'patient.searched',
    input: z.strictObject({ by: z.enum(['mrn', 'name']), text: z.string().trim().min(1).max(100) }),
    resource: () => ({ kind: 'patients' }),
  }).query(({ ctx, input }) => searchPatients({ ctx: ctx.verb, scope: ctx.scope, input })),

  get: readProcedure({
    permission: 'vault:patient:read',
    audit: 'patient.viewed',
    input: z.strictObject({ id: idSchema }),
    resource: ({ id }) => ({ kind: 'patient', patientId: id }),
  }).query(({ ctx, input }) => getPatient({ ctx: ctx.verb, scope: ctx.scope, input })),
})
