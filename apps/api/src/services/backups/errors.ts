/** What can be wrong with a backup, or with what it is to be restored into. */
export type BackupErrorCode =
  | 'no-recipient'
  | 'place'
  | 'no-space'
  | 'write-failed'
  | 'unreadable'
  | 'signature'
  | 'truncated'
  | 'changed'
  | 'wrong-key'
  | 'not-ours'
  | 'schema-newer'
  | 'schema-older'
  | 'not-empty'
  | 'log-ahead'
  | 'log-differs'
  | 'content'
  | 'keys'
  | 'expired'
  | 'server'

/** Its message is a sentence for the operator, says what to do, and repeats no value of a row. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code: BackupErrorCode

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
