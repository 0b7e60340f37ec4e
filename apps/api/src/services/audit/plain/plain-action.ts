import { ACTIONS, type Action, type ActionSpec, type AuditEntryBase } from '@chartward/audit'

/** The words that other systems' audit logs have for what was done. */
export type PlainAction = 'VIEW' | 'CREATE' | 'UPDATE' | 'DELETE' | 'EXPORT' | 'DENIED'

/**
 * Actions whose word follows from no rule below. The six words have none for signing in: what opens a session
 * is CREATE, what ends it DELETE, as of a session; `event_type` says which step it was.
 */
const WORDS: Partial<Record<Action, PlainAction>> = {
  'auth.sign-in.password': 'CREATE',
  'auth.sign-in.totp': 'CREATE',
  'auth.sign-in.passkey': 'CREATE',
  'auth.sign-in.recovery-code': 'CREATE',
  'auth.sign-out': 'DELETE',
  'auth.session.ended': 'DELETE',
  'auth.step-up': 'UPDATE',
  'auth.lockout': 'DENIED',
  'auth.passkey.suspected': 'DENIED',
  'auth.password.set': 'UPDATE',
  'auth.password.changed': 'UPDATE',
  // A link to choose one is made, and used.
  'auth.password.reset-asked': 'CREATE',
  'auth.password.reset-started': 'CREATE',
  'auth.password.reset': 'UPDATE',
  'auth.authenticator.refused': 'DENIED',
  'auth.authenticator.rebound': 'UPDATE',
  'mail.sent': 'EXPORT',
  'mail.undeliverable': 'UPDATE',
  'auth.factor.enrol-start': 'CREATE',
  'auth.factor.enrolled': 'UPDATE',
  'record.imported': 'CREATE',
  'export.downloaded': 'EXPORT',
  'audit.exported': 'EXPORT',
  'audit.accesses-printed': 'EXPORT',
  'audit.accesses-exported': 'EXPORT',
  'record.taken-away': 'EXPORT',
  'installation.initialised': 'CREATE',
  'installation.demo-loaded': 'CREATE',
  'import.started': 'CREATE',
  'import.finished': 'CREATE',
  'import.server-known': 'CREATE',
  'import.rejected-resource': 'CREATE',
  'record.withdrawn': 'UPDATE',
  'access.explained': 'CREATE',
  'audit.check-asked': 'CREATE',
  'audit.rows.committed': 'UPDATE',
  'audit.writer.closed': 'UPDATE',
  'audit.writer.counted': 'UPDATE',
  'deid.finished': 'EXPORT',
  'deid.started': 'EXPORT',
  'export.build-begun': 'UPDATE',
  'export.patients-read': 'EXPORT',
  'installation.recovered': 'UPDATE',
  'work.begun': 'UPDATE',
  'work.cancel-asked': 'UPDATE',
  'work.cancelled': 'UPDATE',
  'work.done': 'UPDATE',
  'work.failed': 'UPDATE',
  'key.rewrapped': 'UPDATE',
  'key.resealed': 'UPDATE',
  'key.records-resealed': 'UPDATE',
  'bundle.signed': 'EXPORT',
}

/**
 * The word for an entry. Refused is DENIED, and so is a step of signing in that failed; any other failure has
 * the word of what was tried. A change is told by what it left: CREATE where nothing was before, DELETE where
 * nothing is after, and UPDATE also where a failure has neither.
 */
export const plainAction = ({
  action,
  outcome,
  change,
}: Pick<AuditEntryBase, 'action' | 'outcome' | 'change'>): PlainAction => {
  const spec: ActionSpec = ACTIONS[action]
  if (outcome === 'refused' || outcome === 'asked' || (outcome === 'failure' && spec.category === 'sign-in'))
    return 'DENIED'
  const word = WORDS[action]
  if (word !== undefined) return word
  if (spec.change === 'none') return 'VIEW'
  if (change === null) return 'UPDATE'
  if (change.before === null) return 'CREATE'
  return change.after === null ? 'DELETE' : 'UPDATE'
}
