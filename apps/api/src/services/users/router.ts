import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { assignRole } from './assign-role.ts'
import { deactivateUser } from './deactivate.ts'
import { endAssignment } from './end-assignment.ts'
import { getUser } from './get.ts'
import { inviteUser } from './invite.ts'
import { listUsers } from './list.ts'
import { reinviteUser } from './reinvite.ts'
import { requestPractitionerLink } from './request-practitioner-link.ts'
import { listRoles } from './roles.ts'
import { displayNameSchema, newEmailSchema, reasonSchema } from './schemas.ts'

export const usersRouter = router({
  list: readProcedure({
    permission: 'account:user:list',
    audit: 'user.listed',
    input: z.strictObject({
      status: z.enum(['invited', 'active', 'deactivated']).optional(),
      role: z.string().max(100).optional(),
      text: z.string().trim().max(100).optional(),
      cursor: idSchema.optional(),
      limit: z.number().int().min(1).max(200).optional(),
    }),
  }).query(({ ctx, input }) => listUsers({ ctx: ctx.verb, input })),

  get: readProcedure({
    permission: 'account:user:read',
    audit: 'user.viewed',
    input: z.strictObject({ id: idSchema }),
  }).query(({ ctx, input }) => getUser({ ctx: ctx.verb, input })),

  roles: readProcedure({
    permission: 'account:user:list',
    audit: 'user.listed',
    input: z.strictObject({}).optional(),
  }).query(({ ctx }) => listRoles({ ctx: ctx.verb })),

  invite: changeProcedure({
    permission: 'account:user:invite',
    audit: 'user.invited',
    input: z.strictObject({ email: newEmailSchema, displayName: displayNameSchema }),
  }).mutation(({ ctx, input }) => inviteUser({ ctx: ctx.verb, input })),

  reinvite: changeProcedure({
    permission: 'account:user:invite',
    audit: 'user.invited',
    input: z.strictObject({ id: idSchema }),
  }).mutation(({ ctx, input }) => reinviteUser({ ctx: ctx.verb, input })),

  deactivate: changeProcedure({
    permission: 'account:user:deactivate',
    audit: 'user.deactivated',
    input: z.strictObject({ id: idSchema, reason: reasonSchema }),
  }).mutation(({ ctx, input }) => deactivateUser({ ctx: ctx.verb, input })),

  assignRole: changeProcedure({
    permission: 'access:assignment:request',
    audit: 'role.assignment.requested',
    input: z.strictObject({
      userId: idSchema,
      role: z.string().min(1).max(100),
      reason: reasonSchema,
      endsAt: z.coerce.date().optional(),
    }),
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => assignRole({ ctx: ctx.verb, input })),

  endAssignment: changeProcedure({
    permission: 'access:assignment:end',
    audit: 'role.assignment.ended',
    input: z.strictObject({ assignmentId: idSchema, reason: reasonSchema }),
  }).mutation(({ ctx, input }) => endAssignment({ ctx: ctx.verb, input })),

  requestPractitionerLink: changeProcedure({
    permission: 'account:practitioner:link',
    audit: 'user.practitioner.link-requested',
    input: z.strictObject({
      userId: idSchema,
      npi: z
        .string()
        .transform((npi) => npi.replace(/\s/g, ''))
        .pipe(z.string().regex(/^\d{1,10}$/)),
      reason: reasonSchema,
    }),
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => requestPractitionerLink({ ctx: ctx.verb, input })),
})
