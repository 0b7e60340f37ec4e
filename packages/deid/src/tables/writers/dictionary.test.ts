import { describe, expect, it } from 'vitest'
import type { ReleasedColumn } from '../format/table-release.ts'
import { tableRelease } from '../report/testing/report-sample.ts'
import { dataDictionary } from './dictionary.ts'

const distinct = (): ReadonlyMap<string, number> =>
  new Map(tableRelease().columns.map(({ name }, at) => [name, at + 2]))

const columnOf = (name: string, change: Partial<ReleasedColumn> = {}) => {
  const release = tableRelease()
  const columns = release.columns.map((column) => (column.name === name ? { ...column, ...change } : column))
  return dataDictionary({ ...release, columns }, distinct()).columns.find((column) => column.name === name)
}

describe('the data dictionary of a release', () => {
  it('describes each released column, in the order of the files, and names no other', () => {
    const dictionary = dataDictionary(tableRelease(), distinct())
    expect(dictionary).toMatchObject({
      format: 'chartward-data-dictionary/1',
      profile: 'expert-determination',
      rows: 30_150,
      patientColumn: 'patient',
    })
    expect(dictionary.columns.map(({ name }) => name)).toEqual(tableRelease().columns.map(({ name }) => name))
    expect(JSON.stringify(dictionary)).not.toMatch(/secret-column|mrn/)
  })

  it('tells what a generalised column was made of, and what its labels stand for', () => {
    expect(columnOf('age "years"')).toEqual({
      name: 'age "years"',
      role: 'quasi-identifier',
      category: {
        title: 'Elements of dates (except year) and ages over 89',
        citation: '45 CFR 164.514(b)(2)(i)(C)',
      },
      content: 'age',
      done: 'Generalised by its hierarchy (values, bands of 5, bands of 10, bands of 20, all in one), as far as the search found to be needed.',
      levels: ['values', 'bands of 5', 'bands of 10', 'bands of 20', 'all in one'],
      distinctValues: 4,
      values: [
        { label: 'all', covers: 4 },
        { label: 'one', covers: 1 },
      ],
    })
    expect(columnOf('diagnosed')?.levels).toEqual(['days', 'months', 'years', 'all in one'])
    expect(columnOf('sex')?.levels).toBeNull()
  })

  it('lists the labels of few, sorted, and never those of many', () => {
    const labels = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`label ${String(count - at).padStart(3, '0')}`, 1]),
      )
    const listed = columnOf('sex', { coverage: { domain: 100, labels: labels(50) } })?.values
    expect(listed?.map(({ label }) => label)).toEqual(Object.keys(labels(50)).toSorted())
    expect(columnOf('sex', { coverage: { domain: 100, labels: labels(51) } })?.values).toBeNull()
  })

  it('lists no value of a column that was not generalised', () => {
    for (const name of ['disease', 'income', 'note', 'patient']) expect(columnOf(name)?.values).toBeNull()
    const kept = { transform: { kind: 'keep' }, coverage: { domain: 2, labels: { Rosalind: 1 } } } as const
    expect(columnOf('disease', kept)?.values).toBeNull()
  })

  it('a column named as a property of every object is described as any other', () => {
    const release = tableRelease()
    const [first] = release.columns
    if (first === undefined) throw new Error('the sample has a column')
    const columns = ['__proto__', 'constructor'].map((name) => ({
      ...first,
      name,
      role: 'insensitive' as const,
    }))
    const dictionary = dataDictionary({ ...release, columns }, new Map(columns.map(({ name }) => [name, 1])))
    expect(dictionary.columns.map(({ name, levels }) => [name, levels])).toEqual([
      ['__proto__', null],
      ['constructor', null],
    ])
  })

  it('is the same for the same release', () => {
    expect(JSON.stringify(dataDictionary(tableRelease(), distinct()))).toBe(
      JSON.stringify(dataDictionary(tableRelease(), distinct())),
    )
  })

  it('is refused where a column was not counted', () => {
    expect(() => dataDictionary(tableRelease(), new Map())).toThrow(
      expect.objectContaining({ code: 'bad-release' }),
    )
  })
})
