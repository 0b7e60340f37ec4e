import { isPermission, type Permission } from '@chartward/policy'
import * as z from 'zod/mini'
import { passkeyAsked, passkeyUsed, passkeyWanted } from './factors.ts'
import { count, done, heldRole, id, instant, nothing, reason, totpCode, typed } from './forms.ts'
import { fieldPath } from './values.ts'
import { accountKind } from './words.ts'

const permission = z.custom<Permission>((value) => typeof value === 'string' && isPermission(value))

/**
 * Bounds, not rules: whether an address or a password is right is for the verb to say, in the same
 * words for all.
 */
const email = typed(0, 1000).check(z.trim(), z.minLength(3), z.maxLength(254))
const password = typed(1, 512)
const recoveryCode = typed(8, 40)
/** What newToken() makes, or nearly: anything else is just another token that nobody holds. */
const token = typed(1, 128)

export const describeSessionInput = nothing
export const describeSessionOutput = z.discriminatedUnion('stage', [
  /** `mail`: whether links are mailed, so that whoever has forgotten their password can ask for one. */
  z.strictObject({ stage: z.literal('none'), mail: z.boolean() }),
  z.strictObject({ stage: z.enum(['factor', 'enrol']), displayName: z.string() }),
  z.strictObject({
    stage: z.literal('full'),
    sessionId: id,
    user: z.strictObject({
      id,
      email: z.string(),
      displayName: z.string(),
      practitionerLinked: z.boolean(),
      /** Of a patient's account alone: whose record is their own. */
      patientId: z.nullable(id),
    }),
    roles: z.array(heldRole),
    permissions: z.array(permission),
    /** The fields by which patients can be searched: those that the reader's roles show clear. */
    searchable: z.array(fieldPath),
    idleExpiresAt: instant,
    expiresAt: instant,
    factorAt: z.nullable(instant),
    demo: z.boolean(),
    mail: z.boolean(),
    /**
     * The person's own uses of break-glass: those that are open, and how many nobody has reviewed, since
     * when.
     */
    breakGlass: z.strictObject({
      open: z.array(z.strictObject({ id, patientId: id, endsAt: instant })),
      unreviewed: count,
      unreviewedSince: z.nullable(instant),
    }),
  }),
])

export const passwordRulesInput = nothing
/** How long a password is, of how many of the four kinds of characters, and how many earlier ones count. */
export const passwordRulesOutput = z.strictObject({
  shortest: count,
  longest: count,
  kinds: count,
  remembered: count,
})

/** At which door: there is one for staff, and one for patients. */
const as = z._default(accountKind, 'workforce')

export const signInInput = z.strictObject({ email, password, as })
export const signInOutput = z.strictObject({ stage: z.enum(['enrol', 'factor']) })

export const verifyTotpInput = z.strictObject({ code: totpCode })
/** `endedOther`: a session of the same person elsewhere was ended for it. */
export const verifyTotpOutput = z.strictObject({ stage: z.literal('full'), endedOther: z.boolean() })

export const useRecoveryCodeInput = z.strictObject({ code: recoveryCode })
export const useRecoveryCodeOutput = z.strictObject({ stage: z.literal('full'), remaining: count })

/** Before anybody is known, as the second step after a password, or for a fresh factor. */
export const askPasskeyInput = z.strictObject({ purpose: z.enum(['sign-in', 'factor', 'step-up']) })
export const askPasskeyOutput = passkeyAsked

export const startEnrolmentInput = nothing
export const startEnrolmentOutput = z.strictObject({ otpauthUri: z.string(), secret: z.string() })

export const finishEnrolmentInput = z.strictObject({ code: totpCode })
export const finishEnrolmentOutput = z.strictObject({ recoveryCodes: z.array(z.string()) })

export const startPasskeyEnrolmentInput = nothing
export const startPasskeyEnrolmentOutput = passkeyWanted

/** The way back of somebody who has lost their factor: a link that two people agreed to, and the password. */
export const viewFactorResetInput = z.strictObject({ token })
export const viewFactorResetOutput = z.strictObject({ displayName: z.string(), expiresAt: instant })
export const acceptFactorResetInput = z.strictObject({ token, password })
export const acceptFactorResetOutput = z.strictObject({ stage: z.literal('enrol') })

export const viewInvitationInput = z.strictObject({ token })
export const viewInvitationOutput = z.strictObject({
  displayName: z.string(),
  email: z.string(),
  expiresAt: instant,
})

export const acceptInvitationInput = z.strictObject({ token, password })
export const acceptInvitationOutput = z.strictObject({ stage: z.literal('enrol') })

export const stepUpInput = z.strictObject({ code: z.union([totpCode, recoveryCode]) })
export const stepUpOutput = z.strictObject({ factorAt: instant })

/** Why so much is opened in an hour; without a factor it counts for patients in one's own care. */
export const explainAccessInput = z.strictObject({
  reason,
  code: z.optional(z.union([totpCode, recoveryCode])),
  passkey: z.optional(passkeyUsed),
})
export const explainAccessOutput = done

/** `endedOther`: a session of the same person elsewhere was ended for it. */
export const changePasswordInput = z.strictObject({ current: password, password })
export const changePasswordOutput = z.strictObject({ endedOther: z.boolean() })

export const askForResetInput = z.strictObject({ email, as })
export const askForResetOutput = done

export const viewResetInput = z.strictObject({ token })
export const viewResetOutput = z.strictObject({
  displayName: z.string(),
  email: z.string(),
  expiresAt: instant,
})

export const resetPasswordInput = z.strictObject({
  token,
  password,
  code: z.union([totpCode, recoveryCode]),
})
export const resetPasswordOutput = done

export const confirmAddressInput = z.strictObject({ token })
export const confirmAddressOutput = z.strictObject({ email: z.string() })

export const signOutInput = nothing
export const signOutOutput = done

export type DescribeSessionOutput = z.output<typeof describeSessionOutput>
export type PasswordRulesOutput = z.output<typeof passwordRulesOutput>
export type SignInInput = z.output<typeof signInInput>
export type SignInOutput = z.output<typeof signInOutput>
export type VerifyTotpInput = z.output<typeof verifyTotpInput>
export type VerifyTotpOutput = z.output<typeof verifyTotpOutput>
export type UseRecoveryCodeInput = z.output<typeof useRecoveryCodeInput>
export type UseRecoveryCodeOutput = z.output<typeof useRecoveryCodeOutput>
export type AskPasskeyInput = z.output<typeof askPasskeyInput>
export type ViewFactorResetInput = z.output<typeof viewFactorResetInput>
export type ViewFactorResetOutput = z.output<typeof viewFactorResetOutput>
export type AcceptFactorResetInput = z.output<typeof acceptFactorResetInput>
export type AcceptFactorResetOutput = z.output<typeof acceptFactorResetOutput>
export type StartEnrolmentOutput = z.output<typeof startEnrolmentOutput>
export type FinishEnrolmentInput = z.output<typeof finishEnrolmentInput>
export type FinishEnrolmentOutput = z.output<typeof finishEnrolmentOutput>
export type ViewInvitationInput = z.output<typeof viewInvitationInput>
export type ViewInvitationOutput = z.output<typeof viewInvitationOutput>
export type AcceptInvitationInput = z.output<typeof acceptInvitationInput>
export type AcceptInvitationOutput = z.output<typeof acceptInvitationOutput>
export type StepUpInput = z.output<typeof stepUpInput>
export type StepUpOutput = z.output<typeof stepUpOutput>
export type ExplainAccessInput = z.output<typeof explainAccessInput>
export type ExplainAccessOutput = z.output<typeof explainAccessOutput>
export type ChangePasswordInput = z.output<typeof changePasswordInput>
export type ChangePasswordOutput = z.output<typeof changePasswordOutput>
export type AskForResetInput = z.output<typeof askForResetInput>
export type AskForResetOutput = z.output<typeof askForResetOutput>
export type ViewResetInput = z.output<typeof viewResetInput>
export type ViewResetOutput = z.output<typeof viewResetOutput>
export type ResetPasswordInput = z.output<typeof resetPasswordInput>
export type ResetPasswordOutput = z.output<typeof resetPasswordOutput>
export type ConfirmAddressInput = z.output<typeof confirmAddressInput>
export type ConfirmAddressOutput = z.output<typeof confirmAddressOutput>
export type SignOutOutput = z.output<typeof signOutOutput>
