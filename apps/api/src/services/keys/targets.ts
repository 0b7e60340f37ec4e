import type { KeyPurpose } from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
import type { SystemKeyPurpose } from '../../keys/system-keys.ts'

/**
 * What a rotation is of: the KEK, the key of one purpose, or patients' own keys, of one or of all that are
 * due.
 */
export type Target =
  | { readonly kind: 'kek' }
  | { readonly kind: 'system'; readonly purpose: SystemKeyPurpose }
  | { readonly kind: 'patient'; readonly patientId: PatientId | null }

/** What a person names by one word: the KEK, all patients' keys that are due, or the key of a purpose. */
export const targetOf = (purpose: KeyPurpose): Target => {
  if (purpose === 'kek') return { kind: 'kek' }
  return purpose === 'patients' ? { kind: 'patient', patientId: null } : { kind: 'system', purpose }
}

/** What there is one rotation at a time of. */
export const slotOf = (target: Target): string => {
  if (target.kind === 'kek') return 'kek'
  if (target.kind === 'system') return `system/${target.purpose}`
  return target.patientId === null ? 'patient' : `patient/${target.patientId}`
}

/**
 * What becomes of what was made with the key before. `anew`: it is made anew, and the earlier key retired.
 * `passes`: it is gone by itself before long, and then the earlier key is retired. `stays`: it is checked or
 * found with the key that it names, which stays for that as long as anything stands that needs it.
 */
export type Afterlife = 'anew' | 'passes' | 'stays'

export const AFTERLIFE: Readonly<Record<SystemKeyPurpose, Afterlife>> = {
  'factor-secrets': 'anew',
  'credential-hashes': 'anew',
  'audit-notes': 'anew',
  directory: 'anew',
  'blind-index': 'anew',
  exports: 'passes',
  uploads: 'passes',
  mails: 'passes',
  'attempt-counters': 'passes',
  // The entries of what was done commit to what these have sealed.
  reasons: 'stays',
  integrity: 'stays',
  'row-seals': 'stays',
  tokens: 'stays',
  // Only whoever sends a resource again tells its id.
  'source-ids': 'stays',
}
