import type { SecurityLabel } from '../security-labels.ts'
import type { FieldSelector } from '../selectors.ts'

/**
 * Shown by their last four to those who give care: an identity is confirmed by them, and no more is needed.
 * Identifiers of no known type count among them, and so do the rendering that may repeat them and extensions
 * that nobody here knows: a source may leave the type out.
 */
export const GOVERNMENT_IDENTIFIERS = [
  'Patient.otherIdentifiers',
  'Patient.text',
  'Patient.ssn',
  'Patient.driversLicense',
  'Patient.passport',
  'Patient.extension',
] as const satisfies readonly FieldSelector[]

/**
 * The free text that stands in billing records. It is of the narrative class, so a grant of that class would
 * hand the text of a claim to someone who may not see the claim; the care roles deny it by name.
 */
export const BILLING_NARRATIVE = [
  'Coverage.text',
  'Claim.text',
  'ClaimResponse.text',
  'ClaimResponse.disposition',
  'ClaimResponse.form',
  'ClaimResponse.processNote',
  'ExplanationOfBenefit.text',
  'ExplanationOfBenefit.disposition',
  'ExplanationOfBenefit.form',
  'ExplanationOfBenefit.processNote',
] as const satisfies readonly FieldSelector[]

/**
 * What a treating clinician opens of what its source has labelled. Psychotherapy notes are for whoever wrote
 * them (45 CFR 164.508(a)(2)), records of a substance use program for those whom the patient's consent names
 * (42 CFR 2.31): neither a care relationship nor a role that ships says that somebody is meant, and no more
 * so of what is very restricted, or of a label that nobody here understands.
 */
export const TREATED_LABELS = [
  'restricted',
  'substance-use',
  'mental-health',
  'hiv',
  'sexual-health',
  'violence',
  'genetics',
  'no-redisclosure',
] as const satisfies readonly SecurityLabel[]

/**
 * What is shown of somebody outside one's care who is looked for in an emergency: enough to tell them from
 * another of the same name. Of the birth date the verb shows the year alone; it is read to be compared.
 */
export const FOUND_IN_EMERGENCY = [
  'Patient.mrn',
  'Patient.name',
  'Patient.birthDate',
  'Patient.gender',
] as const satisfies readonly FieldSelector[]

/** What those who give care see of the directory: who and what a record of their patient refers to. */
export const REFERRED_TO = [
  'Practitioner.name',
  'PractitionerRole.code',
  'PractitionerRole.specialty',
  'Organization.name',
  'Location.name',
  'Medication.*',
] as const satisfies readonly FieldSelector[]
