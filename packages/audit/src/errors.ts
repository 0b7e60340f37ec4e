/** The closed list of what can go wrong in this package. */
export type AuditErrorCode =
  | 'invalid-json'
  | 'malformed-entry'
  | 'unsupported-version'
  | 'unknown-action'
  | 'non-canonical-entry'
  | 'entry-too-large'
  | 'malformed-bundle'
  | 'malformed-encoding'
  | 'malformed-text'
  | 'invalid-salt'
  | 'invalid-hash'
  | 'invalid-range'
  | 'malformed-frontier'
  | 'malformed-note'
  | 'malformed-key'
  | 'missing-signature'
  | 'signature-invalid'
  | 'malformed-checkpoint'
  | 'origin-mismatch'
  | 'invalid-record'
  | 'duplicate-record'
  | 'malformed-statement'
  | 'key-not-enrolled'

/** Every error this package throws. The message names fields and rules, never a value. */
export class AuditError extends Error {
  override readonly name = 'AuditError'
  readonly code: AuditErrorCode

  constructor(code: AuditErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
