import { z } from 'zod'
import { openProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { describeSession } from './describe-session.ts'
import { finishEnrolment } from './finish-enrolment.ts'
import { emailSchema, passwordSchema, recoveryCodeSchema, tokenSchema, totpCodeSchema } from './schemas.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { startEnrolment } from './start-enrolment.ts'
import { stepUp } from './step-up.ts'
import { useRecoveryCode } from './use-recovery-code.ts'
import { verifyTotp } from './verify-totp.ts'
import { viewInvitation } from './view-invitation.ts'

const nothing = z.strictObject({}).optional()

/** Sign-in, enrolment, step-up: what is reached before anything is permitted. Each step says for itself who may take it. */
export const authRouter = router({
  session: openProcedure.input(nothing).query(({ ctx }) => describeSession({ ctx })),
  signIn: openProcedure
    .input(z.strictObject({ email: emailSchema, password: passwordSchema }))
    .mutation(({ ctx, input }) => signIn({ ctx, input })),
  verifyTotp: openProcedure
    .input(z.strictObject({ code: totpCodeSchema }))
    .mutation(({ ctx, input }) => verifyTotp({ ctx, input })),
  useRecoveryCode: openProcedure
    .input(z.strictObject({ code: recoveryCodeSchema }))
    .mutation(({ ctx, input }) => useRecoveryCode({ ctx, input })),
  startEnrolment: openProcedure.input(nothing).mutation(({ ctx }) => startEnrolment({ ctx })),
  finishEnrolment: openProcedure
    .input(z.strictObject({ code: totpCodeSchema }))
    .mutation(({ ctx, input }) => finishEnrolment({ ctx, input })),
  invitation: openProcedure
    .input(z.strictObject({ token: tokenSchema }))
    .query(({ ctx, input }) => viewInvitation({ ctx, input })),
  acceptInvitation: openProcedure
    .input(z.strictObject({ token: tokenSchema, password: passwordSchema }))
    .mutation(({ ctx, input }) => acceptInvitation({ ctx, input })),
  stepUp: openProcedure
    .input(z.strictObject({ code: z.union([totpCodeSchema, recoveryCodeSchema]) }))
    .mutation(({ ctx, input }) => stepUp({ ctx, input })),
  signOut: openProcedure.input(nothing).mutation(({ ctx }) => signOut({ ctx })),
})
