/**
 * What an action asks of an entry: `required` holds for successes; a failed or refused attempt may lack it.
 */
export type Rule = 'required' | 'optional' | 'none'

/** The kinds of things that can happen, in the order in which they are told. */
export const CATEGORIES = [
  'sign-in',
  'sessions',
  'users',
  'roles',
  'approvals',
  'patients',
  'records',
  'care-relationships',
  'break-glass',
  'exports',
  'audit',
  'keys',
  'destruction',
  'backups',
  'installation',
  'imports',
  'work',
  'home',
  'requests',
] as const

export type Category = (typeof CATEGORIES)[number]

export interface ActionSpec {
  category: Category
  /** Whether the entry carries before and after. */
  change: 'required' | 'none'
  /** Whether the entry concerns one patient. */
  patient: Rule
  /** Present where record versions are written: the entry then carries the digest over them. */
  records?: 'required'
}

/**
 * The one list of what can happen. An action is added here and nowhere else; the types and the checks follow.
 */
export const ACTIONS = {
  'auth.sign-in.password': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.sign-in.totp': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.sign-in.passkey': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.sign-in.recovery-code': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.sign-out': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.session.ended': { category: 'sessions', change: 'none', patient: 'none' },
  'notices.listed': { category: 'users', change: 'none', patient: 'none' },
  'sessions.listed': { category: 'sessions', change: 'none', patient: 'none' },
  'sessions.ended': { category: 'sessions', change: 'required', patient: 'none' },
  'auth.step-up': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.lockout': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.authenticator.refused': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.authenticator.rebound': { category: 'sign-in', change: 'none', patient: 'none' },
  'devices.listed': { category: 'sessions', change: 'none', patient: 'none' },
  'devices.forgotten': { category: 'sessions', change: 'required', patient: 'none' },
  // Passwords and factors change too, but their before and after are secrets.
  'auth.password.set': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.password.changed': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.password.reset-asked': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.password.reset-started': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.password.reset-viewed': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.password.reset': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.factor.enrol-start': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.factor.enrolled': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.passkey.suspected': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.factor-reset.viewed': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.factor-reset.accepted': { category: 'sign-in', change: 'required', patient: 'none' },
  'auth.invitation.viewed': { category: 'sign-in', change: 'none', patient: 'none' },
  'auth.invitation.accepted': { category: 'sign-in', change: 'required', patient: 'none' },

  'account.viewed': { category: 'users', change: 'none', patient: 'none' },
  'user.invited': { category: 'users', change: 'required', patient: 'none' },
  'user.viewed': { category: 'users', change: 'none', patient: 'none' },
  'user.listed': { category: 'users', change: 'none', patient: 'none' },
  'user.deactivation.requested': { category: 'users', change: 'required', patient: 'none' },
  'user.changed': { category: 'users', change: 'required', patient: 'none' },
  'people.listed': { category: 'users', change: 'none', patient: 'none' },
  'people.viewed': { category: 'users', change: 'none', patient: 'none' },
  'people.file-received': { category: 'users', change: 'required', patient: 'none' },
  'people.change-requested': { category: 'users', change: 'required', patient: 'none' },
  'user.deactivated': { category: 'users', change: 'required', patient: 'none' },
  'user.reactivation.requested': { category: 'users', change: 'required', patient: 'none' },
  'user.reactivated': { category: 'users', change: 'required', patient: 'none' },
  'user.lockdown.requested': { category: 'users', change: 'required', patient: 'none' },
  'user.lockdown.started': { category: 'users', change: 'required', patient: 'none' },
  'user.lockdown.confirmed': { category: 'users', change: 'required', patient: 'none' },
  'user.lockdown.lifted': { category: 'users', change: 'required', patient: 'none' },
  'user.password-reset.requested': { category: 'users', change: 'required', patient: 'none' },
  'user.name.change-requested': { category: 'users', change: 'required', patient: 'none' },
  'user.name.changed': { category: 'users', change: 'required', patient: 'none' },
  'user.address.change-requested': { category: 'users', change: 'required', patient: 'none' },
  'user.address.change-started': { category: 'users', change: 'required', patient: 'none' },
  'user.address.changed': { category: 'users', change: 'required', patient: 'none' },
  'mail.sent': { category: 'users', change: 'none', patient: 'none' },
  'mail.undeliverable': { category: 'users', change: 'none', patient: 'none' },
  'user.lost-factor.requested': { category: 'users', change: 'required', patient: 'none' },
  'user.lost-factor.agreed': { category: 'users', change: 'required', patient: 'none' },
  'user.lost-factor.link-made': { category: 'users', change: 'required', patient: 'none' },
  'user.lost-factor.called-off': { category: 'users', change: 'required', patient: 'none' },
  'factor.listed': { category: 'users', change: 'none', patient: 'none' },
  'factor.add-started': { category: 'users', change: 'required', patient: 'none' },
  'factor.added': { category: 'users', change: 'required', patient: 'none' },
  'factor.renamed': { category: 'users', change: 'required', patient: 'none' },
  'factor.removed': { category: 'users', change: 'required', patient: 'none' },
  'factor.recovery-codes.renewed': { category: 'users', change: 'required', patient: 'none' },
  'user.practitioner.link-requested': { category: 'users', change: 'required', patient: 'none' },
  'user.practitioner.linked': { category: 'users', change: 'required', patient: 'none' },

  // Accounts of patients: asked for by one person, decided by another, each of whom made sure who it is.
  'patient-account.viewed': { category: 'users', change: 'none', patient: 'required' },
  'patient-account.requested': { category: 'users', change: 'required', patient: 'required' },
  'patient-account.approved': { category: 'users', change: 'required', patient: 'required' },
  'patient-account.rejected': { category: 'users', change: 'required', patient: 'required' },
  'patient-account.opened': { category: 'users', change: 'required', patient: 'required' },
  'patient-account.invited': { category: 'users', change: 'required', patient: 'required' },
  'patient-account.ended': { category: 'users', change: 'required', patient: 'required' },

  'decision.explained': { category: 'roles', change: 'none', patient: 'optional' },
  'decision.readers-listed': { category: 'roles', change: 'none', patient: 'required' },
  'role.assignment.requested': { category: 'roles', change: 'required', patient: 'none' },
  'role.assignment.granted': { category: 'roles', change: 'required', patient: 'none' },
  'role.assignment.end-requested': { category: 'roles', change: 'required', patient: 'none' },
  'role.assignment.ended': { category: 'roles', change: 'required', patient: 'none' },

  // Custom roles: looked at, and compared with what is in force; drafted; put in force; retired.
  'role.listed': { category: 'roles', change: 'none', patient: 'none' },
  'role.viewed': { category: 'roles', change: 'none', patient: 'none' },
  'role.compared': { category: 'roles', change: 'none', patient: 'none' },
  'role.replayed': { category: 'roles', change: 'none', patient: 'none' },
  'role.version.drafted': { category: 'roles', change: 'required', patient: 'none' },
  'role.version.force-requested': { category: 'roles', change: 'required', patient: 'none' },
  'role.version.in-force': { category: 'roles', change: 'required', patient: 'none' },
  // Of one person: from one version of a role to another.
  'role.assignment.moved': { category: 'roles', change: 'required', patient: 'none' },
  'role.retired': { category: 'roles', change: 'required', patient: 'none' },

  'approval.listed': { category: 'approvals', change: 'none', patient: 'none' },
  'approval.viewed': { category: 'approvals', change: 'none', patient: 'none' },
  'approval.approved': { category: 'approvals', change: 'required', patient: 'none' },
  'approval.rejected': { category: 'approvals', change: 'required', patient: 'none' },

  'patient.searched': { category: 'patients', change: 'none', patient: 'optional' },
  'patient.listed': { category: 'patients', change: 'none', patient: 'optional' },
  // Outside one's care, to break the glass: each who was shown is named.
  'patient.emergency-searched': { category: 'patients', change: 'none', patient: 'optional' },
  'patient.viewed': { category: 'patients', change: 'none', patient: 'required' },

  // Who saw one's own record, and one's own record taken away.
  'patient.accesses-viewed': { category: 'patients', change: 'none', patient: 'required' },
  'record.taken-away': { category: 'records', change: 'none', patient: 'required' },

  'claim.searched': { category: 'records', change: 'none', patient: 'optional' },
  'record.listed': { category: 'records', change: 'none', patient: 'required' },
  'record.viewed': { category: 'records', change: 'none', patient: 'required' },
  // Imported Practitioners and Organizations belong to no patient.
  'record.imported': { category: 'records', change: 'none', patient: 'optional', records: 'required' },
  // What an upload had brought, taken back: further versions, and nothing deleted.
  'record.withdrawn': { category: 'records', change: 'none', patient: 'optional', records: 'required' },

  'care.relationship.listed': { category: 'care-relationships', change: 'none', patient: 'optional' },
  'care.relationship.created': { category: 'care-relationships', change: 'required', patient: 'required' },
  'care.relationship.ended': { category: 'care-relationships', change: 'required', patient: 'required' },

  // Patients handed to colleagues for some days, in one act: the patients stand in its facts.
  'care.cover.listed': { category: 'care-relationships', change: 'none', patient: 'none' },
  'care.cover.given': { category: 'care-relationships', change: 'required', patient: 'none' },
  'care.cover.ended': { category: 'care-relationships', change: 'required', patient: 'none' },
  // How many care relationships end by the window that encounters count for.
  'care.window.viewed': { category: 'care-relationships', change: 'none', patient: 'none' },

  // A chart opened in an emergency by somebody who has no care relationship, and what was said of that later.
  'break-glass.opened': { category: 'break-glass', change: 'required', patient: 'required' },
  'break-glass.ended': { category: 'break-glass', change: 'required', patient: 'required' },
  'break-glass.listed': { category: 'break-glass', change: 'none', patient: 'none' },
  'break-glass.viewed': { category: 'break-glass', change: 'none', patient: 'required' },
  'break-glass.reviewed': { category: 'break-glass', change: 'required', patient: 'required' },
  // Nobody has reviewed it for a day, or for three: more people are told.
  'break-glass.escalated': { category: 'break-glass', change: 'required', patient: 'required' },

  'export.requested': { category: 'exports', change: 'required', patient: 'none' },
  'export.listed': { category: 'exports', change: 'none', patient: 'none' },
  'export.viewed': { category: 'exports', change: 'none', patient: 'none' },
  'export.approved': { category: 'exports', change: 'required', patient: 'none' },
  'export.rejected': { category: 'exports', change: 'required', patient: 'none' },
  'export.build-begun': { category: 'exports', change: 'none', patient: 'none' },
  // Names those whose records a build reads, in its facts.
  'export.patients-read': { category: 'exports', change: 'none', patient: 'none' },
  'export.built': { category: 'exports', change: 'required', patient: 'none' },
  'export.build-failed': { category: 'exports', change: 'required', patient: 'none' },
  'export.expired': { category: 'exports', change: 'required', patient: 'none' },
  'export.downloaded': { category: 'exports', change: 'none', patient: 'none' },

  'deid.started': { category: 'exports', change: 'none', patient: 'none' },
  'deid.finished': { category: 'exports', change: 'none', patient: 'none' },

  'audit.searched': { category: 'audit', change: 'none', patient: 'optional' },
  'audit.viewed': { category: 'audit', change: 'none', patient: 'optional' },
  'audit.proof-viewed': { category: 'audit', change: 'none', patient: 'optional' },
  // Who saw a patient, by the log: looked at, printed, taken away as a file.
  'audit.accesses-viewed': { category: 'audit', change: 'none', patient: 'required' },
  'audit.accesses-printed': { category: 'audit', change: 'none', patient: 'required' },
  'audit.accesses-exported': { category: 'audit', change: 'none', patient: 'required' },
  'audit.check-asked': { category: 'audit', change: 'none', patient: 'none' },
  'audit.verified': { category: 'audit', change: 'none', patient: 'none' },
  'audit.exported': { category: 'audit', change: 'none', patient: 'optional' },
  // A bundle that was signed: what it is about, and the hash of its manifest. One without it counts nowhere.
  'bundle.signed': { category: 'audit', change: 'none', patient: 'optional' },
  // Entries that the database had lost were put back from the log store.
  'audit.recovered': { category: 'audit', change: 'required', patient: 'none' },
  // More rows of a change than its own entry can name.
  'audit.rows.committed': { category: 'audit', change: 'none', patient: 'none' },
  // What a process says of its own numbers: so many until now, and so many when it stopped.
  'audit.writer.counted': { category: 'audit', change: 'none', patient: 'none' },
  'audit.writer.closed': { category: 'audit', change: 'none', patient: 'none' },

  'key.hashes-resealed': { category: 'keys', change: 'required', patient: 'none' },
  'key.provider-viewed': { category: 'keys', change: 'none', patient: 'none' },
  // A KEK was wrapped anew, by another key store.
  'key.moved': { category: 'keys', change: 'required', patient: 'none' },
  'key.created': { category: 'keys', change: 'required', patient: 'none' },
  // Another state, or other wrapped bytes: what the row of the key is compared with from then on.
  'key.moved-on': { category: 'keys', change: 'required', patient: 'none' },
  'key.rotation-asked': { category: 'keys', change: 'required', patient: 'none' },
  'key.patient-rotation-asked': { category: 'keys', change: 'required', patient: 'required' },
  'key.rotation-paused': { category: 'keys', change: 'required', patient: 'none' },
  'key.rotation-resumed': { category: 'keys', change: 'required', patient: 'none' },
  'key.rotation-ended': { category: 'keys', change: 'required', patient: 'none' },
  // Keys of so many patients, each by its id and the hash of what it is wrapped as under the KEK in force.
  'key.rewrapped': { category: 'keys', change: 'none', patient: 'none' },
  // So many ciphertexts of a purpose came to be sealed, or tokens made, with the key in force.
  'key.resealed': { category: 'keys', change: 'none', patient: 'none' },
  'key.patient-rotated': { category: 'keys', change: 'required', patient: 'required' },
  'key.records-resealed': { category: 'keys', change: 'none', patient: 'required' },
  'key.patient-retired': { category: 'keys', change: 'required', patient: 'required' },
  'key.listed': { category: 'keys', change: 'none', patient: 'none' },
  'key.rotation-viewed': { category: 'keys', change: 'none', patient: 'none' },
  // A key that signs checkpoints or bundles: the first of its purpose, or one that the key before it signed.
  'signing-key.enrolled': { category: 'keys', change: 'required', patient: 'none' },

  // What the tokens that patients are found by cost and tell.
  'key.search-viewed': { category: 'keys', change: 'none', patient: 'none' },
  // Legal holds, and a patient's keys destroyed by two people: what was known of the patient goes with them.
  'hold.set': { category: 'destruction', change: 'required', patient: 'required' },
  'hold.lift-requested': { category: 'destruction', change: 'required', patient: 'required' },
  'hold.lift-approved': { category: 'destruction', change: 'required', patient: 'required' },
  'hold.lift-rejected': { category: 'destruction', change: 'required', patient: 'required' },
  'shred.viewed': { category: 'destruction', change: 'none', patient: 'required' },
  'shred.listed': { category: 'destruction', change: 'none', patient: 'none' },
  'shred.certificate-viewed': { category: 'destruction', change: 'none', patient: 'optional' },
  'shred.requested': { category: 'destruction', change: 'required', patient: 'required' },
  'shred.approved': { category: 'destruction', change: 'required', patient: 'required' },
  'shred.rejected': { category: 'destruction', change: 'required', patient: 'required' },
  // The keys are gone. Done again for a backup that was restored, it says so in its facts.
  'shred.carried-out': { category: 'destruction', change: 'required', patient: 'required' },
  // Where its line stands in the ledger outside the database, with the line's hash and the certificate's.
  'shred.certified': { category: 'destruction', change: 'required', patient: 'required' },

  'backup.listed': { category: 'backups', change: 'none', patient: 'none' },
  'backup.started': { category: 'backups', change: 'required', patient: 'none' },
  'backup.made': { category: 'backups', change: 'required', patient: 'none' },
  'backup.failed': { category: 'backups', change: 'required', patient: 'none' },
  'backup.deleted': { category: 'backups', change: 'required', patient: 'none' },
  // Restored into a scratch database and compared: what came of it.
  'backup.drilled': { category: 'backups', change: 'required', patient: 'none' },
  'installation.restored': { category: 'backups', change: 'required', patient: 'none' },
  // The log goes on from before its last checkpoint: signed, with what it leaves behind.
  'audit.forked': { category: 'backups', change: 'required', patient: 'none' },

  'installation.initialised': { category: 'installation', change: 'none', patient: 'none' },
  'installation.recovered': { category: 'installation', change: 'none', patient: 'none' },
  'installation.demo-loaded': { category: 'installation', change: 'none', patient: 'none' },

  'import.started': { category: 'imports', change: 'none', patient: 'none' },
  'import.finished': { category: 'imports', change: 'none', patient: 'none' },
  // A server whose resources a source is known to send from now on.
  'import.server-known': { category: 'imports', change: 'none', patient: 'none' },
  'import.listed': { category: 'imports', change: 'none', patient: 'none' },
  'import.viewed': { category: 'imports', change: 'none', patient: 'none' },
  // A file came in whole, by a person; its import follows, and its entries have the request's id.
  'import.uploaded': { category: 'imports', change: 'required', patient: 'none' },
  'import.withdrawal-requested': { category: 'imports', change: 'required', patient: 'none' },
  'import.trust-requested': { category: 'imports', change: 'required', patient: 'none' },
  // Of one patient: whose care of them counts from now on, since two people agreed that an upload is trusted.
  'import.trusted': { category: 'imports', change: 'required', patient: 'required' },
  'import.rejected-resource': { category: 'imports', change: 'none', patient: 'optional' },

  // Long work: who looked at it and asked for its end, that it was begun, and what came of it.
  'work.listed': { category: 'work', change: 'none', patient: 'none' },
  'work.viewed': { category: 'work', change: 'none', patient: 'none' },
  'work.begun': { category: 'work', change: 'none', patient: 'none' },
  'work.done': { category: 'work', change: 'none', patient: 'none' },
  'work.failed': { category: 'work', change: 'none', patient: 'none' },
  'work.cancel-asked': { category: 'work', change: 'none', patient: 'none' },
  'work.cancelled': { category: 'work', change: 'none', patient: 'none' },

  // Above what is usual in an hour: that it was reached, and what the person said of it.
  'access.exceeded': { category: 'requests', change: 'none', patient: 'none' },
  'access.explained': { category: 'requests', change: 'none', patient: 'none' },

  'home.viewed': { category: 'home', change: 'none', patient: 'none' },
  // Refused before its procedure was known: a bad origin, a malformed request.
  'request.refused': { category: 'requests', change: 'none', patient: 'none' },
} as const satisfies Record<string, ActionSpec>

export type Action = keyof typeof ACTIONS

export const isAction = (value: unknown): value is Action =>
  typeof value === 'string' && Object.hasOwn(ACTIONS, value)
