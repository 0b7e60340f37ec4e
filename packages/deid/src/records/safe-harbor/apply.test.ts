import { FIELD_PATHS, fieldOf, RESOURCE_TYPES, resourceOf } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../shared/csv-line.ts'
import { createIdMap } from '../../shared/id-map.ts'
import { countingIds } from '../../shared/testing/counting-ids.ts'
import { fc } from '../../shared/testing/property.ts'
import type { SourceRecord } from '../record.ts'
import { createFieldTally } from '../tally.ts'
import { sampleFields } from '../testing/sample-fields.ts'
import { csvColumns } from '../writers/csv-columns.ts'
import { fhirJson } from '../writers/fhir-json.ts'
import type { PersonFacts } from './age.ts'
import { safeHarborRecord } from './apply.ts'

const asOf = new Date('2026-11-22T00:00:00Z')
const young: PersonFacts = { birthDate: '1980-05-06', deceased: null }
const old: PersonFacts = { birthDate: '1930-05-06', deceased: null }
const unknown: PersonFacts = { birthDate: null, deceased: null }

const release = (type: SourceRecord['type'], fields: Record<string, unknown>, person = young) =>
  safeHarborRecord(
    { type, sourceId: 'source-1', patientSourceId: 'patient-1', fields },
    { asOf, person, ids: createIdMap(countingIds()) },
  ).fields

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code, display: 'x' }], text: 'x' })
const ucum = (value: number, code: string) => ({
  value,
  unit: code,
  system: 'http://unitsofmeasure.org',
  code,
})

describe('birth-year', () => {
  it('the year at 89, the group at 90', () => {
    const of = (birthDate: string) =>
      release('Patient', { birthDate }, { birthDate, deceased: null }).birthDate
    expect(of('1936-11-23')).toEqual({ kind: 'birth-year', year: 1936 })
    expect(of('1936-11-22')).toEqual({ kind: 'age-group', group: '90 or older' })
    expect(of('1936-02-29')).toEqual({ kind: 'age-group', group: '90 or older' })
  })
  it('nothing where the age is unknown, or the facts of another person are handed over', () => {
    expect(release('Patient', { birthDate: 'unknown' }, unknown)).toEqual({})
    expect(release('Patient', { birthDate: '1979-01-01' }, young)).toEqual({})
    expect(release('Patient', { birthDate: '1930-01-01' }, young).birthDate).toEqual({
      kind: 'age-group',
      group: '90 or older',
    })
  })
})

describe('year', () => {
  it('of a moment, an instant and a period', () => {
    expect(
      release('Observation', {
        effectiveDateTime: '2019-02-03T04:05:06+01:00',
        issued: '2020-02-03T04:05:06.789Z',
        effectivePeriod: { start: '2018-01-02', end: '2019', extension: [{ valueString: 'x' }] },
      }),
    ).toEqual({
      effectiveDateTime: { kind: 'year', year: 2019 },
      issued: { kind: 'year', year: 2020 },
      effectivePeriod: { kind: 'years', start: 2018, end: 2019 },
    })
  })
  it('not where it tells an age over 89', () => {
    expect(release('Encounter', { period: { start: '1936-12-31', end: '1937-01-01' } }, old)).toEqual({
      period: { kind: 'years', start: null, end: 1937 },
    })
    expect(release('Condition', { onsetDateTime: '1931' }, unknown)).toEqual({})
  })
})

describe('state-zip3', () => {
  const of = (address: unknown) => release('Patient', { address: [address] }).address
  it('keeps state and ZIP3 alone', () => {
    expect(
      of({
        line: ['529 Bruen Passage'],
        city: 'Georgetown',
        state: 'Massachusetts',
        postalCode: '01833',
        country: 'US',
      }),
    ).toEqual({ kind: 'areas', areas: [{ state: 'MA', zip3: '018' }] })
  })
  it('a small or unknown area is 000', () => {
    expect(of({ state: 'VT', postalCode: '05901' })).toEqual({
      kind: 'areas',
      areas: [{ state: 'VT', zip3: '000' }],
    })
    expect(of({ postalCode: '00001' })).toEqual({ kind: 'areas', areas: [{ state: null, zip3: '000' }] })
  })
  it('nothing of another country, of a state that is none, of texts in their places', () => {
    expect(of({ state: 'MA', postalCode: '01833', country: 'DE' })).toBeUndefined()
    expect(of({ state: 'MA', country: { x: 'US' } })).toBeUndefined()
    expect(of({ state: 'Wolf County', postalCode: 'Wolf', country: 'US' })).toBeUndefined()
  })
  it('the same area twice is one', () => {
    expect(
      release('Patient', { address: [{ state: 'MA' }, { state: 'ma', city: 'Boston' }] }).address,
    ).toEqual({
      kind: 'areas',
      areas: [{ state: 'MA', zip3: null }],
    })
  })
})

describe('codes', () => {
  it('keeps known codes, drops displays, texts and the rest', () => {
    expect(
      release('Condition', {
        code: {
          coding: [
            { system: 'http://snomed.info/sct', code: '73211009', display: 'Wolf', version: 'x', id: 'x' },
            { system: 'http://snomed.info/sct', code: '73211008' },
            { system: 'http://hospital.example.org', code: 'wolf' },
          ],
          text: 'Wolf',
        },
        severity: { text: 'Wolf' },
      }),
    ).toEqual({
      code: { kind: 'codes', concepts: [[{ system: 'http://snomed.info/sct', code: '73211009' }]] },
    })
  })
  it('race, ethnicity and birth sex by their own extensions only', () => {
    const url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race'
    const valueCoding = { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3', display: 'White' }
    const race = (extension: unknown[]) => release('Patient', { race: [{ url, extension }] }).race
    expect(
      race([
        { url: 'ombCategory', valueCoding },
        { url: 'text', valueString: 'White' },
      ]),
    ).toEqual({
      kind: 'codes',
      concepts: [[{ system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3' }]],
    })
    expect(race([{ url: 'x', valueCoding }])).toBeUndefined()
    expect(
      release('Patient', { race: [{ url: 'x', extension: [{ url: 'ombCategory', valueCoding }] }] }),
    ).toEqual({})
    const sex = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex'
    expect(release('Patient', { birthSex: { url: sex, valueCode: 'F' } }).birthSex).toBeDefined()
    expect(release('Patient', { birthSex: { url: sex, valueCode: 'Wolf' } })).toEqual({})
  })
  it('components keep code and quantity', () => {
    expect(
      release('Observation', {
        component: [
          { code: loinc('8480-6'), valueQuantity: ucum(120, 'mm[Hg]'), valueString: 'Wolf' },
          { code: loinc('8462-4'), valueString: 'Wolf' },
          { code: { text: 'Wolf' }, valueQuantity: ucum(1, 'kg') },
        ],
      }).component,
    ).toEqual({
      kind: 'components',
      items: [
        {
          codes: [{ system: 'http://loinc.org', code: '8480-6' }],
          quantity: { value: 120, unit: 'mm[Hg]', comparator: null },
        },
        { codes: [{ system: 'http://loinc.org', code: '8462-4' }], quantity: null },
      ],
    })
  })
})

describe('quantity', () => {
  const of = (valueQuantity: unknown, person = young, code = loinc('29463-7')) =>
    release('Observation', { code, valueQuantity }, person).valueQuantity
  const group = { kind: 'quantity', value: 90, unit: 'a', comparator: '>=' }

  it('number and unit', () => {
    expect(of(ucum(-3.5, 'kg'))).toEqual({ kind: 'quantity', value: -3.5, unit: 'kg', comparator: null })
    expect(of({ ...ucum(5, 'mg/dL'), comparator: '<' })).toMatchObject({ comparator: '<' })
  })
  it.each([
    [89, 'a', 89],
    [89.5, 'a', 89],
    [1068, 'mo', 1068],
    [1079, 'mo', 1068],
    [4643, 'wk', 4643],
    [32_506, 'd', 32_506],
    [32_870, 'd', 32_506],
  ])('%d %s is 89 and stays', (value, unit, shown) => {
    expect(of(ucum(value, unit))).toMatchObject({ value: shown, unit, comparator: null })
  })
  it.each([
    [90, 'a'],
    [104, 'a'],
    [90, 'years'],
    [1080, 'mo'],
    [4696, 'wk'],
    [32_872, 'd'],
    [788_923, 'h'],
  ])('%d %s is 90 or older', (value, unit) => {
    expect(of({ value, unit })).toEqual(group)
  })
  it('"> 89 a" says as much as the group', () => {
    expect(of({ ...ucum(89, 'a'), comparator: '>' })).toEqual(group)
  })
  it('a bare number under a code of an age, or of a person over 89, is no way round', () => {
    expect(of({ value: 95 }, young, loinc('30525-0'))).toBeUndefined()
    expect(of({ value: 95 }, old)).toBeUndefined()
    expect(of({ value: 95 }, young)).toMatchObject({ value: 95 })
    expect(release('Observation', { code: loinc('30525-0'), valueInteger: 95 })).not.toHaveProperty(
      'valueInteger',
    )
    expect(release('Observation', { valueInteger: 95 }, old)).toEqual({})
    expect(release('Observation', { valueInteger: 95 })).toEqual({
      valueInteger: { kind: 'scalar', value: 95 },
    })
  })
  it('of a person over 89 a lower age is withheld, and the group comes without its year', () => {
    expect(of(ucum(85, 'a'), old)).toBeUndefined()
    expect(
      release('Observation', { valueQuantity: ucum(91, 'a'), effectiveDateTime: '2022-01-01' }, old),
    ).toEqual({
      valueQuantity: group,
    })
  })
  it.each([
    { value: 5, unit: 'Wolf' },
    { value: 5, code: '{Wolf}' },
    { value: 5, unit: {} },
    { value: '5', unit: 'kg' },
    { value: 5, unit: 'kg', comparator: 'Wolf' },
    { value: Number.NaN, unit: 'kg' },
    5,
  ])('nothing of %j', (quantity) => {
    expect(of(quantity)).toBeUndefined()
  })
  it('a number that is a telephone number does not come through whole', () => {
    expect(JSON.stringify(of(ucum(5_556_101_179, 'kg')))).not.toContain('5556101')
    expect(release('Observation', { valueInteger: 999_773_783 })).toEqual({})
  })
  it('money: value and currency', () => {
    expect(release('Claim', { total: { value: 125.5, currency: 'USD', extension: [] } }).total).toEqual({
      kind: 'money',
      value: 125.5,
      currency: 'USD',
    })
    expect(release('Claim', { total: { value: 125, currency: 'WLF' } }).total).toMatchObject({
      currency: null,
    })
  })
})

describe('keep', () => {
  it('codes of their own value set, booleans and whole numbers of their own type', () => {
    expect(
      release('Patient', { gender: 'female', multipleBirth: true, birthOrder: 2, deceased: 'true' }),
    ).toEqual({
      gender: { kind: 'scalar', value: 'female' },
      multipleBirth: { kind: 'scalar', value: true },
      birthOrder: { kind: 'scalar', value: 2 },
    })
    expect(release('Patient', { gender: 'wolf', multipleBirth: 1, birthOrder: 2.5 })).toEqual({})
    expect(release('Observation', { status: 'finished' })).toEqual({})
  })
})

describe('fresh-id', () => {
  const uuid = 'E7991A49-1512-4005-a478-09ecad76ca4c'
  it('is the same for every mention in every form, and other in another export', () => {
    const ids = createIdMap(countingIds())
    const context = { asOf, person: young, ids }
    const mention = (reference: string) =>
      safeHarborRecord(
        { type: 'Observation', sourceId: 'o', fields: { encounter: { reference, display: 'Wolf' } } },
        context,
      ).fields.encounter
    const own = safeHarborRecord({ type: 'Encounter', sourceId: uuid, fields: {} }, context).id
    for (const reference of [
      `urn:uuid:${uuid}`,
      `Encounter/${uuid.toLowerCase()}`,
      `https://ehr.example.org/fhir/r4/Encounter/${uuid}/_history/2`,
    ])
      expect(mention(reference)).toMatchObject({ references: [{ id: own }] })
    expect(mention('Encounter/7')).toEqual(mention('http://x.example.org/Encounter/7'))
    expect(mention('Encounter/7')).not.toEqual(mention('Encounter/8'))
    expect(createIdMap(() => crypto.randomUUID()).idFor(null, uuid)).not.toBe(
      createIdMap(() => crypto.randomUUID()).idFor(null, uuid),
    )
  })
  it.each([
    '#contained',
    'Wolf/1',
    'Encounter?identifier=Wolf',
    'urn:oid:1.2.3',
    'urn:uuid:wolf',
    'Encounter/x y',
    'Encounter/1/_history/2/Wolf',
    '',
  ])('drops %j', (reference) => {
    expect(release('Observation', { encounter: { reference } })).toEqual({})
  })
  it('the same id in two types is two resources', () => {
    const ids = createIdMap(countingIds())
    expect(ids.idFor('Patient', '1')).not.toBe(ids.idFor('Encounter', '1'))
  })
  it('a crosswalk gives a later run the same ids', () => {
    const first = createIdMap(() => crypto.randomUUID())
    const id = first.idFor('Patient', '1')
    expect(createIdMap(() => crypto.randomUUID(), first.entries()).idFor('Patient', '1')).toBe(id)
  })
  it('refuses a source that repeats itself, derives, or tells time', () => {
    const same = '11111111-1111-4111-8111-111111111111'
    const ids = createIdMap(() => same)
    ids.idFor('Patient', '1')
    expect(() => ids.idFor('Patient', '2')).toThrow(expect.objectContaining({ code: 'bad-random-id' }))
    expect(() => createIdMap(() => same).idFor('Patient', same)).toThrow()
    expect(() => createIdMap(() => '0193-7').idFor('Patient', '1')).toThrow()
    expect(() => createIdMap(() => '01938c1e-7b1a-7cc0-8000-111111111111').idFor('Patient', '1')).toThrow()
    expect(() =>
      createIdMap(countingIds(), [
        ['a', same],
        ['b', same],
      ]),
    ).toThrow(expect.objectContaining({ code: 'bad-crosswalk' }))
  })
})

describe('allow-list', () => {
  it('a field with the treatment drop, or of no name in the catalog, is never in a record', () => {
    for (const type of RESOURCE_TYPES) {
      const fields = Object.fromEntries(
        Object.keys(resourceOf(type).fields).map((name) => [
          name,
          { value: 'Wolf', text: 'Wolf', div: 'Wolf' },
        ]),
      )
      expect(
        release(type, { ...fields, Wolf: 'Wolf', __proto__: { gender: 'male' }, constructor: 'Wolf' }),
      ).toEqual({})
    }
  })

  it('what a prototype offers is not data', () => {
    expect(release('Patient', Object.create({ gender: 'male' }))).toEqual({})
  })

  it('the tally counts what was done', () => {
    const tally = createFieldTally()
    const record = {
      type: 'Patient',
      sourceId: 'p',
      fields: { gender: 'male', name: [{}], birthDate: '1930', x: 1 },
    } as const
    safeHarborRecord(record, { asOf, person: old, ids: createIdMap(countingIds()), tally })
    expect(tally.countsOf('Patient.gender')).toEqual({ kept: 1, grouped: 0, suppressed: 0 })
    expect(tally.countsOf('Patient.name')).toEqual({ kept: 0, grouped: 0, suppressed: 1 })
    expect(tally.countsOf('Patient.birthDate')).toEqual({ kept: 0, grouped: 1, suppressed: 0 })
    expect(tally.unnamedTotal()).toBe(1)
  })
})

describe('canaries', () => {
  const asText = (type: SourceRecord['type'], fields: Record<string, unknown>): string => {
    const ids = createIdMap(countingIds())
    const record = safeHarborRecord(
      { type, sourceId: 'CANARY', patientSourceId: 'CANARY', fields },
      { asOf, person: young, ids },
    )
    return (
      JSON.stringify(record) +
      JSON.stringify(fhirJson(record)) +
      csvLine(csvColumns(type).map(({ cell }) => cell(record)))
    )
  }
  const planted = (value: unknown, canary: string): unknown => {
    if (typeof value === 'string') return canary
    if (Array.isArray(value)) return [...value.map((item) => planted(item, canary)), canary]
    if (typeof value !== 'object' || value === null) return value
    return {
      ...Object.fromEntries(Object.entries(value).map(([key, member]) => [key, planted(member, canary)])),
      [canary]: { [canary]: canary },
      _extra: { extension: [{ url: canary, valueString: canary }] },
    }
  }
  /** Keeps every structure and code valid, and adds the canary beside everything. */
  const beside = (value: unknown, canary: string): unknown => {
    if (Array.isArray(value))
      return [...value.map((item) => beside(item, canary)), canary, { [canary]: canary }]
    if (typeof value !== 'object' || value === null) return value
    return {
      ...Object.fromEntries(Object.entries(value).map(([key, member]) => [key, beside(member, canary)])),
      ...Object.fromEntries(
        ['display', 'text', 'version', 'id', 'extension', canary].map((key) => [key, canary]),
      ),
    }
  }
  /** In the shapes that treatments let through most. */
  const canaries = [
    'CANARY',
    'canary',
    'CANARY Wolf',
    'Patient/CANARY?x',
    '<b>CANARY</b>',
    '=CANARY',
    '2024-05-06TCANARY',
  ]

  it.each(RESOURCE_TYPES)('none of those planted in every string and key of %s comes out', (type) => {
    const sample = sampleFields(type)
    for (const canary of canaries)
      for (const plant of [planted, beside]) {
        const fields = { ...Object(plant(sample, canary)) }
        expect(asText(type, fields).toLowerCase()).not.toContain('canary')
      }
  })

  it('planted beside valid values, they do not stop those from coming out', () => {
    const fields = { ...Object(beside(sampleFields('Observation'), 'CANARY')) }
    expect(Object.keys(release('Observation', fields)).toSorted()).toEqual(
      Object.keys(release('Observation', sampleFields('Observation'))).toSorted(),
    )
    expect(release('Observation', fields)).toMatchObject({
      status: { value: 'final' },
      code: { kind: 'codes' },
    })
  })

  it('property: whatever JSON stands in whatever field, no text of it comes out', () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constant('CANARY'),
        fc.nat(),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'coding',
            'system',
            'code',
            'value',
            'unit',
            'reference',
            'start',
            'url',
            'state',
            'country',
            'CANARY',
          ),
          tie('value'),
        ),
      ),
    })).value
    const paths = FIELD_PATHS.filter((path) => fieldOf(path)?.safeHarbor !== 'drop')
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, value) => {
        const [type, name] = path.split('.')
        const known = RESOURCE_TYPES.find((candidate) => candidate === type)
        if (known !== undefined && name !== undefined)
          expect(asText(known, { [name]: value })).not.toContain('CANARY')
      }),
      { numRuns: 2000 },
    )
  })
})
