import * as z from 'zod/mini'
import { count, done, id, instant, nothing, reason, text, totpCode, typed, userId } from './forms.ts'
import { passkeyTransport } from './words.ts'

/** What a page sends of WebAuthn, and what it is sent: bytes are base64url, as in the JSON of its level 3. */
const bytes = (most: number) => typed(1, most).check(z.regex(/^[A-Za-z0-9_-]+$/))
/** Of the page alone: what is asked of the authenticator is bound to it, and counts once. */
const attempt = typed(1, 128)
const credentialId = bytes(1400)
const clientDataJSON = bytes(4000)
const known = z.array(z.strictObject({ id: z.string(), transports: z.array(passkeyTransport) }))

/** What an authenticator is asked to sign; without `allowed` it offers all that it has of this site. */
export const passkeyAsked = z.strictObject({
  attempt: z.string(),
  challenge: z.string(),
  rpId: z.string(),
  allowed: known,
  timeoutMs: count,
})

/** What it has signed. */
export const passkeyUsed = z.strictObject({
  attempt,
  id: credentialId,
  clientDataJSON,
  authenticatorData: bytes(4000),
  signature: bytes(4000),
  userHandle: z.nullable(bytes(128)),
})

/** What a new passkey is to be made of. */
export const passkeyWanted = z.strictObject({
  attempt: z.string(),
  challenge: z.string(),
  rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
  algorithms: z.array(z.int()),
  /** Authenticators that have one of this person's already. */
  excluded: known,
  timeoutMs: count,
})

/** What its owner calls it. */
const name = text(1, 60)
export const passkeyMade = z.strictObject({
  attempt,
  id: credentialId,
  clientDataJSON,
  attestationObject: bytes(8000),
  /** As the browser says them; those that are known are kept. */
  transports: z.array(typed(1, 32)).check(z.maxLength(10)),
  name,
})

/** What somebody signs in with, as far as it may be shown. */
export const factorsShown = z.strictObject({
  authenticators: z.array(z.strictObject({ id, createdAt: instant })),
  passkeys: z.array(
    z.strictObject({
      id,
      name: z.string(),
      createdAt: instant,
      lastUsedAt: z.nullable(instant),
      /** Whether a copy of it is kept elsewhere, such as by the maker of the phone. */
      backedUp: z.boolean(),
    }),
  ),
  /** How many recovery codes are left. */
  recoveryCodes: count,
  /** That two administrators let the person enrol anew, and from when until when. */
  reset: z.nullable(
    z.strictObject({ id, createdAt: instant, opensAt: instant, expiresAt: instant, accepted: z.boolean() }),
  ),
})

export const myFactorsInput = nothing
export const myFactorsOutput = z.strictObject(factorsShown.shape)

export const startPasskeyInput = nothing
export const startPasskeyOutput = z.strictObject(passkeyWanted.shape)
export const addPasskeyInput = z.strictObject(passkeyMade.shape)
export const addPasskeyOutput = done
export const renamePasskeyInput = z.strictObject({ id, name })
export const renamePasskeyOutput = done
export const startAuthenticatorInput = nothing
export const startAuthenticatorOutput = z.strictObject({ otpauthUri: z.string(), secret: z.string() })
export const addAuthenticatorInput = z.strictObject({ code: totpCode })
export const addAuthenticatorOutput = done
export const removeFactorInput = z.strictObject({ id })
export const removeFactorOutput = done

export const newRecoveryCodesInput = nothing
/** Shown once. */
export const newRecoveryCodesOutput = z.strictObject({ recoveryCodes: z.array(z.string()) })

export const callOffResetInput = z.strictObject({ id })
export const callOffResetOutput = done

/** How identity was proofed stands in the reason. */
export const reportLostFactorInput = z.strictObject({ userId, reason })
export const reportLostFactorOutput = z.strictObject({
  outcome: z.literal('pending-approval'),
  approvalId: id,
})
export const factorResetLinkInput = z.strictObject({ userId })
/** The link is shown once, in this answer; it opens nothing without the person's password. */
export const factorResetLinkOutput = z.strictObject({ url: z.string(), expiresAt: instant })

export type PasskeyAsked = z.output<typeof passkeyAsked>
export type PasskeyUsed = z.output<typeof passkeyUsed>
export type PasskeyWanted = z.output<typeof passkeyWanted>
export type PasskeyMade = z.output<typeof passkeyMade>
export type FactorsShown = z.output<typeof factorsShown>
export type AddPasskeyOutput = z.output<typeof addPasskeyOutput>
export type RenamePasskeyInput = z.output<typeof renamePasskeyInput>
export type RenamePasskeyOutput = z.output<typeof renamePasskeyOutput>
export type AddAuthenticatorInput = z.output<typeof addAuthenticatorInput>
export type AddAuthenticatorOutput = z.output<typeof addAuthenticatorOutput>
export type RemoveFactorInput = z.output<typeof removeFactorInput>
export type RemoveFactorOutput = z.output<typeof removeFactorOutput>
export type NewRecoveryCodesOutput = z.output<typeof newRecoveryCodesOutput>
export type CallOffResetInput = z.output<typeof callOffResetInput>
export type CallOffResetOutput = z.output<typeof callOffResetOutput>
export type ReportLostFactorInput = z.output<typeof reportLostFactorInput>
export type ReportLostFactorOutput = z.output<typeof reportLostFactorOutput>
export type FactorResetLinkInput = z.output<typeof factorResetLinkInput>
export type FactorResetLinkOutput = z.output<typeof factorResetLinkOutput>
