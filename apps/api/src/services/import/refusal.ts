/** Why a record that is fine by itself was left as it is. */
export type Refusal = 'from-trusted-source' | 'other-patient'

/** What is said of it, after the record's type: what is wrong, and what to do. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  'from-trusted-source':
    'was stored from a trusted file, and an untrusted one does not change it: import the file as another source, or as trusted.',
  'other-patient':
    'belongs to another patient in the vault, and a record does not change patients: look at which of the two files is right.',
}
