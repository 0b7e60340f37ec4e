/** Everything that can go wrong in this package. Callers branch on the code, never on the message. */
export type CryptoErrorCode =
  | 'decrypt-failed'
  | 'malformed-envelope'
  | 'unsupported-version'
  | 'unwrap-failed'
  | 'wrong-passphrase'
  | 'kms-wrong-answer'
  | 'kms-other-key'
  | 'kms-other-installation'
  | 'key-wiped'
  | 'invalid-key'
  | 'invalid-argument'
  | 'key-file-missing'
  | 'key-file-exists'
  | 'key-file-permissions'
  | 'key-file-invalid'
  | 'signature-invalid'

/**
 * The only error this package throws on purpose. Messages are fixed sentences: they never hold key bytes,
 * plaintext, ciphertext or ids, and carry no `cause`, so that they can be logged as they are. Key file
 * errors name the file, so that the engineer who runs it can mend it.
 */
export class CryptoError extends Error {
  override readonly name = 'CryptoError'
  readonly code: CryptoErrorCode

  constructor(code: CryptoErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
