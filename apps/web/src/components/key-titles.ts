import type { KeyPurpose } from '@chartward/contract'

/** What each key is called. */
export const KEY_TITLES: Readonly<Record<KeyPurpose, string>> = {
  kek: 'Key-encryption key (KEK)',
  patients: 'Patients’ own keys',
  'factor-secrets': 'Authenticator secrets',
  'credential-hashes': 'Password hashes',
  'audit-notes': 'Notes of the log',
  reasons: 'Reasons',
  directory: 'Directory',
  exports: 'Exports',
  uploads: 'Uploads',
  mails: 'Mails',
  'attempt-counters': 'Attempt counters',
  integrity: 'Integrity of records',
  'row-seals': 'Row seals',
  tokens: 'Tokens',
  'source-ids': 'Ids of sources',
  'blind-index': 'Search index',
}
