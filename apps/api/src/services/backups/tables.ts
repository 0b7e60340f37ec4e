/*
 * What a backup does with each table: the one list. A table that stands in none, or in two, fails a test,
 * and so does one that the login `chartward_backup` may read and need not, or must and may not.
 */

/**
 * Rows of patients, with the column that names the patient. Copied by ranges of patients, each range in a
 * short snapshot of its own; patients whose rows changed since are copied anew.
 */
export const PATIENT_TABLES = {
  patients: 'id',
  records: 'patient_id',
  record_versions: 'patient_id',
  chart_segments: 'patient_id',
  search_tokens: 'patient_id',
  claim_tokens: 'patient_id',
  source_ids: 'patient_id',
  care_relationships: 'patient_id',
  care_lists: 'patient_id',
  care_tokens: 'patient_id',
} as const

/**
 * The log: copied by ranges of its order, which never change, and at last what has been added. Its nodes and
 * the pending tables follow from entries and leaves.
 */
export const LOG_TABLES = ['audit_leaves', 'audit_entries', 'audit_entry_patients', 'audit_notes'] as const

/** Copied whole, in the last snapshot: what grows with people and acts, and not with records. */
export const WHOLE_TABLES = [
  'installation',
  'users',
  'notices',
  'account_links',
  'approvals',
  'audit_gaps',
  'audit_head',
  'audit_hourly',
  'audit_quarantine',
  'audit_writers',
  'backup_drills',
  'backups',
  'break_glass_grants',
  'care_due',
  'covers',
  'custom_roles',
  'directory_entries',
  'export_requests',
  'factor_resets',
  'invitations',
  'known_devices',
  'legal_holds',
  'lockdown_acts',
  'log_followers',
  'passkeys',
  'passwords',
  'patient_accounts',
  'people_changes',
  'people_change_lines',
  'recovery_codes',
  'role_assignments',
  'role_versions',
  'row_heads',
  'row_heads_state',
  'sessions',
  'shreds',
  'source_bases',
  'totp_factors',
  'uploads',
  'works',
] as const

/**
 * Wrapped keys: in the keyring artifact alone, which is kept for 35 days at most. In this order: the first
 * wrap the others.
 */
export const KEY_TABLES = ['keks', 'system_keys', 'patient_keys'] as const

/** What no backup holds, and why. */
export const LEFT_OUT = {
  audit_nodes: 'worked out anew from the entries',
  audit_pending_0: 'entries that wait are copied, and queued anew',
  audit_pending_1: 'as above',
  audit_pending_2: 'as above',
  audit_pending_cursor: 'as above',
  release_chunks: 'an extract: it expires in days, and is built anew from the records',
  upload_pieces: 'an extract: gone once it is imported; whoever sent it has it',
  mails: 'a queue: links in it are old by then',
  passkey_challenges: 'counts for minutes',
  key_rotations: 'of keys, which no backup of records holds: one that was under way begins anew',
  attempt_counters: 'counts for hours',
  secret_rates: 'counts for a minute',
} as const

export type PatientTable = keyof typeof PATIENT_TABLES
export const PATIENT_TABLE_NAMES = Object.keys(PATIENT_TABLES) as readonly PatientTable[]

/** Every table that a logical backup may hold rows of. */
export const LOGICAL_TABLES: ReadonlySet<string> = new Set<string>([
  ...PATIENT_TABLE_NAMES,
  ...LOG_TABLES,
  ...WHOLE_TABLES,
  'audit_pending_0',
])
