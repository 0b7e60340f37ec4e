import { describe, expect, it } from 'vitest'
import { CATEGORY_LETTERS } from '../../shared/category-letters.ts'
import type { Profile } from '../format/plan.ts'
import { eligibilityOf } from './eligibility.ts'
import { parsePlan } from './parse.ts'
import { planJson } from './testing/plan-json.ts'

const kept = { role: 'insensitive', category: 'none', content: 'other', transform: { kind: 'keep' } }
const plain = { role: 'insensitive', category: 'none', content: 'code', transform: { kind: 'keep' } }

/** The reasons that a plan with just this column, and one that is harmless, gives. */
const reasonsOf = (
  profile: Profile,
  column: object,
  more: Record<string, unknown> = {},
): readonly string[] => {
  const plan = parsePlan(planJson({ models: [], columns: { plain, x: { ...kept, ...column } }, ...more }))
  const { eligible, reasons } = eligibilityOf(plan)[profile]
  expect(eligible).toBe(reasons.length === 0)
  return reasons
}

const identifier = (category: string, kind: string, more: object = {}) => ({
  role: 'identifier',
  category,
  transform: { kind, ...more },
})
const birth = { category: 'C', content: 'date' }
const year = { category: 'C', content: 'year' }
const age = { category: 'C', content: 'age' }
const zip = { category: 'B', content: 'zip' }
const text = { role: 'text', category: 'R', content: 'text' }
const values = ['a', 'b']
const bands = { kind: 'interval', widths: [10], top: 90 }

describe('Safe Harbor', () => {
  const reasons = (column: object): readonly string[] => reasonsOf('safe-harbor', column)

  it.each(CATEGORY_LETTERS)('is refused for an identifier of category %s that stays', (letter) => {
    expect(reasons(identifier(letter, 'keep'))).toEqual([
      expect.stringMatching(
        new RegExp(`^Column "x": .*\\(45 CFR 164\\.514\\(b\\)\\(2\\)\\(i\\)\\(${letter}\\)\\)\\.$`),
      ),
    ])
    expect(reasons(identifier(letter, 'redact'))).toEqual([])
    expect(reasons(identifier(letter, 'random-id'))).toEqual([])
  })

  const refused: [string, object, string][] = [
    ['a keyed pseudonym', identifier('H', 'pseudonym'), '(c)(1)'],
    ['a pseudonym even of what is no identifier', { transform: { kind: 'pseudonym' } }, '(c)(1)'],
    ['a substitute', identifier('A', 'substitute', { values }), '(c)(1)'],
    [
      'initials',
      { ...identifier('A', 'generalise', { level: 1 }), hierarchy: { kind: 'prefix', lengths: [1] } },
      '(A)',
    ],
    ['a shifted date', { ...birth, transform: { kind: 'date-shift', days: 9 } }, 'shifted date'],
    ['a whole date', birth, 'all elements of dates but the year'],
    [
      'a generalised date',
      {
        ...birth,
        role: 'quasi-identifier',
        transform: { kind: 'generalise' },
        hierarchy: { kind: 'date', levels: ['year'] },
      },
      'finer than a year',
    ],
    [
      'a date at the level of years',
      {
        ...birth,
        transform: { kind: 'generalise', level: 1 },
        hierarchy: { kind: 'date', levels: ['year'] },
      },
      'age over 89',
    ],
    ['years as they are', year, 'age over 89'],
    ['years with noise', { ...year, transform: { kind: 'perturb', scale: 1 } }, 'noise'],
    ['another element of a date', { category: 'C', content: 'number' }, '(C)'],
    ['ages as they are', age, 'over 89'],
    ['ages with noise', { ...age, transform: { kind: 'perturb', scale: 1 } }, 'noise'],
    ['ages in bins without an end', { ...age, transform: { kind: 'bin', width: 10 } }, 'over 89'],
    ['ages above 90 in one group', { ...age, transform: { kind: 'top-code', above: 90 } }, 'over 89'],
    [
      'ages that the search may leave as they are',
      { ...age, role: 'quasi-identifier', transform: { kind: 'generalise' }, hierarchy: bands },
      'not certain',
    ],
    [
      'ages at level 0',
      { ...age, transform: { kind: 'generalise', level: 0 }, hierarchy: bands },
      'not certain',
    ],
    [
      'ages in bands with a top above 90',
      { ...age, transform: { kind: 'generalise', level: 1 }, hierarchy: { ...bands, top: 95 } },
      'not certain',
    ],
    ['whole ZIP Codes', zip, '"zip3"'],
    [
      'ZIP Codes by prefix',
      { ...zip, transform: { kind: 'generalise', level: 1 }, hierarchy: { kind: 'prefix', lengths: [3] } },
      '20,000',
    ],
    ['a city', { category: 'B', content: 'city' }, 'smaller than a state'],
    ['a county', { category: 'B' }, 'smaller than a state'],
    ['free text', { ...text }, 'free text'],
    ['scrubbed text', { ...text, transform: { kind: 'scrub' } }, 'measured, not certain'],
    ['text in a harmless column', { content: 'text' }, 'free text'],
  ]
  it.each(refused)('is refused for %s', (_, column, words) => {
    const [reason = '', ...others] = reasons(column)
    expect(others).toEqual([])
    expect(reason).toContain('Column "x": ')
    expect(reason).toContain(words)
    expect(reason).toMatch(/\(45 CFR 164\.514\([bc]\)/)
  })

  it.each([
    ['the year of a date', { ...birth, transform: { kind: 'year' } }],
    ['a year with the telling ones grouped', { ...year, transform: { kind: 'year' } }],
    ['ages with those over 89 in one group', { ...age, transform: { kind: 'top-code', above: 89 } }],
    ['ages in bands up to 90', { ...age, transform: { kind: 'generalise', level: 1 }, hierarchy: bands }],
    ['three digits of the ZIP Code', { ...zip, transform: { kind: 'zip3' } }],
    ['a state', { content: 'state' }],
    ['a random id', identifier('H', 'random-id')],
    ['a measurement with noise', { content: 'number', transform: { kind: 'perturb', scale: 1 } }],
    ['a code', {}],
  ])('allows %s', (_, column) => {
    expect(reasons(column)).toEqual([])
  })

  it('says every reason, not the first alone', () => {
    const plan = parsePlan(
      planJson({
        models: [],
        columns: {
          name: { ...kept, ...identifier('A', 'keep') },
          zip: { ...kept, ...zip },
          note: { ...kept, ...text },
          plain,
        },
      }),
    )
    expect(eligibilityOf(plan)['safe-harbor'].reasons.length).toBe(3)
  })
})

describe('a limited data set', () => {
  const agreement = { recipient: 'A university', purpose: 'Research', ends: '2027-01-01' }
  const reasons = (column: object, more: Record<string, unknown> = {}): readonly string[] =>
    reasonsOf('limited-data-set', column, { dataUseAgreement: agreement, ...more })

  it.each(CATEGORY_LETTERS)(
    'lets an identifier of category %s stay only if it is not among the sixteen',
    (letter) => {
      const listed = letter !== 'C' && letter !== 'R'
      expect(reasons(identifier(letter, 'keep')).length).toBe(listed ? 1 : 0)
      if (listed)
        expect(reasons(identifier(letter, 'keep'))[0]).toMatch(/\(45 CFR 164\.514\(e\)\(2\)\([ivx]+\)\)/)
      for (const kind of ['redact', 'random-id', 'pseudonym'])
        expect(reasons(identifier(letter, kind))).toEqual([])
    },
  )

  it('keeps dates, ages, cities, states and ZIP Codes', () => {
    for (const column of [
      birth,
      age,
      year,
      zip,
      { category: 'B', content: 'city' },
      { category: 'B', content: 'state' },
    ])
      expect(reasons(column)).toEqual([])
  })

  it('has no free text, scrubbed or not, no street, and no part of an identifier', () => {
    expect(reasons(text)).toEqual([expect.stringContaining('(e)(2)')])
    expect(reasons({ ...text, transform: { kind: 'scrub' } })).toEqual([
      expect.stringContaining('even scrubbed'),
    ])
    expect(reasons({ category: 'B' })).toEqual([expect.stringContaining('(e)(2)(ii)')])
    const lastFour = {
      ...identifier('G', 'generalise', { level: 1 }),
      hierarchy: { kind: 'prefix', lengths: [3] },
    }
    expect(reasons(lastFour)).toEqual([expect.stringContaining('(e)(2)(vi)')])
  })

  it('needs a data use agreement that has not ended', () => {
    expect(reasonsOf('limited-data-set', {})).toEqual([expect.stringContaining('(e)(4)')])
    const ended = { dataUseAgreement: { ...agreement, ends: '2026-11-21' } }
    expect(reasons({}, ended)).toEqual([expect.stringContaining('ended before')])
    expect(reasons({}, { dataUseAgreement: { ...agreement, ends: '2026-11-22' } })).toEqual([])
  })
})

describe('expert determination', () => {
  const reasons = (columns: object, more: Record<string, unknown> = {}): readonly string[] =>
    eligibilityOf(parsePlan(planJson({ columns: { ...planJson().columns, ...columns }, ...more })))[
      'expert-determination'
    ].reasons

  it('holds with an expert, a model that bounds the risk, and every quasi-identifier counted', () => {
    expect(reasons({})).toEqual([])
  })

  it('needs the expert', () => {
    expect(reasons({}, { expert: undefined })).toEqual([expect.stringContaining('no expert')])
  })

  it.each([
    [[{ kind: 'distinct-l-diversity', attribute: 'diagnosis', l: 3 }]],
    [[{ kind: 'prosecutor-risk', threshold: 1 }]],
    [[{ kind: 'records-at-risk', threshold: 0.2, share: 1 }]],
  ])('needs a model that bounds the risk, which these do not: %j', (models) => {
    expect(reasons({}, { models })).toEqual([expect.stringContaining('No model bounds the risk')])
  })

  it('without models counts no quasi-identifier, and says which', () => {
    expect(reasons({}, { models: [] })).toEqual([
      expect.stringContaining('No model bounds'),
      expect.stringContaining('"age"'),
      expect.stringContaining('"sex"'),
    ])
  })

  it.each(CATEGORY_LETTERS)('replaces an identifier of category %s or leaves it out', (letter) => {
    const column = (kind: string, more: object = {}) =>
      reasons({ x: { ...kept, ...identifier(letter, kind, more) } })
    expect(column('keep')).toEqual([expect.stringContaining('identify by themselves')])
    expect(
      reasons({
        x: {
          ...kept,
          ...identifier(letter, 'generalise', { level: 1 }),
          hierarchy: { kind: 'prefix', lengths: [1] },
        },
      }),
    ).toEqual([expect.stringContaining('in part or whole')])
    for (const kind of ['redact', 'pseudonym', 'random-id']) expect(column(kind)).toEqual([])
    expect(column('substitute', { values })).toEqual([])
  })

  it.each([
    ['a date', birth],
    ['an age', age],
    ['a ZIP Code', zip],
    ['a ZIP3', { ...zip, transform: { kind: 'zip3' } }],
    ['a state', { content: 'state' }],
    ['a street', { category: 'B' }],
  ])('counts %s among the quasi-identifiers, whatever the plan calls it', (_, column) => {
    expect(reasons({ x: { ...kept, ...column } })).toEqual([expect.stringContaining('no model counts it')])
  })

  it('allows shifted dates, numbers with noise and scrubbed text, and no text as it is', () => {
    expect(reasons({ x: { ...kept, ...birth, transform: { kind: 'date-shift', days: 9 } } })).toEqual([])
    expect(reasons({ x: { ...kept, ...age, transform: { kind: 'perturb', scale: 2 } } })).toEqual([])
    expect(reasons({ x: { ...kept, ...text, transform: { kind: 'scrub' } } })).toEqual([])
    expect(reasons({ x: { ...kept, ...text } })).toEqual([expect.stringContaining('free text')])
  })
})
