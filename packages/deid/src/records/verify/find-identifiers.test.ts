import { describe, expect, it } from 'vitest'
import { createIdMap } from '../../shared/id-map.ts'
import { countingIds } from '../../shared/testing/counting-ids.ts'
import { fc } from '../../shared/testing/property.ts'
import { compileNeedles } from '../../shared/verifiers/detector.ts'
import type { Needle } from '../../shared/verifiers/needle.ts'
import type { SourceRecord } from '../record.ts'
import { safeHarborRecord } from '../safe-harbor/apply.ts'
import { sampleFields } from '../testing/sample-fields.ts'
import { csvWriter } from '../writers/csv.ts'
import { ndjsonWriter } from '../writers/ndjson.ts'
import { findIdentifiers } from './find-identifiers.ts'
import { needlesOf } from './needles.ts'

const id = 'e7991a49-1512-4005-a478-09ecad76ca4c'
const patient: SourceRecord = {
  type: 'Patient',
  sourceId: id,
  fields: {
    name: [{ family: "O'Brien", given: ['Barry', 'Al'] }],
    mrn: [{ system: 'http://hospital.example.org', value: '0048-1516' }],
    ssn: [{ value: '999-77-3783' }],
    driversLicense: [{ value: 'S99976797' }],
    telecom: [
      { system: 'phone', value: '+1 555-610-1179' },
      { system: 'email', value: 'Barry.OBrien@example.org' },
    ],
    address: [{ line: ['529 Bruen Passage Apt 49'], city: 'Georgetown', state: 'MA', postalCode: '01833' }],
    birthDate: '1953-01-13',
    mothersMaidenName: [{ valueString: 'Nelle Parker' }],
    relatives: [{ name: { family: 'Quimby' }, telecom: [{ system: 'phone', value: '(555) 222-3333' }] }],
    generalPractitioner: [{ reference: 'Practitioner/doc-4711' }],
  },
}
const detector = compileNeedles(needlesOf(patient))
const kinds = async (text: string, format: 'csv' | 'ndjson') =>
  (await findIdentifiers([text], detector, { format })).findings.map(({ kind }) => kind)
const inJson = (value: string) => kinds(JSON.stringify({ resourceType: 'Patient', note: value }), 'ndjson')

describe('what is planted is found', () => {
  it.each([
    ['name', "O'Brien"],
    ['name', 'seen OBRIEN, Barry today'],
    ['name', 'BARRY'],
    ['name', 'xxBarryO’Brienxx'],
    ['name', 'Nelle'],
    ['name', 'Mrs. PARKER'],
    ['name', 'Quimby'],
    ['name', 'Bárry'],
    ['mrn', '00481516'],
    ['mrn', 'MRN0048-1516.'],
    ['ssn', '999773783'],
    ['ssn', '999 77 3783'],
    ['identifier', 's99976797'],
    ['phone', '(555) 610-1179'],
    ['phone', '1.555.610.1179'],
    ['phone', '5552223333'],
    ['email', 'BARRY.OBRIEN@EXAMPLE.ORG'],
    ['street', '529 bruen  passage'],
    ['city', 'of Georgetown'],
    ['zip', '01833'],
    ['date', '1953-01-13'],
    ['date', '1953-01-13T00:00:00Z'],
    ['date', '19530113'],
    ['date', '01/13/1953'],
    ['date', '13.1.1953'],
    ['date', 'January 13, 1953'],
    ['date', '13 Jan 1953'],
    ['date', '2011-07-05'],
    ['date', '2011-07'],
    ['id', id],
    ['id', `urn:uuid:${id.toUpperCase()}`],
    ['id', `xx${id.replaceAll('-', '')}00`],
    ['id', `00000000${id.replaceAll('-', '')}`],
    ['id', 'doc-4711'],
  ])('%s as %j, in a value, a name and a cell', async (kind, value) => {
    expect(await inJson(value)).toContain(kind)
    expect(await kinds(JSON.stringify({ [value]: 1 }), 'ndjson')).toContain(kind)
    const cell = `"${value.replaceAll('"', '""')}"`
    expect(await kinds(`id,note\r\nx,${cell}\r\n`, 'csv')).toContain(kind)
    expect(await kinds(`id,${cell}\r\nx,y\r\n`, 'csv')).toContain(kind)
  })

  it('where it is escaped, nested, and in a closed place that does not allow it', async () => {
    expect(await kinds('{"a":[[{"b":"\\u0042arry"}]]}', 'ndjson')).toContain('name')
    expect(await kinds('{"status":"Barry"}', 'ndjson')).toContain('name')
    expect(await kinds('{"valueQuantity":{"value":5,"unit":"{Barry}"}}', 'ndjson')).toContain('name')
    expect(await kinds('{"code":{"coding":[{"system":"Barry","code":"Barry"}]}}', 'ndjson')).toHaveLength(2)
    expect(await kinds('{"code":{"coding":[{"code":"999773783"}]}}', 'ndjson')).toContain('ssn')
    expect(await kinds('{"valueQuantity":{"value":5556101179}}', 'ndjson')).toContain('phone')
    expect(await kinds(`{"encounter":{"reference":"Encounter/${id}"}}`, 'ndjson')).toContain('id')
    expect(
      await kinds(`id,encounter.id\r\nx,00000000-0000-4000-8000-000000000000;${id}\r\n`, 'csv'),
    ).toContain('id')
  })

  it('in a number of more digits than a double holds', async () => {
    const long = compileNeedles([{ kind: 'mrn', value: '9007199254740993' }])
    const line = '{"resourceType":"Observation","valueQuantity":{"value":9007199254740993}}\n'
    const { findings } = await findIdentifiers([line], long, { format: 'ndjson' })
    expect(findings.map(({ kind }) => kind)).toEqual(['mrn'])
  })

  it('over the border of chunks, at the end without a line end, and with its line', async () => {
    const text = `{"a":"x"}\n{"b":"y Barry"}`
    for (let at = 0; at <= text.length; at++) {
      const { findings } = await findIdentifiers([text.slice(0, at), text.slice(at)], detector, {
        format: 'ndjson',
      })
      expect(findings).toEqual([{ kind: 'name', line: 2 }])
    }
    const csv = 'a,b\r\n"x\n1","2"\r\ny,"Barry"'
    for (let at = 0; at <= csv.length; at++) {
      const { findings } = await findIdentifiers([csv.slice(0, at), csv.slice(at)], detector, {
        format: 'csv',
      })
      expect(findings).toEqual([{ kind: 'name', line: 4 }])
    }
  })

  it('findings say kind and line, never the value', async () => {
    const { findings } = await findIdentifiers(['{"b":"Barry 999-77-3783"}'], detector, { format: 'ndjson' })
    expect(JSON.stringify(findings)).not.toMatch(/barry|999/i)
  })

  it('counts beyond the limit of the list', async () => {
    const text = '{"b":"Barry"}\n'.repeat(10)
    expect(await findIdentifiers([text], detector, { format: 'ndjson', limit: 3 })).toMatchObject({
      total: 10,
      findings: { length: 3 },
    })
  })

  it('property: a name is found in whatever text it stands as a word', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        async (before, after) => {
          expect(await inJson(`${before} Barry ${after}`)).toContain('name')
        },
      ),
    )
  })
})

describe('what cannot be read is not confirmed', () => {
  it.each([
    ['ndjson', '{"a":'],
    ['ndjson', '{"a":1}\nBarry'],
    ['csv', 'a,b\r\n1\r\n'],
    ['csv', 'a,b\r\n1,"2\r\n'],
  ] as const)('%s %j', async (format, text) => {
    expect(await kinds(text, format)).toContain('unreadable')
  })
  it('an empty file was not examined', async () => {
    expect(await findIdentifiers([], detector, { format: 'csv' })).toEqual({
      findings: [],
      total: 0,
      examined: 0,
    })
  })
})

describe('what is no identifier is left alone', () => {
  const namesakes = (names: readonly string[]): Needle[] => names.map((value) => ({ kind: 'name', value }))

  it('a person may be called like a code of the standard', async () => {
    const needles = namesakes([
      'Final',
      'Male',
      'Active',
      'White',
      'Older',
      'Start',
      'Goal',
      'Score',
      'True',
      'Dade',
      'Survey',
      'Code',
    ])
    const text = [
      '{"resourceType":"Goal","id":"00000000-dade-4000-8000-000000000000","status":"final","gender":"male","active":true}',
      '{"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]}}',
      '{"_birthDate":{"extension":[{"url":"urn:chartward:age-group","valueString":"90 or older"}]}}',
      '{"period":{"start":"2019"},"valueQuantity":{"value":5,"unit":"{score}","code":"{score}"}}',
    ].join('\n')
    expect((await findIdentifiers([text], needles, { format: 'ndjson' })).findings).toEqual([])
    const csv = 'id,status,active,birthDate.year,gender\r\nx,final,true,90 or older,male\r\n'
    expect((await findIdentifiers([csv], needles, { format: 'csv' })).findings).toEqual([])
    expect((await findIdentifiers(['{"note":"White"}'], needles, { format: 'ndjson' })).total).toBe(1)
    expect((await findIdentifiers(['{"status":"Final"}'], needles, { format: 'ndjson' })).total).toBe(1)
  })

  it('a short number of digits is no code, result or year of the same digits', async () => {
    const needles: Needle[] = [
      { kind: 'mrn', value: '2019' },
      { kind: 'mrn', value: '49765' },
      { kind: 'zip', value: '99213' },
    ]
    const text =
      '{"issued":"2019","valueInteger":2019,"code":{"coding":[{"code":"99213"}]},"total":{"value":49765}}'
    expect((await findIdentifiers([text], needles, { format: 'ndjson' })).findings).toEqual([])
    expect((await findIdentifiers(['{"note":"no. 49765"}'], needles, { format: 'ndjson' })).total).toBe(1)
  })

  it('a release of the whole catalog is confirmed', async () => {
    const ids = createIdMap(countingIds())
    const context = { asOf: new Date('2026-11-22'), person: { birthDate: '1980-05-06', deceased: null }, ids }
    for (const type of ['Patient', 'Observation', 'Claim', 'Condition', 'Practitioner'] as const) {
      const source: SourceRecord = {
        type,
        sourceId: 'source-1',
        patientSourceId: 'patient-1',
        fields: sampleFields(type),
      }
      const needles = compileNeedles([...needlesOf(source), ...needlesOf(patient)])
      const record = safeHarborRecord(source, context)
      expect((await findIdentifiers(csvWriter(type, [record]), needles, { format: 'csv' })).findings).toEqual(
        [],
      )
      expect((await findIdentifiers(ndjsonWriter([record]), needles, { format: 'ndjson' })).findings).toEqual(
        [],
      )
    }
  })
})
