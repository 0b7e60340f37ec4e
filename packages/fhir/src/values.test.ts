import { describe, expect, it } from 'vitest'
import { displayConcept, displayDate, displayName } from './display.ts'
import { toRecord } from './map.ts'
import { referenceId } from './references.ts'
import { searchValues } from './search-values.ts'
import { isOfType } from './value-types.ts'

describe('references', () => {
  it.each([
    [
      'urn:uuid:8d5a3c1e-4b7f-4f0a-9c2d-1e2f3a4b5c6d',
      { type: null, id: '8d5a3c1e-4b7f-4f0a-9c2d-1e2f3a4b5c6d' },
    ],
    ['urn:oid:1.2.840.1', { type: null, id: '1.2.840.1' }],
    ['Patient/p1', { type: 'Patient', id: 'p1' }],
    ['Patient/p1/_history/1', { type: 'Patient', id: 'p1' }],
    [
      'https://EHR.example.org:443/fhir/r4//Patient/p1',
      { type: 'Patient', id: 'ehr.example.org/fhir/r4|p1' },
    ],
    ['/Patient/p1', { type: 'Patient', id: 'p1' }],
    ['Patient/p1#contained', { type: 'Patient', id: 'p1' }],
    ['urn:oid:1.2.3', { type: null, id: '1.2.3' }],
    ['http://ehr.example.org/Patient/p1/_history/1', { type: 'Patient', id: 'ehr.example.org|p1' }],
    ['#p1', null],
    ['Patient?identifier=x|1', null],
    ['https://ehr.example.org/Patient?id=/Patient/p1', null],
    ['patient/p1', null],
    ['Patient/', null],
    [`Patient/${'a'.repeat(65)}`, null],
    ['', null],
  ])('%s', (reference, expected) => {
    expect(referenceId(reference)).toEqual(expected)
  })
})

describe('search values', () => {
  it('are the numbers and the names that a person is found by, former ones too, each once', () => {
    const mr = { type: { coding: [{ code: 'MR' }] }, value: '123-4' }
    const { type, fields } = toRecord({
      resourceType: 'Patient',
      id: 'p1',
      identifier: [mr, { type: { coding: [{ code: 'SS' }] }, value: '999-11-2222' }],
      name: [
        { family: 'de la Cruz', given: ['Ana María', 'Ana'] },
        { use: 'maiden', family: 'Byrd' },
        { use: 'maiden', family: 'Byrd', text: 'Byrd' },
        { text: 'Annie C' },
        { family: '王', given: ['小明'], text: '王小明' },
        { family: 'Tan', given: ['Wei'], text: 'Tan Wei (Grace)' },
        { family: 'Mora', given: ['Lucia'], text: 'Lucia Mora' },
        { given: ['-'], text: ' ' },
      ],
    })
    expect(searchValues(type, fields)).toEqual([
      {
        field: 'Patient.name',
        kind: 'name',
        values: [
          'de la Cruz Ana María Ana',
          'Byrd',
          'Annie C',
          '王 小明',
          '王小明',
          'Tan Wei',
          'Tan Wei (Grace)',
          'Mora Lucia',
          '-',
        ],
      },
      { field: 'Patient.mrn', kind: 'identifier', values: ['123-4'] },
    ])
  })

  it.each(['http://hl7.org/fhir/sid/us-npi', 'urn:oid:2.16.840.1.113883.4.6'])(
    'find a practitioner by NPI alone, by %s',
    (system) => {
      const { type, fields } = toRecord({
        resourceType: 'Practitioner',
        id: 'd1',
        identifier: [
          { system: 'https://example.org/staff', value: '7' },
          { system, value: '9999999995' },
        ],
      })
      expect(searchValues(type, fields)).toEqual([
        { field: 'Practitioner.npi', kind: 'identifier', values: ['9999999995'] },
      ])
    },
  )

  it('are none where there is nothing to search for', () => {
    expect(searchValues('Patient', {})).toEqual([])
    expect(searchValues('Observation', { clinical: { code: { text: 'x' } } })).toEqual([])
  })
})

describe('display', () => {
  it('shows the official name', () => {
    const names = [
      { use: 'maiden', family: 'Byrd' },
      { use: 'official', prefix: ['Dr.'], given: ['Ana', 'M'], family: 'Cruz' },
    ]
    expect(displayName(names)).toBe('Dr. Ana M Cruz')
    expect(displayName([{ text: 'Annie' }])).toBe('Annie')
    expect([displayName([]), displayName(undefined), displayName('x')]).toEqual([null, null, null])
  })

  it('shows the words of a concept, or its code', () => {
    expect(displayConcept({ text: 'Gout', coding: [{ display: 'other' }] })).toBe('Gout')
    expect(displayConcept([{ coding: [{ code: 'a' }, { display: 'A thing' }] }, { code: 'AMB' }])).toBe(
      'A thing, AMB',
    )
    expect([displayConcept({}), displayConcept([]), displayConcept(null)]).toEqual([null, null, null])
  })

  it('shows dates as exact as they are given', () => {
    expect(displayDate('2024-03')).toBe('2024-03')
    expect(displayDate('2024-03-05T10:00:00Z')).toBe('2024-03-05')
    expect(displayDate({ start: '2024-03-05T10:00:00Z', end: '2024-03-05T11:00:00Z' })).toBe('2024-03-05')
    expect(displayDate({ start: '2024-03-05', end: '2024-04' })).toBe('2024-03-05 to 2024-04')
    expect(displayDate({ start: '2024' })).toBe('since 2024')
    expect(displayDate({ end: '2024' })).toBe('until 2024')
    expect([displayDate({}), displayDate(7), displayDate('soon')]).toEqual([null, null, null])
  })
})

describe('dates of FHIR', () => {
  it.each(['2024', '2024-02', '2024-02-29', '1900-12-31'])('%s is a date', (text) => {
    expect(isOfType('date', text)).toBe(true)
    expect(isOfType('dateTime', text)).toBe(true)
  })

  it.each([
    '0000',
    '2023-02-29',
    '2024-13',
    '2024-00',
    '2024-04-31',
    '24',
    '2024-1-1',
    '2024-01-01T',
    'x',
    '',
  ])('%s is none', (text) => {
    expect(isOfType('date', text)).toBe(false)
    expect(isOfType('dateTime', text)).toBe(false)
  })

  it('a time has seconds and a zone', () => {
    for (const time of ['10:00:00Z', '23:59:60Z', '10:00:00.123456-05:00', '00:00:00+14:00']) {
      expect(isOfType('dateTime', `2024-02-29T${time}`), time).toBe(true)
    }
    for (const time of ['10:00Z', '10:00:00', '24:00:00Z', '10:60:00Z', '10:00:00+15:00', '10:00:00 Z']) {
      expect(isOfType('dateTime', `2024-02-29T${time}`), time).toBe(false)
    }
    expect(isOfType('dateTime', '2024-02T10:00:00Z')).toBe(false)
  })
})
