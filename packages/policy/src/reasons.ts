/**
 * Every reason a decision can have, with the sentence a person reads. None of them holds a value
 * of the request.
 */
export const REASON_TEXT = Object.freeze({
  allowed: 'A role in force allows this.',
  'no-policy': 'There is no policy to decide by.',
  'unknown-permission': 'The policy knows no such permission.',
  'unknown-role': 'An assigned role is not in the policy.',
  'unknown-resource-type': 'The catalog knows no such resource type.',
  'no-patient-named': 'The permission is about patients, and the request names none.',
  'explicit-deny': 'A role in force denies this.',
  'no-active-role': 'No role assignment is in force.',
  'no-statement': 'No role in force allows this.',
  'no-care-relationship': 'No care relationship with this patient is in force.',
  'not-self': "This is not the person's own record.",
  'no-readable-field': 'No role in force shows any of the fields asked for.',
  'own-benefit': 'Nobody may do this for themselves.',
  'factor-too-old': 'This needs a factor given within the last five minutes.',
} as const)

export type ReasonCode = keyof typeof REASON_TEXT
export type RefusalReason = Exclude<ReasonCode, 'allowed'>
