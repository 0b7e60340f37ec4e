/** The closed list of what can be wrong with a signed bundle. */
export type BundleErrorCode =
  | 'not-a-bundle'
  | 'truncated'
  | 'trailing-data'
  | 'unsafe-name'
  | 'unknown-file'
  | 'duplicate-file'
  | 'missing-file'
  | 'size-mismatch'
  | 'hash-mismatch'
  | 'too-large'
  | 'unsupported-format'
  | 'manifest-malformed'
  | 'manifest-not-canonical'
  | 'proofs-malformed'
  | 'checkpoint-invalid'
  | 'origin-mismatch'
  | 'entry-not-proven'
  | 'bundle-key-not-enrolled'
  | 'signature-invalid'
  | 'not-logged'

/** The message says which rule, and `file` which file: names and rules, never what a file holds. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
  readonly code: BundleErrorCode
  readonly file: string | null

  constructor(code: BundleErrorCode, message: string, file: string | null = null) {
    super(message)
    this.code = code
    this.file = file
  }
}
