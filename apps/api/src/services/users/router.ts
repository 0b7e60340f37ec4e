import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { assignRole } from './assign-role.ts'
import { changeAddress } from './change-address.ts'
import { deactivateUser } from './deactivate.ts'
import { endAssignment } from './end-assignment.ts'
import { factorResetLink } from './factor-reset-link.ts'
import { getUser } from './get.ts'
import { inviteUser } from './invite.ts'
import { listUsers } from './list.ts'
import { lockDownUser } from './lock-down.ts'
import { lockDownUsers } from './lock-down-many.ts'
import { reactivateUser } from './reactivate.ts'
import { reinviteUser } from './reinvite.ts'
import { renameUser } from './rename.ts'
import { reportLostFactor } from './report-lost-factor.ts'
import { requestPractitionerLink } from './request-practitioner-link.ts'
import { showRolePermits } from './role-permits.ts'
import { listRoles } from './roles.ts'
import { sendReset } from './send-reset.ts'

export const usersRouter = router({
  list: readProcedure({
    permission: 'account:user:list',
    audit: 'user.listed',
    input: contract.listUsersInput,
    output: contract.listUsersOutput,
  }).query(({ ctx, input }) => listUsers({ ctx: ctx.verb, input })),

  get: readProcedure({
    permission: 'account:user:read',
    audit: 'user.viewed',
    input: contract.getUserInput,
    output: contract.getUserOutput,
  }).query(({ ctx, input }) => getUser({ ctx: ctx.verb, input })),

  roles: readProcedure({
    permission: 'account:user:list',
    audit: 'user.listed',
    input: contract.listRolesInput,
    output: contract.listRolesOutput,
  }).query(({ ctx }) => listRoles({ ctx: ctx.verb })),

  rolePermits: readProcedure({
    permission: 'account:user:list',
    audit: 'user.listed',
    input: contract.rolePermitsInput,
    output: contract.rolePermitsOutput,
  }).query(({ ctx, input }) => showRolePermits({ ctx: ctx.verb, input })),

  invite: changeProcedure({
    permission: 'account:user:invite',
    audit: 'user.invited',
    input: contract.inviteUserInput,
    output: contract.inviteUserOutput,
  }).mutation(({ ctx, input }) => inviteUser({ ctx: ctx.verb, input })),

  reinvite: changeProcedure({
    permission: 'account:user:invite',
    audit: 'user.invited',
    input: contract.reinviteUserInput,
    output: contract.reinviteUserOutput,
  }).mutation(({ ctx, input }) => reinviteUser({ ctx: ctx.verb, input })),

  deactivate: changeProcedure({
    permission: 'account:user:deactivate',
    audit: 'user.deactivation.requested',
    input: contract.deactivateUserInput,
    output: contract.deactivateUserOutput,
  }).mutation(({ ctx, input }) => deactivateUser({ ctx: ctx.verb, input })),

  reactivate: changeProcedure({
    permission: 'account:user:reactivate',
    audit: 'user.reactivation.requested',
    input: contract.reactivateUserInput,
    output: contract.reactivateUserOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => reactivateUser({ ctx: ctx.verb, input })),

  sendReset: changeProcedure({
    permission: 'account:password:reset',
    audit: 'user.password-reset.requested',
    input: contract.sendResetInput,
    output: contract.sendResetOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => sendReset({ ctx: ctx.verb, input })),

  rename: changeProcedure({
    permission: 'account:user:change',
    audit: 'user.name.change-requested',
    input: contract.renameUserInput,
    output: contract.renameUserOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => renameUser({ ctx: ctx.verb, input })),

  changeAddress: changeProcedure({
    permission: 'account:user:change',
    audit: 'user.address.change-requested',
    input: contract.changeAddressInput,
    output: contract.changeAddressOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => changeAddress({ ctx: ctx.verb, input })),

  lockDown: changeProcedure({
    permission: 'account:lockdown:start',
    audit: 'user.lockdown.requested',
    input: contract.lockDownUserInput,
    output: contract.lockDownUserOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => lockDownUser({ ctx: ctx.verb, input })),

  reportLostFactor: changeProcedure({
    permission: 'account:factor:reset',
    audit: 'user.lost-factor.requested',
    input: contract.reportLostFactorInput,
    output: contract.reportLostFactorOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => reportLostFactor({ ctx: ctx.verb, input })),

  factorResetLink: changeProcedure({
    permission: 'account:factor:reset',
    audit: 'user.lost-factor.link-made',
    input: contract.factorResetLinkInput,
    output: contract.factorResetLinkOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => factorResetLink({ ctx: ctx.verb, input })),

  lockDownMany: changeProcedure({
    permission: 'account:lockdown:start',
    audit: 'user.lockdown.requested',
    input: contract.lockDownUsersInput,
    output: contract.lockDownUsersOutput,
    // The verb asks about each of them.
    aboutUser: ({ userIds: [first] }) => first,
  }).mutation(({ ctx, input }) => lockDownUsers({ ctx: ctx.verb, input })),

  assignRole: changeProcedure({
    permission: 'access:assignment:request',
    audit: 'role.assignment.requested',
    input: contract.assignRoleInput,
    output: contract.assignRoleOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => assignRole({ ctx: ctx.verb, input })),

  endAssignment: changeProcedure({
    permission: 'access:assignment:end',
    audit: 'role.assignment.end-requested',
    input: contract.endAssignmentInput,
    output: contract.endAssignmentOutput,
  }).mutation(({ ctx, input }) => endAssignment({ ctx: ctx.verb, input })),

  requestPractitionerLink: changeProcedure({
    permission: 'account:practitioner:link',
    audit: 'user.practitioner.link-requested',
    input: contract.requestPractitionerLinkInput,
    output: contract.requestPractitionerLinkOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => requestPractitionerLink({ ctx: ctx.verb, input })),
})
