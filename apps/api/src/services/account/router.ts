import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { myRoles } from './roles.ts'
import { mySignIns } from './sign-ins.ts'

/** What everybody sees of their own account. */
export const accountRouter = router({
  signIns: readProcedure({
    permission: 'self:account:read',
    audit: 'account.viewed',
    input: contract.mySignInsInput,
    output: contract.mySignInsOutput,
  }).query(({ ctx, input }) => mySignIns({ ctx: ctx.verb, input })),

  roles: readProcedure({
    permission: 'self:account:read',
    audit: 'account.viewed',
    input: contract.myRolesInput,
    output: contract.myRolesOutput,
  }).query(({ ctx }) => myRoles({ ctx: ctx.verb })),
})
