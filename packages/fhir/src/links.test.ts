import { describe, expect, it } from 'vitest'
import { type CareLink, linksOf } from './links.ts'
import { npiOf } from './npi.ts'
import { type Who, whoOf } from './practitioner-reference.ts'

const NPI = '1234567893'
const SYSTEM = 'http://hl7.org/fhir/sid/us-npi'
const byNpi: Who[] = [{ by: 'npi', npi: NPI }]
const byId = (id: string, type: 'Practitioner' | 'PractitionerRole' = 'Practitioner'): Who => ({
  by: 'id',
  type,
  id,
})
const person = { reference: 'Practitioner/d1' }

describe('an NPI', () => {
  it.each(['1234567893', ' 1234567893 ', '123-456-7893'])('is read from %j', (text) => {
    expect(npiOf(text)).toBe(NPI)
  })

  it.each(['1234567894', '123456789', '12345678930', '', '120', 'x234567893', '1234567893,1'])(
    'is not %j, which has no digits enough or the wrong check digit',
    (text) => {
      expect(npiOf(text)).toBeNull()
    },
  )
})

describe('a reference to a practitioner', () => {
  it.each<[string, Who[]]>([
    ['Practitioner/d1', [byId('d1')]],
    ['Practitioner/d1/_history/3', [byId('d1')]],
    ['https://ehr.example.org/fhir/Practitioner/d1', [byId('ehr.example.org/fhir|d1')]],
    ['PractitionerRole/r1', [byId('r1', 'PractitionerRole')]],
    ['urn:uuid:8d5a', [byId('8d5a'), byId('8d5a', 'PractitionerRole')]],
    ['Practitioner?_id=d1', [byId('d1')]],
    ['https://ehr.example.org/fhir/Practitioner?_id=d1', [byId('ehr.example.org/fhir|d1')]],
    [`Practitioner?identifier=${SYSTEM}|${NPI}`, byNpi],
    [`/Practitioner?identifier=${SYSTEM}|${NPI}`, byNpi],
    [`https://ehr.example.org/fhir/Practitioner?identifier=${SYSTEM}|${NPI}`, byNpi],
    [`Practitioner?identifier=${encodeURIComponent(`${SYSTEM}|${NPI}`)}`, byNpi],
    [encodeURIComponent(`Practitioner?identifier=${SYSTEM}|${NPI}`), byNpi],
    [`Practitioner?active=true&identifier=${SYSTEM}%7C${NPI}&_count=1`, byNpi],
    [`Practitioner?identifier=urn:oid:2.16.840.1.113883.4.6|${NPI}`, byNpi],
    [`Practitioner?identifier=https://ehr.example/ids|7,${SYSTEM}|${NPI}`, byNpi],
    // Several may be meant, or nobody is named.
    [`Practitioner?identifier=${SYSTEM}|${NPI},${SYSTEM}|1000000004`, []],
    [`Practitioner?identifier=${SYSTEM}|1234567894`, []],
    [`Practitioner?identifier=https://ehr.example/ids|${NPI}`, []],
    [`Practitioner?identifier=${NPI}`, []],
    [`Organization?identifier=${SYSTEM}|${NPI}`, []],
    [`Practitioner?identifier:not=${SYSTEM}|${NPI}`, []],
    ['Practitioner?identifier=%E0%A4%A', []],
    ['RelatedPerson/r1', []],
    ['#gone', []],
  ])('%s names whom it names', (reference, who) => {
    expect(whoOf({ reference })).toEqual(who)
  })

  it('names them by an identifier beside or instead of it', () => {
    const identifier = { system: SYSTEM, value: NPI }
    expect(whoOf({ identifier })).toEqual(byNpi)
    expect(whoOf({ identifier, type: 'Practitioner' })).toEqual(byNpi)
    expect(whoOf({ ...person, identifier })).toEqual([byId('d1'), ...byNpi])
    expect(whoOf({ identifier, type: 'Organization' })).toEqual([])
    expect(whoOf({ identifier: { ...identifier, value: '1234567894' } })).toEqual([])
    for (const nothing of [null, 'Practitioner/d1', {}, { display: 'Dr. X' }, { identifier: NPI }])
      expect(whoOf(nothing)).toEqual([])
  })

  it('names a contained one by their NPI, also through a contained role, and ends', () => {
    const contained = [
      { resourceType: 'Practitioner', id: 'p1', identifier: [{ system: SYSTEM, value: NPI }] },
      { resourceType: 'PractitionerRole', id: 'r1', practitioner: { reference: '#p1' } },
      { resourceType: 'PractitionerRole', id: 'r2', practitioner: person },
      { resourceType: 'PractitionerRole', id: 'loop', practitioner: { reference: '#loop' } },
      { resourceType: 'Practitioner', id: 'p2', identifier: [{ system: 'x', value: '1' }] },
    ]
    expect(whoOf({ reference: '#p1' }, contained)).toEqual(byNpi)
    expect(whoOf({ reference: '#r1' }, contained)).toEqual(byNpi)
    expect(whoOf({ reference: '#r2' }, contained)).toEqual([byId('d1')])
    for (const reference of ['#loop', '#p2', '#p3']) expect(whoOf({ reference }, contained)).toEqual([])
  })
})

const encounter = (more: object = {}) => ({
  resourceType: 'Encounter',
  status: 'finished',
  participant: [{ individual: person }],
  period: { start: '2026-01-02' },
  ...more,
})
const appointment = (more: object = {}) => ({
  resourceType: 'Appointment',
  status: 'booked',
  start: '2026-01-02T10:00:00Z',
  participant: [{ actor: person, status: 'accepted' }],
  ...more,
})
const request = (more: object = {}) => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  authoredOn: '2026-01-02',
  requester: person,
  ...more,
})
const team = (more: object = {}) => ({
  resourceType: 'CareTeam',
  status: 'active',
  participant: [{ member: person }],
  ...more,
})
const careOf = (resource: { resourceType: string }): readonly CareLink[] =>
  linksOf(resource.resourceType, resource, 'p1').care
const statusOf = (resource: { resourceType: string }) => careOf(resource).map(({ status }) => status)

describe('what a record says of care', () => {
  it('is who takes part, the patient left out, and when', () => {
    const within = { start: '2026-01-02', end: '2026-01-03' }
    const participant = [
      { individual: { reference: 'urn:uuid:p1' } },
      { individual: person, period: within },
      { individual: { reference: 'RelatedPerson/r1' } },
    ]
    expect(linksOf('Encounter', encounter({ participant }), 'p1')).toEqual({
      kind: 'encounter',
      care: [{ who: [byId('d1')], periods: [{ start: '2026-01-02', end: null }, within], status: 'counts' }],
    })
    expect(careOf(request({ performer: [{ reference: 'Practitioner/d2' }] }))).toHaveLength(2)
    expect(careOf(team({ period: within }))).toMatchObject([{ status: 'open', periods: [within] }])
  })

  it('is of the practitioner who has the same id as the patient, and not of the patient', () => {
    const own = (reference: string, patientRef: string) =>
      linksOf(
        'Encounter',
        { resourceType: 'Encounter', status: 'finished', participant: [{ individual: { reference } }] },
        patientRef,
      ).care.length
    expect([own('Practitioner/1', '1'), own('Patient/1', '1'), own('urn:uuid:8d5a', '8d5a')]).toEqual([
      1, 0, 0,
    ])
  })

  it('is when a request is to be carried out, in each way to say it, else when it was made', () => {
    const start = '2026-02-01'
    const periodsOf = (more: object) => careOf(request(more))[0]
    expect(periodsOf({})).toMatchObject({ periods: [{ start: '2026-01-02', end: null }], status: 'counts' })
    expect(periodsOf({ occurrenceDateTime: start })?.periods).toEqual([{ start, end: start }])
    expect(periodsOf({ occurrencePeriod: { start } })).toMatchObject({
      periods: [{ start, end: null }],
      status: 'open',
    })
    const occurrenceTiming = { repeat: { boundsPeriod: { start } } }
    expect(periodsOf({ occurrenceTiming })?.periods).toEqual([{ start, end: null }])
  })

  it.each([
    [
      encounter,
      'arrived triaged in-progress onleave',
      'finished',
      'planned cancelled entered-in-error unknown',
    ],
    [
      appointment,
      '',
      'booked arrived checked-in fulfilled',
      'proposed pending cancelled noshow entered-in-error waitlist',
    ],
    [request, '', 'active completed', 'draft on-hold revoked entered-in-error unknown'],
    [team, 'active', 'inactive', 'proposed suspended entered-in-error'],
  ])('counts or not by its status', (made, open, counts, barred) => {
    const states = { open, counts, barred: `${barred} nonsense constructor` }
    for (const [expected, statuses] of Object.entries(states))
      for (const status of statuses.split(' ').filter(Boolean))
        expect([status, ...statusOf(made({ status }))]).toEqual([status, expected])
    expect(statusOf(made({ status: undefined }))).toEqual(['barred'])
    expect(statusOf(made({ status: ['finished'] }))).toEqual(['barred'])
  })

  it('is nothing where a participant has not accepted', () => {
    for (const status of ['declined', 'tentative', 'needs-action', undefined])
      expect(statusOf(appointment({ participant: [{ actor: person, status }] }))).toEqual(['barred'])
  })

  it('is nothing where a request is not to be done, or nobody has ordered it', () => {
    expect(statusOf(request({ doNotPerform: true }))).toEqual(['barred'])
    for (const intent of ['proposal', 'plan', 'option', 'directive', undefined])
      expect(statusOf(request({ intent }))).toEqual(['barred'])
  })

  it('is nothing where something that is not understood changes it', () => {
    const modifierExtension = [{ url: 'https://ehr.example/not', valueBoolean: true }]
    for (const made of [encounter, appointment, request, team]) {
      expect(statusOf(made({ modifierExtension }))).toEqual(['barred'])
      expect(statusOf(made({ implicitRules: 'https://ehr.example/rules' }))).toEqual(['barred'])
    }
    expect(statusOf(encounter({ participant: [{ individual: person, modifierExtension }] }))).toEqual([
      'barred',
    ])
  })

  it('of a role is whose it is, and of other types nothing', () => {
    const role = { resourceType: 'PractitionerRole', practitioner: person }
    expect(linksOf('PractitionerRole', role, null)).toMatchObject({
      kind: null,
      care: [{ who: [byId('d1')] }],
    })
    expect(linksOf('Condition', { resourceType: 'Condition', recorder: person }, 'p1')).toEqual({
      kind: null,
      care: [],
    })
  })
})
