import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { RESOURCE_TYPES, type ResourceType } from '@chartward/policy'
import { beforeAll, describe, expect, it } from 'vitest'
import { createIdMap } from '../shared/id-map.ts'
import { countingIds } from '../shared/testing/counting-ids.ts'
import { gather } from '../shared/testing/gather.ts'
import {
  compileNeedles,
  createFieldTally,
  csvWriter,
  type DeidRecord,
  findIdentifiers,
  type Needle,
  ndjsonWriter,
  needlesOf,
  safeHarborRecord,
} from './index.ts'
import { sourceOf } from './testing/source-of.ts'

const FILE = new URL('../../../../../shared/data/fhir-r4/synthea-240-patients.ndjson.gz', import.meta.url)
const EVERY = 8
const OFFSET = 4

type Json = Record<string, unknown>
interface Bundle {
  readonly entry: readonly { readonly resource: Json }[]
}

/**
 * Every string of the input with the member that holds it, gathered without any help of the code under test.
 */
const strings = (value: unknown, key: string, into: (text: string, key: string) => void): void => {
  if (typeof value === 'string') into(value, key)
  else if (Array.isArray(value)) for (const item of value) strings(item, key, into)
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) strings(member, name, into)
}

const IDENTIFYING = new Set([
  'family',
  'given',
  'line',
  'city',
  'postalCode',
  'value',
  'id',
  'reference',
  'uid',
  'div',
  'text',
  'title',
])
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

describe.skipIf(!existsSync(FILE))('Synthea (skipped where ../shared/data is absent)', () => {
  const records = new Map<ResourceType, DeidRecord[]>(RESOURCE_TYPES.map((type) => [type, []]))
  const needles: Needle[] = []
  const identifying = new Set<string>()
  const dates = new Set<string>()
  const tally = createFieldTally()
  const ids = createIdMap(countingIds())
  const files = new Map<string, string>()

  beforeAll(async () => {
    let line = 0
    for await (const text of createInterface({ input: createReadStream(FILE).pipe(createGunzip()) })) {
      if (line++ % EVERY !== OFFSET) continue
      const bundle: Bundle = JSON.parse(text)
      const patient = bundle.entry
        .map(({ resource }) => resource)
        .find(({ resourceType }) => resourceType === 'Patient')
      const person = {
        birthDate: typeof patient?.birthDate === 'string' ? patient.birthDate : null,
        deceased: typeof patient?.deceasedDateTime === 'string' ? patient.deceasedDateTime : null,
      }
      for (const { resource } of bundle.entry) {
        strings(resource, '', (value, key) => {
          if (/^\d{4}-\d\d-\d\d(T.*)?$/.test(value)) dates.add(value.slice(0, 10))
          // A letter is a code somewhere, four digits (an NPI of Synthea's) are a year somewhere.
          else if (IDENTIFYING.has(key) && !/^(?:.|\d{1,4})$/.test(value)) identifying.add(value)
        })
        const source = sourceOf(resource)
        if (source === null) continue
        needles.push(...needlesOf(source))
        const context = { asOf: new Date('2026-11-22'), person, ids, tally }
        records.get(source.type)?.push(safeHarborRecord(source, context))
      }
    }
    for (const [type, list] of records) {
      files.set(`${type}.csv`, await gather(csvWriter(type, list)))
      files.set(`${type}.ndjson`, await gather(ndjsonWriter(list)))
    }
  }, 60_000)

  it('has patients of both kinds, and the output has their records', () => {
    const births = records.get('Patient')?.map(({ fields }) => fields.birthDate?.kind)
    expect(new Set(births)).toEqual(new Set(['birth-year', 'age-group']))
    expect([...records.values()].flat().length).toBeGreaterThan(5000)
    expect(needles.length).toBeGreaterThan(10_000)
  })

  it('no name, number, street, contact or id of the input is in the output', () => {
    const output = new Set<string>()
    for (const text of files.values())
      for (const word of text.toLowerCase().split(/[",;{}[\]\r\n]+|":|\/(?=[0-9a-f-]{36})/)) output.add(word)
    const cleared = [...identifying].filter((value) => output.has(value.toLowerCase()))
    expect(identifying.size).toBeGreaterThan(5000)
    expect(cleared).toEqual([])
    const uuids = new Set([...files.values()].flatMap((text) => text.match(UUID) ?? []))
    const source = [...identifying].flatMap((value) => value.match(UUID) ?? [])
    expect(source.filter((id) => uuids.has(id))).toEqual([])
    expect(uuids.size).toBeGreaterThan(5000)
  })

  it('no exact date is in the output, of the input or any other', () => {
    const all = [...files.values()].join('\n')
    expect(dates.size).toBeGreaterThan(1000)
    expect(all.match(/\d{4}-\d\d-\d\d/g)?.filter((date) => dates.has(date)) ?? []).toEqual([])
    expect(all).not.toMatch(/(?<![\d-])(?:19|20)\d\d-\d\d-\d\d(?!\d)/)
  })

  it('the verifier confirms every file, and finds each planted value', async () => {
    const detector = compileNeedles(needles)
    for (const [name, text] of files) {
      const format = name.endsWith('.csv') ? 'csv' : 'ndjson'
      const result = await findIdentifiers([text], detector, { format })
      expect({ name, findings: result.findings.slice(0, 3) }).toEqual({ name, findings: [] })
    }
    const sample = needles.filter(({ value }, at) => at % 50 === 0 && value.replace(/\W/g, '').length >= 4)
    expect(sample.length).toBeGreaterThan(200)
    for (const { value } of sample) {
      const planted = `${files.get('Goal.ndjson')}${JSON.stringify({ resourceType: 'Goal', note: value })}\n`
      expect((await findIdentifiers([planted], detector, { format: 'ndjson' })).total, value).toBeGreaterThan(
        0,
      )
    }
  }, 60_000)

  it('is still of use: codes, units, states, statuses and most years come out', () => {
    for (const path of [
      'Condition.code',
      'Observation.code',
      'Observation.valueQuantity',
      'Observation.status',
      'Observation.category',
      'MedicationRequest.medicationCodeableConcept',
      'Procedure.code',
      'Immunization.vaccineCode',
      'Encounter.class',
      'Encounter.type',
      'AllergyIntolerance.code',
      'Claim.total',
      'Patient.race',
      'Patient.ethnicity',
      'Patient.birthSex',
      'Patient.maritalStatus',
      'Patient.address',
      'Patient.gender',
      'Observation.encounter',
    ]) {
      const { kept, grouped, suppressed } = tally.countsOf(path)
      expect({ path, released: (kept + grouped) / (kept + grouped + suppressed) > 0.97 }).toEqual({
        path,
        released: true,
      })
    }
  })
})
