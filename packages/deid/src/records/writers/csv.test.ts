import { RESOURCE_TYPES } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { csvCell, csvLine } from '../../shared/csv-line.ts'
import { createIdMap } from '../../shared/id-map.ts'
import { countingIds } from '../../shared/testing/counting-ids.ts'
import { gather } from '../../shared/testing/gather.ts'
import { fc } from '../../shared/testing/property.ts'
import { safeHarborRecord } from '../safe-harbor/apply.ts'
import { sampleFields } from '../testing/sample-fields.ts'
import { csvWriter } from './csv.ts'
import { csvColumns } from './csv-columns.ts'

/** RFC 4180, read independently of the writer. */
const parse = (text: string): string[][] => {
  const rows: string[][] = []
  for (const line of text.match(/(?:[^"\r\n]|"(?:[^"]|"")*")*\r\n/g) ?? [])
    rows.push(
      [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
      ),
    )
  return rows
}

describe('a cell', () => {
  it.each([
    '=1+1',
    '+1',
    '-1+2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '=cmd|calc',
    '-',
    '-.5',
    '--1',
    '-1e',
    '＝1',
    '+5',
    '-5 mg',
    '−1+2',
    '﹦1+1',
    '|calc',
    '%0A=1',
    ' =1+1',
    '\u00a0=1+1',
    '\ufeff=1+1',
    '\u202e=1+1',
    '\u200b\u0000=1+1',
    '"=1+1',
    "'=1+1",
    ' "\'@SUM(A1)',
    ' - 5',
  ])('%j cannot start a formula', (text) => {
    expect(parse(`${csvCell(text)}\r\n`)).toEqual([[`'${text}`]])
  })
  it.each([-1, -0.5, -1e-7, -1.5e21, 0, 5, '-5', '-12.25', '-1e-7'])('the number %j stays', (number) => {
    expect(csvCell(number)).toBe(String(number))
    expect(Number(csvCell(number))).toBe(Number(number))
  })
  it.each([' -5', '-5 ', '> 89', '[10, 20)', '*', "'tis", '(-5)', 'a=1', '5%', '10-20', 'مرحبا'])(
    'the text %j is no formula and stays',
    (text) => {
      expect(parse(csvLine([text, 'x']))).toEqual([[text, 'x']])
    },
  )
  it('quotes, commas, line ends and emoji survive', () => {
    for (const text of ['a"b', 'a,b', 'a\nb', 'a\r\nb', '"', '👩🏽‍⚕️', ' a ', 'é,"\n'])
      expect(parse(csvLine([text, 'x']))).toEqual([[text, 'x']])
  })
  it('null is empty, false is not', () => {
    expect(csvLine([null, false, 0, ''])).toBe(',false,0,\r\n')
  })
  it('property: any row is read back, apart from the apostrophe before a formula', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '-', '1', '.', ' ', '\t', 'é', '🩺'),
    })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        const read = parse(csvLine(cells))
        expect(read).toHaveLength(1)
        expect(read[0]?.map((text, at) => (text === cells[at] ? text : text.replace(/^'/, '')))).toEqual(
          cells,
        )
        for (const text of read[0] ?? []) expect(text).not.toMatch(/^(?:[=+@\t\r]|-(?!\d+(\.\d+)?$))/)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the file of a resource type', () => {
  const record = (type: (typeof RESOURCE_TYPES)[number]) =>
    safeHarborRecord(
      { type, sourceId: 'x', patientSourceId: 'p', fields: sampleFields(type) },
      {
        asOf: new Date('2026-11-22'),
        person: { birthDate: '1980-05-06', deceased: null },
        ids: createIdMap(countingIds()),
      },
    )

  it.each(RESOURCE_TYPES)('of %s has fixed columns, each once, with a cell in each row', async (type) => {
    const rows = parse(await gather(csvWriter(type, [record(type), { ...record(type), fields: {} }])))
    expect(rows).toHaveLength(3)
    expect(rows[0]).toEqual(csvColumns(type).map(({ name }) => name))
    expect(new Set(rows[0]).size).toBe(rows[0]?.length)
    for (const row of rows) expect(row).toHaveLength(rows[0]?.length ?? 0)
  })

  it('has a column for every released part', async () => {
    const [header, row] = parse(await gather(csvWriter('Observation', [record('Observation')])))
    const cells = Object.fromEntries((header ?? []).map((name, at) => [name, row?.[at]]))
    expect(cells).toMatchObject({
      status: 'final',
      'code.system': 'http://snomed.info/sct',
      'code.code': '73211009',
      'effectiveDateTime.year': '2019',
      'effectivePeriod.startYear': '2019',
      'effectivePeriod.endYear': '2020',
      'valueQuantity.comparator': '<',
      'valueQuantity.value': '5.5',
      'valueQuantity.unit': 'kg',
      'component.value': '5.5',
      'performer.id': cells['encounter.id'],
    })
  })

  it('a group stands where the birth year would, an empty file has its header', async () => {
    const fields = { birthDate: { kind: 'age-group', group: '90 or older' } } as const
    const [, row] = parse(
      await gather(csvWriter('Patient', [{ type: 'Patient', id: 'x', patientId: 'x', fields }])),
    )
    expect(row).toContain('90 or older')
    expect(parse(await gather(csvWriter('Patient', [])))).toHaveLength(1)
  })

  it('refuses a record of another type', async () => {
    await expect(gather(csvWriter('Goal', [record('Claim')]))).rejects.toMatchObject({
      code: 'wrong-resource-type',
    })
  })
})
