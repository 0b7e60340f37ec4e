import type { PasskeyAsked, PasskeyMade, PasskeyUsed, PasskeyWanted } from '@chartward/contract'
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { NoPasskey } from './no-passkey.ts'

/*
 * The browser's own dialogs for passkeys, in the words of the contract. What comes back is for the server to
 * judge.
 */

export const knowsPasskeys = (): boolean => browserSupportsWebAuthn()

/** Whether a passkey can be offered among what the browser fills in. */
export const offersPasskeys = (): Promise<boolean> => browserSupportsWebAuthnAutofill()

/** Gives up what the browser was asked for last. */
export const stopAsking = (): void => WebAuthnAbortService.cancelCeremony()

const NOT_GIVEN = 'No passkey was given. Try again, or use another way.'
const SAYS: Readonly<Record<string, string>> = {
  InvalidStateError: 'This device has a passkey of this account already.',
  NotAllowedError: NOT_GIVEN,
  SecurityError: 'Passkeys work at the address of this installation alone. Open it by its own name.',
  NotSupportedError: 'This device makes no passkey that is safe enough here.',
}

const asking = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    throw new NoPasskey(Object.hasOwn(SAYS, name) ? SAYS[name] : NOT_GIVEN, { cause: error })
  }
}

/** Has an authenticator sign; `autofill` waits until one is picked among what the browser fills in. */
export const signWithPasskey = async (
  { attempt, challenge, rpId, allowed, timeoutMs }: PasskeyAsked,
  { autofill = false }: { readonly autofill?: boolean } = {},
): Promise<PasskeyUsed> => {
  const optionsJSON = {
    challenge,
    rpId,
    timeout: timeoutMs,
    userVerification: 'required' as const,
    allowCredentials: allowed.map(({ id, transports }) => ({ id, transports, type: 'public-key' as const })),
  }
  const { id, response } = await asking(() =>
    startAuthentication({ optionsJSON, useBrowserAutofill: autofill }),
  )
  const { clientDataJSON, authenticatorData, signature, userHandle = null } = response
  return { attempt, id, clientDataJSON, authenticatorData, signature, userHandle }
}

/** Has an authenticator make a passkey. */
export const makePasskey = async (
  { attempt, challenge, rp, user, algorithms, excluded, timeoutMs }: PasskeyWanted,
  name: string,
): Promise<PasskeyMade> => {
  const optionsJSON = {
    challenge,
    rp,
    user,
    timeout: timeoutMs,
    attestation: 'none' as const,
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: 'public-key' as const })),
    excludeCredentials: excluded.map(({ id, transports }) => ({
      id,
      transports,
      type: 'public-key' as const,
    })),
    authenticatorSelection: {
      residentKey: 'required' as const,
      requireResidentKey: true,
      userVerification: 'required' as const,
    },
  }
  const { id, response } = await asking(() => startRegistration({ optionsJSON }))
  const { clientDataJSON, attestationObject, transports = [] } = response
  return { attempt, id, clientDataJSON, attestationObject, transports, name }
}
