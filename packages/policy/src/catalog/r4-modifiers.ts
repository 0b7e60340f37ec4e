/**
 * The elements that FHIR R4 (4.0.1) marks `isModifier` in each type that is stored: what they say changes
 * what the rest means, so that nobody may read a record without them
 * (https://hl7.org/fhir/R4/conformance-rules.html#isModifier). Taken from the snapshots of
 * https://hl7.org/fhir/R4/profiles-resources.json; `deceased[x]` by its two names. `implicitRules` and
 * `modifierExtension`, which every type has, are read everywhere alike.
 */
export const R4_MODIFIERS = {
  Patient: ['active', 'deceasedBoolean', 'deceasedDateTime', 'link'],
  Encounter: ['status'],
  Condition: ['clinicalStatus', 'verificationStatus'],
  Observation: ['status'],
  MedicationRequest: ['status', 'intent', 'doNotPerform'],
  Procedure: ['status'],
  Immunization: ['status', 'isSubpotent'],
  AllergyIntolerance: ['clinicalStatus', 'verificationStatus'],
  DiagnosticReport: ['status'],
  DocumentReference: ['status'],
  CarePlan: ['status', 'intent', 'activity.detail.status', 'activity.detail.doNotPerform'],
  Goal: ['lifecycleStatus'],
  ImagingStudy: ['status'],
  Appointment: ['status'],
  ServiceRequest: ['status', 'intent', 'doNotPerform'],
  Coverage: ['status'],
  Claim: ['status'],
  ExplanationOfBenefit: ['status'],
  Practitioner: [],
  Organization: ['active'],
  PractitionerRole: [],
  Medication: ['status'],
  MedicationStatement: ['status'],
  MedicationDispense: ['status'],
  MedicationAdministration: ['status'],
  CareTeam: ['status'],
  Location: ['status'],
  RelatedPerson: ['active'],
  Device: ['status'],
  Provenance: [],
  Specimen: ['status'],
  FamilyMemberHistory: ['status'],
  BodyStructure: ['active'],
  QuestionnaireResponse: ['status'],
  Consent: ['status', 'scope'],
  Media: ['status'],
  Binary: [],
  Composition: ['status'],
  Flag: ['status'],
  ClaimResponse: ['status'],
  Group: [],
  Task: ['status'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type R4Modifiers = typeof R4_MODIFIERS
