import { isObject, isString, objectsOf } from './json.ts'

export type OtherVersion = 'DSTU2' | 'STU3' | 'R5' | 'before R4'

/** An element that R4 does not have, or not in this form, and the release that does. */
export interface Tell {
  readonly element: string
  readonly version: OtherVersion
  /** The form that gives it away; without one, that the element is there at all. */
  readonly when?: (value: unknown) => boolean
}

const has = (version: OtherVersion, ...elements: string[]): Tell[] =>
  elements.map((element) => ({ element, version }))
const tell = (version: OtherVersion, element: string, when: (value: unknown) => boolean): Tell => ({
  element,
  version,
  when,
})

const isList = (value: unknown) => Array.isArray(value)
const itemHas = (part: string) => (value: unknown) =>
  objectsOf(value).some((item) => item[part] !== undefined)
/** R5's CodeableReference: a concept, or a reference inside a `reference`. */
const isCodeableReference = (value: unknown) =>
  objectsOf(isList(value) ? value : [value]).some(
    (item) => isObject(item.concept) || isObject(item.reference),
  )

/** Types that another release has and R4 has not. */
export const FOREIGN_TYPES: Readonly<Record<string, OtherVersion>> = {
  MedicationOrder: 'DSTU2',
  DiagnosticOrder: 'DSTU2',
  DeviceUseRequest: 'DSTU2',
  Conformance: 'DSTU2',
  Order: 'DSTU2',
  OrderResponse: 'DSTU2',
  ImagingObjectSelection: 'DSTU2',
  ProcedureRequest: 'before R4',
  ReferralRequest: 'before R4',
  EligibilityRequest: 'before R4',
  EligibilityResponse: 'before R4',
  ProcessRequest: 'before R4',
  ProcessResponse: 'before R4',
  DataElement: 'before R4',
  DeviceComponent: 'before R4',
  BodySite: 'before R4',
  ImagingManifest: 'STU3',
  ExpansionProfile: 'STU3',
  ServiceDefinition: 'STU3',
  Sequence: 'STU3',
  DeviceUsage: 'R5',
  DeviceAssociation: 'R5',
  DeviceDispense: 'R5',
  EncounterHistory: 'R5',
  GenomicStudy: 'R5',
  ImagingSelection: 'R5',
  InventoryItem: 'R5',
  NutritionIntake: 'R5',
  RequestOrchestration: 'R5',
  Transport: 'R5',
}

/**
 * What in a resource of our types gives away another release. Elements that R4 shares with it are no tell, so
 * a resource with none of these may still be of another release: it then reads the same in R4. Sources: the
 * element tables and "Changes since R3" of https://hl7.org/fhir/R4/<type>.html, its R4-to-R3 transforms,
 * https://hl7.org/fhir/DSTU2/<type>.html and https://hl7.org/fhir/R5/<type>.html.
 */
export const TELLS: Readonly<Record<string, readonly Tell[]>> = {
  Patient: [...has('before R4', 'animal'), ...has('DSTU2', 'careProvider')],
  Encounter: [
    tell('DSTU2', 'class', isString),
    tell('R5', 'class', isList),
    tell('R5', 'reason', itemHas('use')),
    tell('R5', 'reason', itemHas('value')),
    ...has('before R4', 'reason', 'incomingReferral'),
    ...has('DSTU2', 'indication', 'patient'),
    ...has('R5', 'actualPeriod', 'admission', 'subjectStatus', 'plannedStartDate', 'plannedEndDate'),
  ],
  Condition: [
    tell('before R4', 'clinicalStatus', isString),
    tell('before R4', 'verificationStatus', isString),
    ...has('DSTU2', 'patient', 'dateRecorded'),
    ...has('STU3', 'context', 'assertedDate'),
    ...has('R5', 'participant'),
  ],
  Observation: [
    tell('DSTU2', 'category', isObject),
    tell('before R4', 'interpretation', isObject),
    ...has('DSTU2', 'comments', 'reliability'),
    ...has('STU3', 'context', 'comment'),
    ...has('before R4', 'related'),
    ...has('R5', 'triggeredBy', 'bodyStructure', 'instantiatesCanonical', 'instantiatesReference'),
  ],
  MedicationRequest: [
    tell('STU3', 'requester', (value) => isObject(value) && value.agent !== undefined),
    tell('STU3', 'category', isObject),
    ...has('STU3', 'context', 'definition'),
    ...has('R5', 'medication', 'reason', 'renderedDosageInstruction', 'informationSource'),
  ],
  Procedure: [
    tell('R5', 'category', isList),
    ...has('DSTU2', 'notPerformed', 'reasonNotPerformed', 'reasonCodeableConcept', 'notes'),
    ...has('STU3', 'context', 'notDone', 'notDoneReason', 'definition'),
    ...has('R5', 'occurrenceDateTime', 'occurrencePeriod', 'reason', 'recorded', 'reportedBoolean'),
  ],
  Immunization: [
    ...has('before R4', 'date', 'explanation', 'vaccinationProtocol'),
    ...has('DSTU2', 'wasNotGiven', 'reported', 'requester'),
    ...has('STU3', 'notGiven', 'practitioner'),
    ...has('R5', 'reason', 'informationSource', 'administeredProduct', 'basedOn'),
  ],
  AllergyIntolerance: [
    tell('before R4', 'clinicalStatus', isString),
    tell('before R4', 'verificationStatus', isString),
    tell('DSTU2', 'category', isString),
    tell('R5', 'type', isObject),
    ...has('DSTU2', 'substance', 'status', 'reporter'),
    ...has('STU3', 'assertedDate'),
    ...has('R5', 'participant'),
  ],
  DiagnosticReport: [
    tell('before R4', 'category', isObject),
    tell('STU3', 'performer', itemHas('actor')),
    tell('DSTU2', 'performer', isObject),
    ...has('before R4', 'codedDiagnosis', 'image'),
    ...has('STU3', 'context'),
    ...has('R5', 'composition', 'supportingInfo'),
  ],
  DocumentReference: [
    tell('R5', 'context', isList),
    tell('R5', 'content', itemHas('profile')),
    ...has('before R4', 'indexed', 'class', 'created'),
    ...has('R5', 'attester', 'facilityType', 'practiceSetting', 'modality', 'basedOn', 'event'),
  ],
  CarePlan: [
    tell('before R4', 'author', isList),
    tell('R5', 'addresses', isCodeableReference),
    tell('R5', 'activity', itemHas('plannedActivityReference')),
    tell('R5', 'activity', itemHas('performedActivity')),
    tell('DSTU2', 'note', isObject),
    ...has('STU3', 'context', 'definition'),
    ...has('DSTU2', 'participant'),
    ...has('R5', 'custodian'),
  ],
  Goal: [
    tell('DSTU2', 'description', isString),
    tell('STU3', 'target', isObject),
    ...has('before R4', 'status'),
    ...has('R5', 'outcome', 'source', 'continuous', 'acceptance'),
  ],
  ImagingStudy: [
    tell('R5', 'modality', itemHas('coding')),
    ...has('before R4', 'uid', 'patient', 'accession', 'modalityList', 'availability'),
    ...has('STU3', 'context'),
    ...has('R5', 'reason'),
  ],
  Appointment: [
    tell('R5', 'reason', isCodeableReference),
    tell('R5', 'serviceType', isCodeableReference),
    tell('before R4', 'serviceCategory', isObject),
    ...has('before R4', 'reason'),
    ...has('STU3', 'incomingReferral', 'indication'),
    ...has('R5', 'class', 'virtualService', 'previousAppointment', 'originatingAppointment'),
  ],
  ServiceRequest: [tell('R5', 'code', isCodeableReference), ...has('R5', 'reason', 'focus')],
  Coverage: [
    tell('DSTU2', 'subscriberId', isObject),
    tell('R5', 'subscriberId', isList),
    ...has('STU3', 'grouping'),
    ...has('before R4', 'sequence'),
    ...has('DSTU2', 'issuer', 'bin', 'plan'),
    ...has('R5', 'kind', 'paymentBy'),
  ],
  Claim: [
    tell(
      'before R4',
      'use',
      (value) => isString(value) && /^(?:complete|proposed|exploratory|other)$/.test(value),
    ),
    tell('before R4', 'item', itemHas('service')),
    ...has('STU3', 'information', 'employmentImpacted', 'hospitalization'),
    ...has('before R4', 'organization'),
    ...has('DSTU2', 'ruleset', 'target', 'coverage'),
    ...has('R5', 'traceNumber', 'diagnosisRelatedGroup', 'event'),
  ],
  ExplanationOfBenefit: [
    tell('before R4', 'insurance', isObject),
    tell('before R4', 'item', itemHas('service')),
    ...has('STU3', 'information', 'totalCost', 'totalBenefit', 'unallocDeductable', 'employmentImpacted'),
    ...has('before R4', 'organization'),
    ...has('DSTU2', 'ruleset'),
    ...has('R5', 'traceNumber', 'diagnosisRelatedGroup', 'event'),
  ],
  Practitioner: [
    tell('DSTU2', 'name', isObject),
    tell('R5', 'communication', itemHas('language')),
    ...has('DSTU2', 'practitionerRole'),
    ...has('R5', 'deceasedBoolean', 'deceasedDateTime'),
  ],
  Organization: [tell('DSTU2', 'type', isObject), ...has('R5', 'qualification', 'description')],
  Medication: [
    ...has('before R4', 'isBrand', 'isOverTheCounter', 'package', 'product', 'image'),
    ...has('R5', 'marketingAuthorizationHolder', 'doseForm', 'totalVolume'),
  ],
  MedicationStatement: [
    ...has('STU3', 'taken', 'reasonNotTaken'),
    ...has('DSTU2', 'patient', 'wasNotTaken'),
    ...has('R5', 'medication', 'reason', 'adherence', 'renderedDosageInstruction'),
  ],
  MedicationDispense: [
    ...has('STU3', 'notDone', 'notDoneReasonCodeableConcept', 'notDoneReasonReference'),
    ...has('DSTU2', 'patient', 'dispenser'),
    ...has('R5', 'medication', 'fulfillment', 'notPerformedReason', 'recorded', 'renderedDosageInstruction'),
  ],
  MedicationAdministration: [
    ...has('STU3', 'notGiven', 'reasonNotGiven', 'prescription'),
    ...has('DSTU2', 'patient', 'wasNotGiven', 'practitioner'),
    ...has('R5', 'medication', 'reason', 'occurenceDateTime', 'occurencePeriod', 'isSubPotent', 'recorded'),
  ],
  CareTeam: [
    tell('R5', 'participant', itemHas('coveragePeriod')),
    tell('before R4', 'participant', (value) => objectsOf(value).some(({ role }) => isObject(role))),
    ...has('STU3', 'context'),
    ...has('R5', 'reason'),
  ],
  PractitionerRole: has('R5', 'characteristic', 'communication', 'contact', 'availability', 'display'),
  Location: [
    tell('before R4', 'type', isObject),
    tell('R5', 'hoursOfOperation', isObject),
    ...has('R5', 'contact', 'form', 'characteristic', 'virtualService'),
  ],
  RelatedPerson: [tell('before R4', 'relationship', isObject)],
  Device: [
    tell('before R4', 'version', isString),
    ...has('before R4', 'model', 'udi'),
    ...has('R5', 'displayName', 'biologicalSourceEvent', 'name', 'category', 'conformsTo', 'endpoint'),
  ],
  Provenance: [
    tell('before R4', 'agent', itemHas('whoReference')),
    tell('before R4', 'agent', itemHas('whoUri')),
    ...has('before R4', 'period'),
    ...has('R5', 'authorization', 'why', 'patient', 'encounter', 'basedOn'),
  ],
  Specimen: [...has('DSTU2', 'treatment'), ...has('R5', 'feature', 'role', 'combined')],
  FamilyMemberHistory: [
    ...has('before R4', 'gender', 'notDone', 'notDoneReason', 'definition'),
    ...has('R5', 'participant', 'reason'),
  ],
  BodyStructure: has('R5', 'includedStructure', 'excludedStructure'),
  QuestionnaireResponse: [
    tell('before R4', 'questionnaire', isObject),
    ...has('STU3', 'parent', 'context'),
    ...has('DSTU2', 'group'),
  ],
  Consent: [
    tell('STU3', 'policyRule', isString),
    tell('R5', 'provision', isList),
    ...has('STU3', 'action', 'except', 'consentingParty', 'securityLabel', 'purpose', 'data', 'actor'),
    ...has('R5', 'subject', 'decision', 'grantor', 'grantee', 'manager', 'controller', 'policyBasis'),
  ],
  Media: [
    tell('before R4', 'type', isString),
    ...has('STU3', 'context', 'occurrenceDateTime', 'occurrencePeriod'),
    ...has('before R4', 'subtype'),
  ],
  Binary: has('before R4', 'content'),
  Composition: [
    tell('R5', 'identifier', isList),
    ...has('before R4', 'class'),
    ...has('R5', 'useContext', 'note'),
  ],
  Flag: [tell('before R4', 'category', isObject)],
  ClaimResponse: [
    tell('STU3', 'outcome', isObject),
    ...has('STU3', 'requestProvider', 'requestOrganization', 'totalCost', 'totalBenefit'),
    ...has('R5', 'traceNumber', 'diagnosisRelatedGroup', 'event', 'decision'),
  ],
  Group: has('R5', 'membership', 'url', 'title'),
  Task: [
    tell('R5', 'reason', isList),
    tell('R5', 'statusReason', isCodeableReference),
    ...has('before R4', 'context', 'definitionReference', 'definitionUri', 'reason'),
    ...has('R5', 'requestedPeriod', 'requestedPerformer', 'doNotPerform'),
  ],
}
