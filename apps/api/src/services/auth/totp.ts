import { Secret, TOTP } from 'otpauth'

/**
 * RFC 6238 with what every authenticator app understands: SHA-1, 6 digits, 30 seconds. One step of
 * drift either way.
 */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const DRIFT_STEPS = 1
const ISSUER = 'Chartward'

/** 160 random bits, the length RFC 4226 section 4 recommends. */
export const newTotpSecret = (): Uint8Array => new Secret({ size: 20 }).bytes

const secretOf = (bytes: Uint8Array): Secret => new Secret({ buffer: new Uint8Array(bytes).buffer })

export const secretText = (secret: Uint8Array): string => secretOf(secret).base32

/** What the QR code holds; `account` is what the app lists it by. */
export const otpauthUri = (secret: Uint8Array, account: string): string =>
  new TOTP({ ...PARAMETERS, issuer: ISSUER, label: account, secret: secretOf(secret) }).toString()

/** The time step that a code belongs to, or null where it is none of the steps around now. */
export const matchingStep = (secret: Uint8Array, code: string, now: Date): number | null => {
  const timestamp = now.getTime()
  const drift = TOTP.validate({
    ...PARAMETERS,
    token: code,
    secret: secretOf(secret),
    timestamp,
    window: DRIFT_STEPS,
  })
  return drift === null ? null : TOTP.counter({ period: PARAMETERS.period, timestamp }) + drift
}

/** The code of a moment: for the demo's and the tests' authenticator. */
export const totpCode = (secretBase32: string, at: Date): string =>
  TOTP.generate({ ...PARAMETERS, secret: Secret.fromBase32(secretBase32), timestamp: at.getTime() })
