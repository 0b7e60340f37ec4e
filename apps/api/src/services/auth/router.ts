import * as contract from '@chartward/contract'
import { openProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { askForReset } from './ask-for-reset.ts'
import { changePassword } from './change-password.ts'
import { confirmAddress } from './confirm-address.ts'
import { describePasswordRules } from './describe-password-rules.ts'
import { describeSession } from './describe-session.ts'
import { explainAccess } from './explain-access.ts'
import { finishEnrolment } from './finish-enrolment.ts'
import { finishPasskeyEnrolment } from './finish-passkey-enrolment.ts'
import { askPasskey } from './passkeys/ask-passkey.ts'
import { signInByPasskey } from './passkeys/sign-in-by-passkey.ts'
import { stepUpByPasskey } from './passkeys/step-up-by-passkey.ts'
import { resetPassword } from './reset-password.ts'
import { acceptFactorReset } from './resets/accept-factor-reset.ts'
import { viewFactorReset } from './resets/view-factor-reset.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { startEnrolment } from './start-enrolment.ts'
import { startPasskeyEnrolment } from './start-passkey-enrolment.ts'
import { stepUp } from './step-up.ts'
import { useRecoveryCode } from './use-recovery-code.ts'
import { verifyTotp } from './verify-totp.ts'
import { viewInvitation } from './view-invitation.ts'
import { viewReset } from './view-reset.ts'

/**
 * Sign-in, enrolment, step-up, one's own password: what looks at a person's secrets, and is reached whatever
 * they are permitted. Each step says for itself who may take it.
 */
export const authRouter = router({
  session: openProcedure({
    input: contract.describeSessionInput,
    output: contract.describeSessionOutput,
  }).query(({ ctx }) => describeSession({ ctx })),
  passwordRules: openProcedure({
    input: contract.passwordRulesInput,
    output: contract.passwordRulesOutput,
  }).query(({ ctx }) => describePasswordRules({ ctx })),
  signIn: openProcedure({ input: contract.signInInput, output: contract.signInOutput }).mutation(
    ({ ctx, input }) => signIn({ ctx, input }),
  ),
  verifyTotp: openProcedure({ input: contract.verifyTotpInput, output: contract.verifyTotpOutput }).mutation(
    ({ ctx, input }) => verifyTotp({ ctx, input }),
  ),
  useRecoveryCode: openProcedure({
    input: contract.useRecoveryCodeInput,
    output: contract.useRecoveryCodeOutput,
  }).mutation(({ ctx, input }) => useRecoveryCode({ ctx, input })),
  askPasskey: openProcedure({ input: contract.askPasskeyInput, output: contract.askPasskeyOutput }).mutation(
    ({ ctx, input }) => askPasskey({ ctx, input }),
  ),
  signInByPasskey: openProcedure({
    input: contract.passkeyUsed,
    output: contract.verifyTotpOutput,
  }).mutation(({ ctx, input }) => signInByPasskey({ ctx, input })),
  startEnrolment: openProcedure({
    input: contract.startEnrolmentInput,
    output: contract.startEnrolmentOutput,
  }).mutation(({ ctx }) => startEnrolment({ ctx })),
  finishEnrolment: openProcedure({
    input: contract.finishEnrolmentInput,
    output: contract.finishEnrolmentOutput,
  }).mutation(({ ctx, input }) => finishEnrolment({ ctx, input })),
  startPasskeyEnrolment: openProcedure({
    input: contract.startPasskeyEnrolmentInput,
    output: contract.startPasskeyEnrolmentOutput,
  }).mutation(({ ctx }) => startPasskeyEnrolment({ ctx })),
  finishPasskeyEnrolment: openProcedure({
    input: contract.passkeyMade,
    output: contract.finishEnrolmentOutput,
  }).mutation(({ ctx, input }) => finishPasskeyEnrolment({ ctx, input })),
  factorReset: openProcedure({
    input: contract.viewFactorResetInput,
    output: contract.viewFactorResetOutput,
  }).query(({ ctx, input }) => viewFactorReset({ ctx, input })),
  acceptFactorReset: openProcedure({
    input: contract.acceptFactorResetInput,
    output: contract.acceptFactorResetOutput,
  }).mutation(({ ctx, input }) => acceptFactorReset({ ctx, input })),
  invitation: openProcedure({
    input: contract.viewInvitationInput,
    output: contract.viewInvitationOutput,
  }).query(({ ctx, input }) => viewInvitation({ ctx, input })),
  acceptInvitation: openProcedure({
    input: contract.acceptInvitationInput,
    output: contract.acceptInvitationOutput,
  }).mutation(({ ctx, input }) => acceptInvitation({ ctx, input })),
  stepUp: openProcedure({ input: contract.stepUpInput, output: contract.stepUpOutput }).mutation(
    ({ ctx, input }) => stepUp({ ctx, input }),
  ),
  stepUpByPasskey: openProcedure({
    input: contract.passkeyUsed,
    output: contract.stepUpOutput,
  }).mutation(({ ctx, input }) => stepUpByPasskey({ ctx, input })),
  explainAccess: openProcedure({
    input: contract.explainAccessInput,
    output: contract.explainAccessOutput,
  }).mutation(({ ctx, input }) => explainAccess({ ctx, input })),
  changePassword: openProcedure({
    input: contract.changePasswordInput,
    output: contract.changePasswordOutput,
  }).mutation(({ ctx, input }) => changePassword({ ctx, input })),
  askForReset: openProcedure({
    input: contract.askForResetInput,
    output: contract.askForResetOutput,
  }).mutation(({ ctx, input }) => askForReset({ ctx, input })),
  reset: openProcedure({ input: contract.viewResetInput, output: contract.viewResetOutput }).query(
    ({ ctx, input }) => viewReset({ ctx, input }),
  ),
  resetPassword: openProcedure({
    input: contract.resetPasswordInput,
    output: contract.resetPasswordOutput,
  }).mutation(({ ctx, input }) => resetPassword({ ctx, input })),
  confirmAddress: openProcedure({
    input: contract.confirmAddressInput,
    output: contract.confirmAddressOutput,
  }).mutation(({ ctx, input }) => confirmAddress({ ctx, input })),
  signOut: openProcedure({ input: contract.signOutInput, output: contract.signOutOutput }).mutation(
    ({ ctx }) => signOut({ ctx }),
  ),
})
