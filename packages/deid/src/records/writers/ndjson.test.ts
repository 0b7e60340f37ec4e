import { RESOURCE_TYPES, resourceOf } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { createIdMap } from '../../shared/id-map.ts'
import { countingIds } from '../../shared/testing/counting-ids.ts'
import { gather } from '../../shared/testing/gather.ts'
import { safeHarborRecord } from '../safe-harbor/apply.ts'
import { sampleFields } from '../testing/sample-fields.ts'
import { fhirJson } from './fhir-json.ts'
import { ndjsonWriter } from './ndjson.ts'

const release = (type: (typeof RESOURCE_TYPES)[number], birthDate: string, fields = sampleFields(type)) =>
  safeHarborRecord(
    { type, sourceId: 'x', patientSourceId: 'p', fields },
    {
      asOf: new Date('2026-11-22'),
      person: { birthDate, deceased: null },
      ids: createIdMap(countingIds()),
    },
  )

describe('NDJSON', () => {
  it('is one FHIR resource per line, linked to its patient by the release id', async () => {
    const records = RESOURCE_TYPES.map((type) => release(type, '1980-05-06'))
    const lines = (await gather(ndjsonWriter(records))).split('\n')
    expect(lines.pop()).toBe('')
    for (const [at, line] of lines.entries()) {
      const resource: Record<string, unknown> = JSON.parse(line)
      const record = records[at]
      expect(resource).toMatchObject({ resourceType: record?.type, id: record?.id })
      const element = record === undefined ? null : resourceOf(record.type).patientElement
      const named = element === null ? [] : [resource[element]].flat()
      // First of them where a list names others beside.
      if (element !== null && element !== 'id')
        expect(named[0]).toEqual({ reference: `Patient/${record?.patientId}` })
    }
  })

  it('a patient has the shape of US Core with years, state and ZIP3', () => {
    expect(fhirJson(release('Patient', '1980-05-06'))).toMatchObject({
      birthDate: '1980',
      deceasedDateTime: '2019',
      address: [{ state: 'MA', postalCode: '018', country: 'US' }],
      extension: [
        {
          url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race',
          extension: [
            {
              url: 'ombCategory',
              valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3' },
            },
          ],
        },
        { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity' },
        { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode: 'F' },
      ],
    })
  })

  it('an age group is an extension in the place of the date', () => {
    const resource = fhirJson(release('Patient', '1930-05-06', { birthDate: '1930-05-06' }))
    expect(resource).not.toHaveProperty('birthDate')
    expect(resource._birthDate).toEqual({
      extension: [{ url: 'urn:chartward:age-group', valueString: '90 or older' }],
    })
  })

  it('keeps lists lists and single things single', () => {
    const resource = fhirJson(release('Observation', '1980-05-06'))
    expect(resource).toMatchObject({
      category: [{ coding: [{ code: '73211009' }] }, { coding: [{ code: '73211009' }] }],
      code: { coding: [{ code: '73211009' }] },
      performer: [{ reference: expect.stringMatching(/^Encounter\//) }],
      encounter: { reference: expect.stringMatching(/^Encounter\//) },
      valueQuantity: {
        value: 5.5,
        comparator: '<',
        unit: 'kg',
        system: 'http://unitsofmeasure.org',
        code: 'kg',
      },
      effectivePeriod: { start: '2019', end: '2020' },
    })
    expect(fhirJson(release('Encounter', '1980-05-06')).class).toMatchObject({ code: '73211009' })
  })
})
