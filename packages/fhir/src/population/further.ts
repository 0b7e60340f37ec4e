import type { JsonObject } from '../json.ts'
import { type Chart, type Reference, toDoctor } from './chart.ts'
import { concept, hl7, rxnorm } from './terminology.ts'
import { date, dateTime, YEAR } from './time.ts'

/** How many people have been seen somewhere that keeps everything: theirs is a chart with every type. */
const SHARE = 0.2

const METFORMIN = concept(rxnorm('860975', 'Metformin hydrochloride 500 MG Oral Tablet'))
const said = (text: string): JsonObject => ({ text })

const addMedication = (chart: Chart, encounter: Reference, at: number): void => {
  const metformin = chart.add('Medication', null, { code: METFORMIN, status: 'active', form: said('Tablet') })
  const taken = { medicationReference: { ...metformin, display: METFORMIN.text }, context: encounter }
  const dosage = { text: '1 tablet with the evening meal' }
  chart.add('MedicationStatement', 'subject', {
    ...taken,
    status: 'active',
    effectivePeriod: { start: dateTime(at) },
    dosage: [dosage],
  })
  chart.add('MedicationDispense', 'subject', {
    ...taken,
    status: 'completed',
    quantity: { value: 90, unit: 'tablet' },
    whenHandedOver: dateTime(at),
  })
  chart.add('MedicationAdministration', 'subject', {
    ...taken,
    status: 'completed',
    effectiveDateTime: dateTime(at),
    dosage,
  })
}

const addPeople = (chart: Chart, encounter: Reference, at: number): void => {
  const { person, prng } = chart
  const { doctor } = person
  const clinic = { reference: `urn:uuid:${doctor.clinic.id}`, display: doctor.clinic.name }
  chart.add('PractitionerRole', null, {
    active: true,
    practitioner: toDoctor(doctor),
    organization: clinic,
    code: [said('General practitioner')],
  })
  chart.add('Location', null, { status: 'active', name: 'Outpatients', managingOrganization: clinic })
  chart.add('CareTeam', 'subject', {
    status: 'active',
    name: 'Primary care',
    encounter,
    period: { start: dateTime(at) },
    participant: [{ role: [said('General practitioner')], member: toDoctor(doctor) }],
  })
  chart.add('RelatedPerson', 'patient', {
    active: true,
    relationship: [concept(hl7('v3-RoleCode', 'SIGOTHR', 'significant other'))],
    name: [{ family: prng.pick(['Marsh', 'Ferrer', 'Oduya']), given: [prng.pick(['Kim', 'Robin', 'Alex'])] }],
  })
  chart.add('Group', null, { type: 'person', actual: true, name: 'Diabetes register', quantity: 1 })
  chart.add('FamilyMemberHistory', 'patient', {
    status: 'completed',
    date: date(at),
    relationship: concept(hl7('v3-RoleCode', 'FTH', 'father')),
    condition: [{ code: said('Myocardial infarction') }],
  })
}

const addFindings = (chart: Chart, encounter: Reference, at: number): void => {
  chart.add('Specimen', 'subject', { status: 'available', type: said('Blood'), receivedTime: dateTime(at) })
  chart.add('BodyStructure', 'patient', { active: true, location: said('Left forearm') })
  chart.add('Device', 'patient', {
    status: 'active',
    type: said('Hearing aid'),
    lotNumber: chart.prng.digits(6),
  })
  chart.add('Media', 'subject', {
    status: 'completed',
    encounter,
    type: said('Image'),
    createdDateTime: dateTime(at),
    content: { contentType: 'image/png', data: 'iVBORw0KGgo=' },
  })
  chart.add('Flag', 'subject', {
    status: 'active',
    code: said('Risk of falls'),
    encounter,
    period: { start: date(at) },
  })
  chart.add('Task', 'for', {
    status: 'completed',
    intent: 'order',
    code: said('Call back about results'),
    encounter,
    authoredOn: dateTime(at),
  })
}

const addPapers = (chart: Chart, encounter: Reference, at: number): void => {
  const author = toDoctor(chart.person.doctor)
  chart.add('Composition', 'subject', {
    status: 'final',
    type: said('Summary of care'),
    title: 'Summary of care',
    encounter,
    date: dateTime(at),
    author: [author],
    section: [{ title: 'Course', text: { status: 'generated', div: '<div>Well throughout.</div>' } }],
  })
  chart.add('QuestionnaireResponse', 'subject', {
    status: 'completed',
    questionnaire: 'https://example.org/Questionnaire/sleep',
    encounter,
    authored: dateTime(at),
    item: [{ linkId: '1', text: 'Hours of sleep', answer: [{ valueInteger: 7 }] }],
  })
  chart.add('Consent', 'patient', {
    status: 'active',
    scope: { coding: [hl7('consentscope', 'patient-privacy', 'Privacy Consent')] },
    category: [said('Release of information')],
    dateTime: dateTime(at),
    policyRule: said('Permit'),
  })
  chart.add('Binary', null, { contentType: 'text/plain', data: 'V2VsbCB0aHJvdWdob3V0Lg==' })
  chart.add('Provenance', null, {
    target: [{ ...chart.patient, type: 'Patient' }],
    recorded: dateTime(at),
    agent: [{ who: author }],
  })
  chart.add('ClaimResponse', 'patient', {
    status: 'active',
    type: concept(hl7('claim-type', 'professional', 'Professional')),
    use: 'claim',
    created: dateTime(at),
    outcome: 'complete',
  })
}

/** What some places keep beside the rest, dated by a visit; none without one. */
export const addFurther = (chart: Chart): void => {
  const prng = chart.prng.fork('further')
  const visit = chart.resources.find(({ resourceType }) => resourceType === 'Encounter')
  if (visit === undefined || !prng.chance(SHARE)) return
  const encounter = { reference: `urn:uuid:${visit.id}` }
  const at = Math.min(chart.asOf, chart.person.death ?? chart.asOf) - YEAR / 50
  const own = chart.forked(prng)
  addMedication(own, encounter, at)
  addPeople(own, encounter, at)
  addFindings(own, encounter, at)
  addPapers(own, encounter, at)
  chart.resources.push(...own.resources)
}
