/** What a sequencer may find wrong with a log before it adds to it or signs it. */
export type LogFaultCode =
  | 'head-missing'
  | 'head-mismatch'
  | 'nodes-mismatch'
  | 'leaves-mismatch'
  | 'checkpoint-missing'
  | 'checkpoint-invalid'
  | 'checkpoint-ahead'
  | 'checkpoint-mismatch'

const SENTENCES: Readonly<Record<LogFaultCode, string>> = {
  'head-missing': 'The row of audit_head is gone.',
  'head-mismatch': 'audit_head disagrees with itself: its frontier does not give its size and root.',
  'nodes-mismatch': 'The stored nodes of the tree are not those that audit_head was made from.',
  'leaves-mismatch': 'audit_leaves does not end where audit_head says.',
  'checkpoint-missing':
    'The log has entries and no signed checkpoint, though each log has one from its first entry on.',
  'checkpoint-invalid': 'The last checkpoint was not signed by this log and key.',
  'checkpoint-ahead':
    'The log has fewer entries than its last signed checkpoint says: it has been cut back or restored.',
  'checkpoint-mismatch':
    'The tree is not a continuation of the one that the last checkpoint was signed over.',
}

/** The log is not what this sequencer may build on. Nothing was sequenced or signed; a person has to look. */
export class LogFault extends Error {
  override readonly name = 'LogFault'
  readonly code: LogFaultCode

  constructor(code: LogFaultCode) {
    super(
      `${SENTENCES[code]} Nothing was signed. Run \`chartward verify --database\`, and restore the log from a backup that fits its last checkpoint.`,
    )
    this.code = code
  }
}
