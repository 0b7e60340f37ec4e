import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { compareRole } from './compare.ts'
import { roleConflicts } from './conflicts.ts'
import { getRole } from './get.ts'
import { listAllRoles } from './list.ts'
import { putRoleInForce } from './put-in-force.ts'
import { replayRole } from './replay.ts'
import { retireRole } from './retire.ts'
import { saveRoleDraft } from './save-draft.ts'

export const rolesRouter = router({
  list: readProcedure({
    permission: 'account:user:list',
    audit: 'role.listed',
    input: contract.listCustomRolesInput,
    output: contract.listCustomRolesOutput,
  }).query(({ ctx }) => listAllRoles({ ctx: ctx.verb })),

  get: readProcedure({
    permission: 'account:user:list',
    audit: 'role.viewed',
    input: contract.getCustomRoleInput,
    output: contract.getCustomRoleOutput,
  }).query(({ ctx, input }) => getRole({ ctx: ctx.verb, input })),

  compare: readProcedure({
    permission: 'account:user:list',
    audit: 'role.compared',
    input: contract.compareRoleInput,
    output: contract.compareRoleOutput,
  }).query(({ ctx, input }) => compareRole({ ctx: ctx.verb, input })),

  replay: readProcedure({
    permission: 'account:user:list',
    audit: 'role.replayed',
    input: contract.replayRoleInput,
    output: contract.replayRoleOutput,
  }).query(({ ctx, input }) => replayRole({ ctx: ctx.verb, input })),

  conflicts: readProcedure({
    permission: 'account:user:read',
    audit: 'role.viewed',
    input: contract.roleConflictsInput,
    output: contract.roleConflictsOutput,
  }).query(({ ctx, input }) => roleConflicts({ ctx: ctx.verb, input })),

  saveDraft: changeProcedure({
    permission: 'access:role:draft',
    audit: 'role.version.drafted',
    input: contract.saveRoleDraftInput,
    output: contract.saveRoleDraftOutput,
  }).mutation(({ ctx, input }) => saveRoleDraft({ ctx: ctx.verb, input })),

  putInForce: changeProcedure({
    permission: 'access:role:put-in-force',
    audit: 'role.version.force-requested',
    input: contract.putRoleInForceInput,
    output: contract.putRoleInForceOutput,
  }).mutation(({ ctx, input }) => putRoleInForce({ ctx: ctx.verb, input })),

  retire: changeProcedure({
    permission: 'access:role:put-in-force',
    audit: 'role.retired',
    input: contract.retireRoleInput,
    output: contract.retireRoleOutput,
  }).mutation(({ ctx, input }) => retireRole({ ctx: ctx.verb, input })),
})
