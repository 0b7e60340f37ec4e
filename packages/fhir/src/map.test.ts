import { RESOURCE_TYPES, resourceOf } from '@chartward/policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EntryIds, entryIdsOf } from './entry-ids.ts'
import type { FhirResource } from './json.ts'
import { toRecord } from './map.ts'
import { resourceArbitrary } from './testing/resources.ts'
import { fromRecord } from './unmap.ts'

const coded = (code: string, value: string) => ({
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] },
  value,
})
const race = { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race', extension: [] }
const mother = {
  url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName',
  valueString: 'Ada Byrd',
}
const stranger = { url: 'https://example.org/shoe-size', valueInteger: 43 }

const back = (resource: FhirResource, fullUrl: string | null = null) => {
  const { type, sourceId, patientRef, fields } = toRecord(resource, fullUrl)
  return fromRecord(type, sourceId, patientRef, fields)
}

const condition = (subject: unknown): FhirResource => ({
  resourceType: 'Condition',
  id: 'c1',
  code: { text: 'Gout' },
  subject,
})

describe('the mapping of resources to records', () => {
  it('gives every resource back as it was, whatever its elements and their order', () => {
    fc.assert(
      fc.property(resourceArbitrary, (resource) => {
        const { type, sourceId, patientRef, fields } = toRecord(resource)
        // The database keeps JSON: what comes back from there has lost identity, and must not have
        // lost a value.
        const stored = JSON.parse(JSON.stringify(fields))
        expect(fromRecord(type, sourceId, patientRef, stored)).toEqual(JSON.parse(JSON.stringify(resource)))
      }),
      { numRuns: 500, seed: 20_261_122 },
    )
  })

  it('puts each value under its class and field of the catalog', () => {
    const { fields } = toRecord({
      resourceType: 'Patient',
      id: 'p1',
      name: [{ family: 'Byrd' }],
      birthDate: '1961-03-05',
      telecom: [{ system: 'phone', value: '(508) 555-0101' }],
      deceasedDateTime: '2020-01-02T03:04:05Z',
    })
    expect(fields).toEqual({
      identity: { id: 'p1', name: [{ family: 'Byrd' }], birthDate: '1961-03-05' },
      contact: { telecom: [{ system: 'phone', value: '(508) 555-0101' }] },
      clinical: { deceasedDateTime: '2020-01-02T03:04:05Z' },
    })
  })

  it('takes identifiers by type or by system, and leaves none out', () => {
    const other = { system: 'https://example.org/loyalty', value: '77' }
    const bare = { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-11-2222' }
    const all = [
      other,
      coded('SS', '999-22-3333'),
      coded('MR', '1'),
      coded('MB', 'W1'),
      bare,
      coded('ZZ', '9'),
    ]
    const resource = { resourceType: 'Patient', id: 'p1', identifier: all }
    const { fields } = toRecord(resource)
    expect(fields.identity).toEqual({
      id: 'p1',
      mrn: [coded('MR', '1')],
      ssn: [coded('SS', '999-22-3333'), bare],
      otherIdentifiers: [other, coded('ZZ', '9')],
    })
    expect(fields.billing).toEqual({ memberNumber: [coded('MB', 'W1')] })
    expect(back(resource)).toEqual(resource)
  })

  it('keeps extensions and the siblings of primitives in fields of their own, and the rest under unmapped', () => {
    const resource = {
      resourceType: 'Patient',
      id: 'p1',
      extension: [stranger, race, mother],
      _birthDate: { extension: [{ url: 'https://example.org/time', valueString: 'dawn' }] },
      _deceasedDateTime: { extension: [{ url: 'https://example.org/time', valueString: 'dusk' }] },
      managingOrganization: { reference: 'Organization/o1' },
      shoeSize: 43,
    }
    const { fields } = toRecord(resource)
    expect(fields.identity).toEqual({
      id: 'p1',
      race: [race],
      mothersMaidenName: [mother],
      extension: [stranger],
      primitiveExtension: { _birthDate: resource._birthDate },
      managingOrganization: { reference: 'Organization/o1' },
    })
    // What extends a value of another class is no business of those who read this one.
    const { $order: _order, ...unmapped } = fields.unmapped ?? {}
    expect(unmapped).toEqual({ _deceasedDateTime: resource._deceasedDateTime, shoeSize: 43 })
    expect(back(resource)).toEqual(resource)
  })

  it.each([
    ['urn:uuid:8d5a3c1e-4b7f-4f0a-9c2d-1e2f3a4b5c6d', '8d5a3c1e-4b7f-4f0a-9c2d-1e2f3a4b5c6d'],
    ['Patient/p1', 'p1'],
    ['Patient/p1/_history/3', 'p1'],
    ['https://ehr.example.org/fhir/Patient/p1', 'ehr.example.org/fhir|p1'],
  ])('finds the patient of %s and gives the reference back word for word', (reference, id) => {
    const resource = condition({ reference, display: 'Ada Byrd' })
    expect(toRecord(resource).patientRef).toBe(id)
    expect(back(resource)).toEqual(resource)
    expect(back(condition({ reference }))).toEqual(condition({ reference }))
  })

  it('leaves a plain patient reference out of the fields, and keeps its display among what identifies', () => {
    expect(toRecord(condition({ reference: 'Patient/p1' })).fields.unmapped).toBeUndefined()
    const { fields } = toRecord(condition({ reference: 'Patient/p1', display: 'Ada Byrd' }))
    expect(fields.clinical).toEqual({ id: 'c1', code: { text: 'Gout' } })
    expect(fields.identity).toEqual({ subject: { reference: 'Patient/p1', display: 'Ada Byrd' } })
    expect(fields.unmapped).toBeUndefined()
  })

  it('gives a partial resource where classes are missing', () => {
    const resource = condition({ reference: 'Patient/p1', display: 'Ada Byrd' })
    const { fields } = toRecord({ ...resource, note: [{ text: 'as discussed' }] })
    const { clinical } = fields
    expect(fromRecord('Condition', 'c1', 'p1', clinical === undefined ? {} : { clinical })).toEqual(
      condition({ reference: 'Patient/p1' }),
    )
    expect(fromRecord('Condition', 'c1', 'p1', {})).toEqual({
      resourceType: 'Condition',
      id: 'c1',
      subject: { reference: 'Patient/p1' },
    })
  })

  describe('of two servers', () => {
    const a = 'https://a.example/fhir'
    const of = (reference: string, fullUrl: string | null = null, entries?: EntryIds) =>
      toRecord(condition({ reference }), fullUrl, entries)

    it('ids are not those of the other, whatever names them', () => {
      expect(toRecord({ resourceType: 'Patient', id: '1' }, `${a}/Patient/1`).sourceId).toBe(
        'a.example/fhir|1',
      )
      expect(of('Patient/1', `${a}/Condition/c1`)).toMatchObject({
        sourceId: 'a.example/fhir|c1',
        patientRef: 'a.example/fhir|1',
      })
      // Nothing says whose the condition is but the patient that it names.
      expect(of('http://b.example/Patient/1')).toMatchObject({
        sourceId: 'b.example|c1',
        patientRef: 'b.example|1',
      })
      expect(of('Patient/1').sourceId).toBe('c1')
    })

    it('a relative reference means the entry of the Bundle that it names', () => {
      const uuid = '8d5a3c1e-4b7f-4f0a-9c2d-1e2f3a4b5c6d'
      const person = { resourceType: 'Patient', id: 'p1' }
      const urn = entryIdsOf([{ resource: person, fullUrl: `urn:uuid:${uuid}` }])
      expect(of('Patient/p1', 'urn:uuid:00000000-0000-4000-8000-000000000001', urn).patientRef).toBe(uuid)
      expect(of('Patient/p1', `${a}/Condition/c1`, urn).patientRef).toBe(uuid)
      const both = entryIdsOf([
        { resource: person, fullUrl: `${a}/Patient/p1` },
        { resource: person, fullUrl: 'https://b.example/Patient/p1' },
      ])
      expect(of('Patient/p1', 'https://b.example/Condition/c1', both).patientRef).toBe('b.example|p1')
      expect(of('Patient/p1', null, both).patientRef).toBe('p1')
    })
  })

  it('knows a resource by the urn:uuid of its entry, which is what the Bundle refers to', () => {
    const uuid = '8d5a3c1e-4b7f-4f0a-9c2d-1e2f3a4b5c6d'
    expect(toRecord({ resourceType: 'Patient', id: 'p1' }, `urn:uuid:${uuid}`).sourceId).toBe(uuid)
    expect(toRecord({ resourceType: 'Patient' }, `urn:uuid:${uuid}`).patientRef).toBe(uuid)
    expect(
      toRecord({ resourceType: 'Patient', id: 'p1' }, 'https://ehr.example.org/Patient/p1').sourceId,
    ).toBe('ehr.example.org|p1')
  })

  it("finds an Appointment's patient among its participants, where R4 has it", () => {
    const appointment = {
      resourceType: 'Appointment',
      id: 'a1',
      start: '2026-12-01T10:00:00Z',
      participant: [
        { actor: { reference: 'Practitioner/d1' }, status: 'accepted' },
        { actor: { reference: 'Patient/p1' }, status: 'accepted' },
      ],
    }
    const record = toRecord(appointment)
    expect(record.patientRef).toBe('p1')
    expect(record.links.care.map(({ who }) => who)).toEqual([[{ by: 'id', type: 'Practitioner', id: 'd1' }]])
    expect(back(appointment)).toEqual(appointment)
    const [doctor, patient] = appointment.participant
    const two = { ...appointment, participant: [doctor, patient, { actor: { reference: 'Patient/p2' } }] }
    expect(() => toRecord(two)).toThrow(expect.objectContaining({ code: 'missing-patient-reference' }))
  })

  it('needs no code for a resource type: every field of the catalog has an element of its own', () => {
    for (const type of RESOURCE_TYPES) {
      const sources = Object.values(resourceOf(type).fields).map(({ source }) => JSON.stringify(source))
      expect(new Set(sources).size, type).toBe(sources.length)
    }
  })
})
