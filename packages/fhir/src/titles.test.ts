import { RESOURCE_TYPES, type ResourceType, resourceOf } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { toRecord } from './map.ts'
import { dateOf, titleOf } from './title.ts'

const text = (words: string) => ({ text: words })
const to = (type: string, id = '5f1c') => ({ reference: `${type}/${id}` })
const medication = { medicationCodeableConcept: text('Aspirin') }
const DAY = '2026-03-05'
const period = { start: DAY, end: '2026-03-06' }

/*
 * Each type that belongs to a patient with what US Core 6.1 and CARIN Blue Button 2.0 have senders support
 * (or, for a type of neither, what R4 requires), and no more; and the title and the day that follow. By hand.
 */
const LEAST: Readonly<Record<string, readonly [elements: object, title: string, date: string | null]>> = {
  Patient: [{ name: [{ family: 'Rivera', given: ['Ann'] }], birthDate: DAY }, 'Ann Rivera', DAY],
  Condition: [{ code: text('Asthma'), recordedDate: DAY }, 'Asthma', DAY],
  AllergyIntolerance: [{ reaction: [{ substance: text('Peanut') }], recordedDate: DAY }, 'Peanut', DAY],
  FamilyMemberHistory: [{ status: 'completed', relationship: text('Mother'), date: DAY }, 'Mother', DAY],
  Flag: [{ status: 'active', code: text('Falls'), period }, 'Falls', DAY],
  CarePlan: [
    { status: 'active', intent: 'plan', category: [{ coding: [{ code: 'assess-plan' }] }], period },
    'assess-plan',
    DAY,
  ],
  Goal: [{ lifecycleStatus: 'active', description: text('Walk'), startDate: DAY }, 'Walk', DAY],
  Encounter: [{ status: 'finished', class: { code: 'AMB' }, period }, 'AMB', DAY],
  Procedure: [{ status: 'completed', code: text('Biopsy'), performedPeriod: period }, 'Biopsy', DAY],
  Appointment: [
    { status: 'booked', requestedPeriod: [period], participant: [{ actor: { display: 'Dr. A' } }] },
    'Dr. A',
    DAY,
  ],
  ServiceRequest: [
    { status: 'active', intent: 'order', code: text('MRI'), occurrencePeriod: period },
    'MRI',
    DAY,
  ],
  Task: [
    { status: 'requested', intent: 'order', description: 'Call back', authoredOn: DAY },
    'Call back',
    DAY,
  ],
  CareTeam: [
    { status: 'active', participant: [{ role: [text('Nurse')], member: to('Practitioner') }], period },
    'Nurse',
    DAY,
  ],
  MedicationRequest: [{ status: 'active', intent: 'order', ...medication, authoredOn: DAY }, 'Aspirin', DAY],
  MedicationStatement: [{ status: 'active', ...medication, effectivePeriod: period }, 'Aspirin', DAY],
  MedicationDispense: [{ status: 'completed', ...medication, whenHandedOver: DAY }, 'Aspirin', DAY],
  MedicationAdministration: [{ status: 'completed', ...medication, effectiveDateTime: DAY }, 'Aspirin', DAY],
  Immunization: [{ status: 'completed', vaccineCode: text('MMR'), occurrenceDateTime: DAY }, 'MMR', DAY],
  Observation: [{ status: 'final', code: text('TSH'), issued: `${DAY}T00:00:00Z` }, 'TSH', DAY],
  DiagnosticReport: [{ status: 'final', code: text('Panel'), issued: `${DAY}T00:00:00Z` }, 'Panel', DAY],
  ImagingStudy: [{ status: 'available', modality: [{ code: 'CT' }], started: DAY }, 'CT', DAY],
  Specimen: [{ type: text('Blood'), receivedTime: DAY }, 'Blood', DAY],
  Media: [{ status: 'completed', type: text('Photo'), createdDateTime: DAY, content: {} }, 'Photo', DAY],
  BodyStructure: [{ location: text('Left knee') }, 'Left knee', null],
  Device: [{ type: text('Pacemaker'), serialNumber: '17' }, 'Pacemaker', null],
  DocumentReference: [{ status: 'current', category: [text('Note')], date: DAY, content: [] }, 'Note', DAY],
  Composition: [{ status: 'final', type: text('Summary'), date: DAY, title: 'A summary' }, 'A summary', DAY],
  QuestionnaireResponse: [
    { status: 'completed', questionnaire: 'https://example.org/Questionnaire/PHQ-9|1.0', authored: DAY },
    'Questionnaire PHQ-9',
    DAY,
  ],
  Consent: [
    { status: 'active', scope: text('Privacy'), category: [text('Opt out')], dateTime: DAY },
    'Privacy',
    DAY,
  ],
  RelatedPerson: [{ relationship: [text('Mother')], name: [{ family: 'Rivera' }] }, 'Rivera', null],
  Provenance: [
    {
      target: [to('Patient', 'p')],
      recorded: DAY,
      agent: [{ type: text('Author'), who: to('Practitioner') }],
    },
    'Author',
    DAY,
  ],
  Binary: [{ contentType: 'application/pdf', securityContext: to('Patient', 'p') }, 'application/pdf', null],
  Coverage: [{ status: 'active', payor: [{ display: 'Acme Health' }], period }, 'Acme Health', DAY],
  Claim: [{ status: 'active', type: text('Pharmacy'), created: DAY }, 'Pharmacy', DAY],
  ClaimResponse: [{ status: 'active', type: text('Pharmacy'), created: DAY }, 'Pharmacy', DAY],
  ExplanationOfBenefit: [{ status: 'active', type: text('Oral'), billablePeriod: period }, 'Oral', DAY],
}

const TYPES = RESOURCE_TYPES.filter((type) => resourceOf(type).compartment === 'patient')

const valuesOf = (type: ResourceType, elements: object): Record<string, unknown> => {
  const { patientElement } = resourceOf(type)
  const isNamed = patientElement === null || patientElement === 'id' || patientElement in elements
  const patient = isNamed ? {} : { [patientElement]: to('Patient', 'p') }
  const { unmapped: _unread, ...fields } = toRecord({
    resourceType: type,
    id: '5f1c',
    ...patient,
    ...elements,
  }).fields
  return Object.assign({}, ...Object.values(fields))
}

describe('a record of the least that is sent', () => {
  it('is asked of every type that belongs to a patient', () => {
    expect(Object.keys(LEAST).toSorted()).toEqual(TYPES.toSorted())
  })

  it.each(TYPES)('has a title in words and its own date: %s', (type) => {
    const [elements, title, date] = LEAST[type] ?? [{}, '', null]
    const values = valuesOf(type, elements)
    expect(titleOf(type, values)?.value).toBe(title)
    expect(dateOf(type, values)?.value ?? null).toBe(date === null ? null : Date.parse(date))
  })

  it('is never called by an id', () => {
    const bare = { medicationReference: to('Medication'), status: 'active', intent: 'order' }
    expect(titleOf('MedicationRequest', valuesOf('MedicationRequest', bare))).toBeNull()
    const numbered = { ...bare, medicationReference: { identifier: { value: '00378-1' } } }
    expect(titleOf('MedicationRequest', valuesOf('MedicationRequest', numbered))?.value).toBe(
      'Known by number 00378-1 alone',
    )
    for (const questionnaire of [
      'urn:uuid:5f1c2d3e-0000-4000-8000-000000000000',
      'https://example.org/?id=5',
    ])
      expect(titleOf('QuestionnaireResponse', { questionnaire })).toBeNull()
    const said = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/display', valueString: 'Mood' }],
    }
    const displayed = { questionnaire: 'https://example.org/q/1', _questionnaire: said }
    const values = valuesOf('QuestionnaireResponse', { status: 'completed', ...displayed })
    expect(titleOf('QuestionnaireResponse', values)?.value).toBe('Mood')
  })
})
