import type { KmsProblem } from '@chartward/contract'
import { CryptoError } from '@chartward/crypto'

/** What whoever runs it can do. No sentence repeats what a store has answered. */
export const KMS_SAYS: Readonly<Record<KmsProblem, string>> = {
  unreachable:
    'the key store can not be reached: see that it runs, that its name is right, and that the network lets this machine through',
  'not-admitted':
    'the key store is at an address that is not of the internet, or would be spoken to without TLS: name it in CHARTWARD_OUTBOUND_PRIVATE if it is meant, and give an https address',
  certificate:
    'the key store shows a certificate that is not known, or of another name: give its authority by CHARTWARD_KMS_CA_FILE',
  late: 'the key store takes too long to answer: see whether it is overloaded, and try again',
  throttled: 'the key store answers fewer requests than it gets: raise its limit, or try again later',
  failing: 'the key store reports an error of its own: see its log, and try again',
  denied:
    'the key store refuses: see that the token or credentials still count, and may encrypt and decrypt with this key',
  credentials:
    'the credentials for the key store can not be read: see that their file is there, is of mode 0600 and has the form that docs/deploy.md shows',
  disabled:
    'the key is disabled, waits to be deleted, or is not there: enable it in the key store, or name another by CHARTWARD_KMS',
  'not-built':
    'the PKCS #11 module, or pkcs11js, can not be loaded: see that the path in CHARTWARD_KMS is right, and run `pnpm build:pkcs11` once on this machine',
  'wrong-answer':
    'the key store answers with something that was not asked for: see that CHARTWARD_KMS names it, and whether it can be trusted',
  'other-key':
    'the key store answers with another key than the one asked for: rows of keks were changed in the database, or the store can not be trusted',
  'other-installation':
    'the key store answers with a key of another installation: compare the settings with those that this one was set up with',
  'unwrap-failed':
    'a KEK does not unwrap: its row was changed in the database, or what wrapped it is not there any more',
  'not-set-up':
    'a KEK was wrapped by a key store that this process is not set up with: give it the key file, or the CHARTWARD_KMS, that this installation was set up or moved with',
}

/** What a provider rejects with, less what no retry or operator could change: that is a CryptoError. */
export class KmsError extends Error {
  override readonly name = 'KmsError'
  readonly code: KmsProblem

  constructor(code: KmsProblem, options?: ErrorOptions) {
    super(KMS_SAYS[code], options)
    this.code = code
  }
}

const OF_CRYPTO: Readonly<Record<string, KmsProblem>> = {
  'kms-wrong-answer': 'wrong-answer',
  'kms-other-key': 'other-key',
  'kms-other-installation': 'other-installation',
  'key-wiped': 'wrong-answer',
}

/**
 * The problem that an error of a provider, or of what looks at its answer, tells of; null for another error.
 */
export const kmsProblemOf = (error: unknown): KmsProblem | null => {
  if (error instanceof KmsError) return error.code
  return error instanceof CryptoError ? (OF_CRYPTO[error.code] ?? 'unwrap-failed') : null
}
