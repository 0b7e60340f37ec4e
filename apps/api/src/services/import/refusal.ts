/** Why a record that is fine by itself was left as it is. */
export type Refusal =
  | 'from-trusted-source'
  | 'other-patient'
  | 'untold-server'
  | 'older-version'
  | 'sent-before'
  | 'too-many-servers'
  | 'not-readable'

/** What is said of it, after the record's type: what is wrong, and what to do. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  'from-trusted-source':
    'was stored from a trusted file, and an untrusted one does not change it: import the file as another source, or as trusted.',
  'other-patient':
    'belongs to another patient in the vault, and a record does not change patients: look at which of the two files is right.',
  'untold-server':
    'says of no server that it is from there, and this source is known by several, one of which has this id: name the one that is meant with --base URL.',
  'older-version':
    'is an older version (by meta.versionId or meta.lastUpdated) than the one that is stored, which stays: nothing has to be done.',
  'sent-before':
    'has a content that this source had sent before, and another since, which stays: if the source has taken the later one back, import it with --as-given.',
  'not-readable':
    'is stored and does not open to what was written, so no version is made of it: run chartward verify --database.',
  'too-many-servers':
    'is of yet another server of a source that is known by a hundred: import each system as a source of its own (--source NAME).',
}
