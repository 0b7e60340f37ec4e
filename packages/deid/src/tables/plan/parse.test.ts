import { describe, expect, it } from 'vitest'
import { DeidError } from '../../shared/errors.ts'
import { fc } from '../../shared/testing/property.ts'
import { parsePlan } from './parse.ts'
import { planJson } from './testing/plan-json.ts'

const messageOf = (json: unknown): string => {
  try {
    parsePlan(json)
  } catch (error) {
    expect(error).toBeInstanceOf(DeidError)
    expect(error).toMatchObject({ code: 'bad-plan' })
    if (error instanceof DeidError) return error.message
  }
  return 'no error'
}

const kept = { role: 'insensitive', category: 'none', content: 'other', transform: { kind: 'keep' } }
const withColumn = (column: object, more: object = {}) =>
  planJson({ ...more, columns: { ...planJson().columns, x: { ...kept, ...column } } })

describe('a plan', () => {
  it('is taken as it is written, with nothing filled in', () => {
    expect(parsePlan(planJson())).toEqual(planJson())
  })

  it('may ask for what no profile allows: that is for its eligibility to say', () => {
    const shifted = {
      role: 'insensitive',
      category: 'C',
      content: 'date',
      transform: { kind: 'date-shift', days: 9 },
    }
    expect(messageOf(planJson({ profile: 'safe-harbor', columns: { visit: shifted }, models: [] }))).toBe(
      'no error',
    )
  })

  const cases: [string, unknown, string][] = [
    ['no object', null, 'plan: give an object'],
    [
      'another format',
      planJson({ format: 'chartward-deid-plan/2' }),
      'format: write "chartward-deid-plan/1"',
    ],
    ['an unknown setting', planJson({ kay: 5 }), 'plan: remove "kay"'],
    ['a missing setting', planJson({ seed: undefined }), 'seed: give a text'],
    ['an empty title', planJson({ title: '' }), 'title: fill it in'],
    ['an unknown profile', planJson({ profile: 'none' }), 'profile: use one of "safe-harbor", "expert-'],
    ['a day that no calendar has', planJson({ asOf: '2026-02-30' }), 'asOf: give a day of the calendar'],
    ['a suppression limit above 1', planJson({ suppressionLimit: 5 }), 'suppressionLimit: give 1 or less'],
    ['a suppression limit below 0', planJson({ suppressionLimit: -0.1 }), 'suppressionLimit: give 0 or more'],
    [
      'half a lattice node',
      planJson({ search: { method: 'optimal', maxNodes: 1.5 } }),
      'search.maxNodes: give a whole number',
    ],
    ['no format', planJson({ formats: [] }), 'formats: list at least one'],
    ['a format twice', planJson({ formats: ['csv', 'csv'] }), 'formats: name each format once'],
    ['an unknown model', planJson({ models: [{ kind: 'k' }] }), 'models[0].kind: use one of "k-anonymity"'],
    ['a model without its k', planJson({ models: [{ kind: 'k-anonymity' }] }), 'models[0].k: give a number'],
    [
      'an unknown transform',
      withColumn({ transform: { kind: 'hash' } }),
      'columns.x.transform.kind: use one of "redact"',
    ],
    [
      'a setting of another transform',
      withColumn({ transform: { kind: 'keep', days: 1 } }),
      'columns.x.transform: remove "days"',
    ],
    ['a category that is none', withColumn({ category: 'S' }), 'columns.x.category: use one of "A"'],
    ['a column without a name', planJson({ columns: { '': kept } }), 'give the column a name'],
    [
      'a column no object can hold',
      JSON.parse(`{"columns": {"__proto__": {}}}`),
      'rename the column "__proto__"',
    ],
    [
      'a column name that needs quotes',
      planJson({ columns: { 'a b': { ...kept, role: 'x' } } }),
      'columns["a b"].role',
    ],
    [
      'nothing that is released',
      planJson({ models: [], columns: { a: { ...kept, transform: { kind: 'redact' } } } }),
      'columns: nothing would be released',
    ],
    [
      'a shift of no days',
      withColumn({ category: 'C', content: 'date', transform: { kind: 'date-shift', days: 0 } }),
      'transform.days: give more than 0',
    ],

    [
      'an identifier of no category',
      withColumn({ role: 'identifier' }),
      'columns.x.category: an identifier is of one',
    ],
    [
      'an identifier by category that is called harmless',
      withColumn({ category: 'G' }),
      'columns.x.category: what is of category G identifies',
    ],
    [
      'a date of no category',
      withColumn({ content: 'date' }),
      'columns.x.category: the content "date" is of category C',
    ],
    ['a ZIP Code of no category', withColumn({ content: 'zip' }), 'is of category B'],
    ['an age of category B', withColumn({ content: 'age', category: 'B' }), 'is of category C'],
    [
      'top coding of a text',
      withColumn({ transform: { kind: 'top-code', above: 89 } }),
      '"top-code" works on the content number, age or year',
    ],
    [
      'shifting a number',
      withColumn({ content: 'number', transform: { kind: 'date-shift', days: 3 } }),
      'works on the content date',
    ],
    [
      'scrubbing what is no text',
      withColumn({ content: 'text', transform: { kind: 'scrub' } }),
      'only a column of the role "text" is scrubbed',
    ],
    [
      'binning a text',
      withColumn({ role: 'text', content: 'text', transform: { kind: 'bin', width: 5 } }),
      'can have redact, keep or scrub',
    ],
    [
      'a quasi-identifier that is replaced',
      withColumn({ role: 'quasi-identifier', transform: { kind: 'pseudonym' } }),
      'can have redact, keep, generalise',
    ],
    [
      'one value to substitute',
      withColumn({ transform: { kind: 'substitute', values: ['a', 'a'] } }),
      'two different values',
    ],
    [
      'a minimum above the maximum',
      withColumn({ content: 'number', transform: { kind: 'perturb', scale: 1, minimum: 2, maximum: 1 } }),
      'a minimum that is not above',
    ],
    [
      'generalising without a hierarchy',
      withColumn({ role: 'quasi-identifier', transform: { kind: 'generalise' } }),
      'columns.x.hierarchy: say by which',
    ],
    [
      'a search for what is no quasi-identifier',
      withColumn({ transform: { kind: 'generalise' }, hierarchy: { kind: 'prefix', lengths: [1] } }),
      'give a level',
    ],
    [
      'a level beyond the hierarchy',
      withColumn({
        transform: { kind: 'generalise', level: 3 },
        hierarchy: { kind: 'prefix', lengths: [1] },
      }),
      'the highest is 2',
    ],
    [
      'a hierarchy that is wrong in itself',
      withColumn({
        transform: { kind: 'generalise', level: 1 },
        hierarchy: { kind: 'prefix', lengths: [1, 2] },
      }),
      'columns.x.hierarchy: give lengths',
    ],
    [
      'a hierarchy that nothing uses',
      withColumn({ hierarchy: { kind: 'prefix', lengths: [1] } }),
      'nothing uses this hierarchy',
    ],
    [
      'a weight of what is no quasi-identifier',
      withColumn({ weight: 2 }),
      'columns.x.weight: only a quasi-identifier',
    ],
    [
      'a weight of 0',
      withColumn({ role: 'quasi-identifier', weight: 0 }),
      'columns.x.weight: give more than 0',
    ],

    [
      'a patient column that is harmless',
      planJson({ patient: 'x', columns: { x: kept, ...planJson().columns } }),
      'columns.x.role: this column says whose row it is',
    ],
    [
      'another column called patient',
      planJson({ patient: 'id', columns: { patient: kept, ...planJson().columns } }),
      'columns.patient.transform: the release numbers',
    ],
    [
      'a model of an unknown column',
      planJson({ models: [{ kind: 'small-cells', attribute: 'zip', minimum: 11 }] }),
      'models[0].attribute: the plan has no such column',
    ],
    [
      "a model of an object's own member",
      planJson({ models: [{ kind: 'small-cells', attribute: 'constructor', minimum: 11 }] }),
      'models[0].attribute: the plan has no such column',
    ],
    [
      'a model of what is not sensitive',
      planJson({ models: [{ kind: 'small-cells', attribute: 'age', minimum: 11 }] }),
      'its role is "quasi-identifier"',
    ],
    [
      'a model of what is left out',
      withColumn(
        { role: 'sensitive', transform: { kind: 'redact' } },
        { models: [{ kind: 'small-cells', attribute: 'x', minimum: 11 }] },
      ),
      'nothing to protect',
    ],
    [
      'a hierarchical distance without a hierarchy',
      planJson({
        models: [{ kind: 't-closeness', attribute: 'diagnosis', t: 0.2, distance: 'hierarchical' }],
      }),
      'needs a hierarchy of the column',
    ],
    [
      'a model twice',
      planJson({
        models: [
          { kind: 'k-anonymity', k: 5 },
          { kind: 'k-anonymity', k: 3 },
        ],
      }),
      'models[1]: this model stands twice',
    ],
    ['models without quasi-identifiers', planJson({ columns: { x: kept } }), 'none is released'],
    [
      'an average class without a k',
      planJson({ metric: 'average-class', models: [{ kind: 'marketer-risk', threshold: 0.1 }] }),
      'metric: "average-class" is measured by a k',
    ],
  ]
  it.each(cases)('is refused for %s, with the path and what to do', (_, json, words) => {
    expect(messageOf(json)).toContain(words)
  })

  it('is told of all its faults at once', () => {
    const message = messageOf(
      withColumn({ role: 'identifier', weight: 1 }, { metric: 'average-class', models: [] }),
    )
    expect(message.split('\n').length).toBe(4)
  })

  it('takes a hierarchy for a distance alone', () => {
    const json = withColumn(
      { role: 'sensitive', hierarchy: { kind: 'order', values: ['a', 'b'], fanouts: [] } },
      { models: [{ kind: 't-closeness', attribute: 'x', t: 0.2, distance: 'ordered' }] },
    )
    expect(messageOf(json)).toBe('no error')
  })

  it('is refused for any other JSON, never with another error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(messageOf(json)).toContain('The plan cannot be run')
      }),
    )
  })
})

describe('beside a date shift', () => {
  const shifted = { ...kept, category: 'C', content: 'date', transform: { kind: 'date-shift', days: 30 } }
  const beside = (column: object) =>
    messageOf(planJson({ models: [], columns: { visit: shifted, y: { ...kept, category: 'C', ...column } } }))
  const date = { kind: 'date', levels: ['year'] }

  it.each([
    ['a year that is kept', { content: 'year' }],
    ['the year of another date', { content: 'date', transform: { kind: 'year' } }],
    ['a year in bins', { content: 'year', transform: { kind: 'bin', width: 5 } }],
    ['a date that is kept', { content: 'date' }],
    [
      'a date at a fixed level',
      { content: 'date', transform: { kind: 'generalise', level: 1 }, hierarchy: date },
    ],
  ])('no plan keeps %s', (_, column) => {
    expect(beside(column)).toContain(
      'columns.y.transform: beside the shifted dates of "visit" this may tell the offset',
    )
  })

  it.each([
    ['a date with the same shift', { content: 'date', transform: { kind: 'date-shift', days: 30 } }],
    ['a year that is left out', { content: 'year', transform: { kind: 'redact' } }],
    [
      'a date that the search generalises',
      { role: 'quasi-identifier', content: 'date', transform: { kind: 'generalise' }, hierarchy: date },
    ],
    ['an age', { content: 'age' }],
  ])('a plan may have %s', (_, column) => {
    expect(beside(column)).toBe('no error')
  })

  it('there is no second shift of other days', () => {
    expect(beside({ content: 'date', transform: { kind: 'date-shift', days: 31 } })).toContain(
      'columns.y.transform.days: all dates of a patient are shifted by one offset: give 30',
    )
  })
})
