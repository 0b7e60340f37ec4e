import { createHash } from 'node:crypto'
import type { PasskeyMade, PasskeyUsed } from '@chartward/contract'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { z } from 'zod'
import { refused } from './refusals.ts'
import type { RelyingParty } from './relying-party.ts'

/** EdDSA, ES256 and RS256 (RFC 9053): what authenticators make, best first. */
export const ALGORITHMS = [-8, -7, -257]

/** Of what the browser has signed along; the rest is for the library. */
const clientData = z.object({ origin: z.string(), crossOrigin: z.boolean().optional() })

/** What is in front of an authenticator's data: SHA-256 of the relying party's id, flags, counter. */
const RP_ID_HASH_BYTES = 32
const AUTHENTICATOR_DATA_BYTES = 37
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04

const readClientData = (sent: string): z.output<typeof clientData> => {
  try {
    return clientData.parse(JSON.parse(Buffer.from(sent, 'base64url').toString()))
  } catch (error) {
    throw refused('signature', error)
  }
}

/*
 * What can be put right by a person is found here first, and said in words that help; the library looks for
 * all of it again.
 */

/** The origin of the page, which is ours. One that stands in a frame of another site is refused too. */
const requireOurs = (party: RelyingParty, sent: string): string => {
  const { origin, crossOrigin = false } = readClientData(sent)
  if (!party.isOrigin(origin) || crossOrigin) throw refused('origin')
  return origin
}

const requireVerified = (party: RelyingParty, data: Buffer): void => {
  if (data.length < AUTHENTICATOR_DATA_BYTES) throw refused('signature')
  const rpIdHash = createHash('sha256').update(party.id).digest()
  if (!data.subarray(0, RP_ID_HASH_BYTES).equals(rpIdHash)) throw refused('relying-party')
  const flags = data.readUInt8(RP_ID_HASH_BYTES)
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) throw refused('not-verified')
}

/** Runs the library; whatever it finds, the passkey is refused. */
const checked = async <T extends { readonly verified: boolean }>(verify: () => Promise<T>): Promise<T> => {
  let result: T
  try {
    result = await verify()
  } catch (error) {
    throw refused('signature', error)
  }
  if (!result.verified) throw refused('signature')
  return result
}

interface Credential {
  readonly credentialId: Buffer
  readonly publicKey: Buffer
}

interface Used {
  /** What the authenticator counts; 0 where it does not. */
  readonly signCount: number
  readonly backedUp: boolean
}

/**
 * Checks what was signed against the challenge and the stored key (WebAuthn level 3, section 7.2). The count
 * is for the caller to judge, once the signature is known to hold. Throws PASSKEY_REFUSED.
 */
export const verifyUse = async (
  party: RelyingParty,
  challenge: Buffer,
  { credentialId, publicKey }: Credential,
  sent: PasskeyUsed,
): Promise<Used> => {
  const origin = requireOurs(party, sent.clientDataJSON)
  requireVerified(party, Buffer.from(sent.authenticatorData, 'base64url'))
  const id = credentialId.toString('base64url')
  const { authenticationInfo } = await checked(() =>
    verifyAuthenticationResponse({
      response: {
        id: sent.id,
        rawId: sent.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: sent.clientDataJSON,
          authenticatorData: sent.authenticatorData,
          signature: sent.signature,
        },
      },
      expectedChallenge: challenge.toString('base64url'),
      expectedOrigin: origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      // Nothing is above a count of nothing: it is judged by the caller.
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
    }),
  )
  return { signCount: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp }
}

interface Made extends Credential, Used {
  readonly backupEligible: boolean
}

/**
 * What the authenticator says of the new credential. Only what says nothing of its maker is taken, as it is
 * asked for: a chain of certificates would have the library look their lists up, wherever those may be.
 */
const authenticatorDataOf = (attestationObject: string): Buffer => {
  try {
    const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
    const format = decoded.get('fmt')
    const isPlain =
      format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined)
    if (isPlain) return Buffer.from(decoded.get('authData'))
  } catch (error) {
    throw refused('signature', error)
  }
  throw refused('signature')
}

/**
 * Checks a new credential against the challenge (WebAuthn level 3, section 7.1). No attestation is asked for:
 * what maker and model an authenticator says it is of is not looked at. Throws PASSKEY_REFUSED.
 */
export const verifyMade = async (
  party: RelyingParty,
  challenge: Buffer,
  sent: PasskeyMade,
): Promise<Made> => {
  const origin = requireOurs(party, sent.clientDataJSON)
  requireVerified(party, authenticatorDataOf(sent.attestationObject))
  const { registrationInfo } = await checked(() =>
    verifyRegistrationResponse({
      response: {
        id: sent.id,
        rawId: sent.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: sent.clientDataJSON, attestationObject: sent.attestationObject },
      },
      expectedChallenge: challenge.toString('base64url'),
      expectedOrigin: origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (registrationInfo === undefined || registrationInfo.credential.id !== sent.id) throw refused('signature')
  const { credential, credentialBackedUp, credentialDeviceType } = registrationInfo
  return {
    credentialId: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    signCount: credential.counter,
    backupEligible: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
  }
}
