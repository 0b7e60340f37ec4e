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
  | 'kept-invalid'
  | 'kept-ahead'
  | 'kept-mismatch'
  | 'store-invalid'
  | 'store-ahead'
  | 'store-mismatch'
  | 'store-changed'
  | 'entry-lost'
  | 'signing-key-missing'

const CHECK =
  'Run `chartward verify --database`, and restore the log from a backup that fits its last checkpoint.'
const OLDER =
  'Restore the newest backup there is, and put back what it lacks with `chartward verify --store DIR --recover`; docs/deploy.md, "An older copy", says what to do where there is no log store.'
const FORK =
  'One of the two is another history: keep both as they are, run `chartward verify --store DIR`, and find out who had write access, or which copy of the database runs beside this one.'
const STORE = 'Run `chartward verify --store DIR`: it names what does not fit.'

/** What was found, and what to do about it. */
const SENTENCES: Readonly<Record<LogFaultCode, readonly [found: string, remedy: string]>> = {
  'head-missing': ['The row of audit_head is gone.', CHECK],
  'head-mismatch': ['audit_head disagrees with itself: its frontier does not give its size and root.', CHECK],
  'nodes-mismatch': ['The stored nodes of the tree are not those that audit_head was made from.', CHECK],
  'leaves-mismatch': ['audit_leaves does not end where audit_head says.', CHECK],
  'checkpoint-missing': [
    'The log has entries and no signed checkpoint, though each log has one from its first entry on.',
    CHECK,
  ],
  'checkpoint-invalid': ['The last checkpoint was not signed by this log and key.', CHECK],
  'checkpoint-ahead': [
    'The log has fewer entries than its last signed checkpoint says: it has been cut back or restored.',
    CHECK,
  ],
  'checkpoint-mismatch': [
    'The tree is not a continuation of the one that the last checkpoint was signed over.',
    CHECK,
  ],
  'kept-invalid': [
    'The checkpoint kept beside the signing key (log-checkpoint) was not signed by this log and key: it is of another log, or of another key.',
    'See that CHARTWARD_KEYS and the database belong together.',
  ],
  'kept-ahead': [
    'The log has fewer entries than the checkpoint kept beside the signing key says: the database is an older copy.',
    OLDER,
  ],
  'kept-mismatch': [
    'The log is not a continuation of the checkpoint kept beside the signing key: it has been forked.',
    FORK,
  ],
  'store-invalid': [
    'The checkpoint in the log store was not signed by this log and key: the folder is of another log, or was changed.',
    'See that CHARTWARD_LOG_STORE and the database belong together.',
  ],
  'store-ahead': [
    'The log has fewer entries than its store: the database is an older copy, or has been cut back.',
    OLDER,
  ],
  'store-mismatch': ['The log is not a continuation of what its store holds: it has been forked.', FORK],
  'store-changed': [
    'A file of the log store is missing, or holds something else than was signed or is to be stored.',
    STORE,
  ],
  'entry-lost': [
    'An entry was deleted or changed after it was sequenced and before it was stored.',
    'Run `chartward verify --database`: it names the entry. Put it back from a backup or the write-ahead log.',
  ],
  'signing-key-missing': [
    'The log has been handed over to a signing key that this key folder does not have.',
    'Copy the newest signing-N.key from the key folder in which it was made, and start the sequencer again.',
  ],
}

/** The log is not what this sequencer may build on. Nothing was sequenced or signed; a person has to look. */
export class LogFault extends Error {
  override readonly name = 'LogFault'
  readonly code: LogFaultCode

  constructor(code: LogFaultCode) {
    const [found, remedy] = SENTENCES[code]
    super(`${found} Nothing was signed. ${remedy}`)
    this.code = code
  }
}
