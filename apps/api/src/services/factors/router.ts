import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { addAuthenticator } from './add-authenticator.ts'
import { addPasskey } from './add-passkey.ts'
import { callOffReset } from './call-off-reset.ts'
import { myFactors } from './mine.ts'
import { removeFactor } from './remove.ts'
import { renamePasskey } from './rename-passkey.ts'
import { renewRecoveryCodes } from './renew-recovery-codes.ts'
import { startAuthenticator } from './start-authenticator.ts'
import { startPasskey } from './start-passkey.ts'

/** What one signs in with oneself; for others there is `users`. */
export const factorsRouter = router({
  mine: readProcedure({
    permission: 'self:factor:read',
    audit: 'factor.listed',
    input: contract.myFactorsInput,
    output: contract.myFactorsOutput,
  }).query(({ ctx }) => myFactors({ ctx: ctx.verb })),

  startPasskey: changeProcedure({
    permission: 'self:factor:change',
    audit: 'factor.add-started',
    input: contract.startPasskeyInput,
    output: contract.startPasskeyOutput,
  }).mutation(({ ctx }) => startPasskey({ ctx: ctx.verb })),

  addPasskey: changeProcedure({
    permission: 'self:factor:change',
    audit: 'factor.added',
    input: contract.addPasskeyInput,
    output: contract.addPasskeyOutput,
  }).mutation(({ ctx, input }) => addPasskey({ ctx: ctx.verb, input })),

  renamePasskey: changeProcedure({
    permission: 'self:factor:change',
    audit: 'factor.renamed',
    input: contract.renamePasskeyInput,
    output: contract.renamePasskeyOutput,
  }).mutation(({ ctx, input }) => renamePasskey({ ctx: ctx.verb, input })),

  startAuthenticator: changeProcedure({
    permission: 'self:factor:change',
    audit: 'factor.add-started',
    input: contract.startAuthenticatorInput,
    output: contract.startAuthenticatorOutput,
  }).mutation(({ ctx }) => startAuthenticator({ ctx: ctx.verb })),

  addAuthenticator: changeProcedure({
    permission: 'self:factor:change',
    audit: 'factor.added',
    input: contract.addAuthenticatorInput,
    output: contract.addAuthenticatorOutput,
  }).mutation(({ ctx, input }) => addAuthenticator({ ctx: ctx.verb, input })),

  remove: changeProcedure({
    permission: 'self:factor:change',
    audit: 'factor.removed',
    input: contract.removeFactorInput,
    output: contract.removeFactorOutput,
  }).mutation(({ ctx, input }) => removeFactor({ ctx: ctx.verb, input })),

  renewRecoveryCodes: changeProcedure({
    permission: 'self:factor:change',
    audit: 'factor.recovery-codes.renewed',
    input: contract.newRecoveryCodesInput,
    output: contract.newRecoveryCodesOutput,
  }).mutation(({ ctx }) => renewRecoveryCodes({ ctx: ctx.verb })),

  callOffReset: changeProcedure({
    permission: 'self:factor:change',
    audit: 'user.lost-factor.called-off',
    input: contract.callOffResetInput,
    output: contract.callOffResetOutput,
  }).mutation(({ ctx, input }) => callOffReset({ ctx: ctx.verb, input })),
})
