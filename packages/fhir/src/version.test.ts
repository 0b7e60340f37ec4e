import { isResourceType } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { toRecord } from './map.ts'
import { otherVersionOf } from './version.ts'
import { TELLS } from './version-tells.ts'

const version = (resourceType: string, elements: object) =>
  otherVersionOf({ resourceType, id: 'x', ...elements })?.version ?? 'R4'

describe('telling the FHIR release of a resource', () => {
  it.each([
    ['DSTU2', 'Encounter', { class: 'ambulatory' }],
    ['R4', 'Encounter', { class: { code: 'AMB' } }],
    ['R5', 'Encounter', { class: [{ coding: [{ code: 'AMB' }] }] }],
    ['before R4', 'Encounter', { reason: [{ text: 'cough' }] }],
    ['R5', 'Encounter', { reason: [{ value: [{ concept: { text: 'cough' } }] }] }],
    ['DSTU2', 'Encounter', { indication: [{ reference: 'Condition/1' }] }],
    ['DSTU2', 'MedicationOrder', {}],
    ['before R4', 'Patient', { animal: {} }],
    ['STU3', 'Claim', { information: [] }],
    ['before R4', 'Claim', { use: 'complete' }],
    ['R4', 'Claim', { use: 'claim' }],
    ['R5', 'MedicationRequest', { medication: { concept: {} } }],
    ['R4', 'MedicationRequest', { medicationCodeableConcept: {}, reasonReference: [] }],
    ['before R4', 'Condition', { clinicalStatus: 'active' }],
    ['R4', 'Condition', { clinicalStatus: { coding: [{ code: 'active' }] } }],
    ['before R4', 'AllergyIntolerance', { verificationStatus: 'confirmed' }],
    ['R5', 'AllergyIntolerance', { type: { coding: [] } }],
    ['R4', 'AllergyIntolerance', { type: 'allergy' }],
    ['STU3', 'Observation', { context: { reference: 'Encounter/1' } }],
    ['R5', 'DocumentReference', { context: [{ reference: 'Encounter/1' }] }],
    ['R4', 'DocumentReference', { context: { encounter: [] } }],
    ['R5', 'ServiceRequest', { code: { concept: {} } }],
    ['R5', 'CarePlan', { addresses: [{ reference: { reference: 'Condition/1' } }] }],
    ['R4', 'CarePlan', { addresses: [{ reference: 'Condition/1' }] }],
    ['R5', 'ImagingStudy', { modality: [{ coding: [] }] }],
    ['R4', 'ImagingStudy', { modality: [{ code: 'DX' }] }],
    ['DSTU2', 'Practitioner', { name: { family: ['Byrd'] } }],
    ['DSTU2', 'Patient', { fhir_comments: ['x'] }],
    ['before R4', 'Medication', { isBrand: true }],
    ['R5', 'Medication', { doseForm: {} }],
    ['R4', 'Medication', { code: {}, form: {}, batch: {} }],
    ['STU3', 'MedicationStatement', { taken: 'n' }],
    ['R5', 'MedicationStatement', { medication: { concept: {} } }],
    ['STU3', 'MedicationDispense', { notDone: true }],
    ['R5', 'MedicationDispense', { fulfillment: {} }],
    ['STU3', 'MedicationAdministration', { notGiven: true }],
    ['R5', 'MedicationAdministration', { occurencePeriod: {} }],
    ['before R4', 'CareTeam', { participant: [{ role: { text: 'nurse' } }] }],
    ['R4', 'CareTeam', { participant: [{ role: [{ text: 'nurse' }] }] }],
    ['R5', 'PractitionerRole', { availability: [] }],
    ['before R4', 'Location', { type: { text: 'ward' } }],
    ['R4', 'Location', { type: [{ text: 'ward' }] }],
    ['before R4', 'RelatedPerson', { relationship: { text: 'wife' } }],
    ['R4', 'RelatedPerson', { relationship: [{ text: 'wife' }] }],
    ['before R4', 'Device', { udi: {} }],
    ['R5', 'Device', { displayName: 'pump' }],
    ['before R4', 'Provenance', { agent: [{ whoReference: {} }] }],
    ['R5', 'Provenance', { authorization: [] }],
    ['R5', 'Specimen', { combined: 'pooled' }],
    ['before R4', 'FamilyMemberHistory', { gender: 'female' }],
    ['R5', 'BodyStructure', { includedStructure: [] }],
    ['before R4', 'QuestionnaireResponse', { questionnaire: { reference: 'Questionnaire/1' } }],
    ['R4', 'QuestionnaireResponse', { questionnaire: 'https://example.org/q' }],
    ['STU3', 'Consent', { except: [] }],
    ['R5', 'Consent', { provision: [{}] }],
    ['R4', 'Consent', { provision: { type: 'deny' } }],
    ['before R4', 'Media', { type: 'photo' }],
    ['before R4', 'Binary', { content: '' }],
    ['R5', 'Composition', { identifier: [] }],
    ['before R4', 'Flag', { category: {} }],
    ['STU3', 'ClaimResponse', { outcome: {} }],
    ['R5', 'Group', { membership: 'definitional' }],
    ['R5', 'Task', { reason: [{ concept: {} }] }],
    ['before R4', 'Task', { context: {} }],
  ])('%s by its structure: %s %j', (expected, type, elements) => {
    expect(version(type, elements)).toBe(expected)
  })

  it.each([
    ['STU3', { fhirVersion: '3.0.2' }],
    ['R4', { fhirVersion: '4.0.1' }],
    ['R4', { fhirVersion: '4.3.0' }],
    ['R5', { fhirVersion: '5.0.0' }],
    ['another release', { fhirVersion: '6.0.0-ballot3' }],
    ['DSTU2', { meta: { extension: [{ url: 'https://example.org/fhirVersion', valueCode: '1.0.2' }] } }],
    ['STU3', { meta: { profile: ['http://hl7.org/fhir/StructureDefinition/Patient|3.0.1'] } }],
    ['R5', { meta: { profile: ['http://hl7.org/fhir/5.0/StructureDefinition/Patient'] } }],
    ['R4', { meta: { profile: ['http://hl7.org/fhir/StructureDefinition/Patient|4.0.1'] } }],
    ['R4', { meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|3.1.1'] } }],
  ])('%s by what it says of itself: %j', (expected, elements) => {
    expect(version('Patient', elements)).toBe(expected)
  })

  it('is refused with the way out of it', () => {
    expect(() => toRecord({ resourceType: 'MedicationOrder', id: 'm1' })).toThrow(
      /DSTU2.*FHIR R4 \(4\.0\.1\)/,
    )
  })

  it('has tells for every type that we store, and for no other', () => {
    expect(Object.keys(TELLS).every(isResourceType)).toBe(true)
    expect(Object.keys(TELLS)).toHaveLength(42)
  })
})
