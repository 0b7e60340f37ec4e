import { describe, expect, it } from 'vitest'
import { createIdMap } from '../../shared/id-map.ts'
import { countingIds } from '../../shared/testing/counting-ids.ts'
import { fc } from '../../shared/testing/property.ts'
import type { Transform } from '../format/plan.ts'
import { hierarchyFromRows } from '../hierarchy/from-rows.ts'
import { compileTransform, type ValueTransform } from './compile.ts'
import { isKeyed, type TransformContext, usesPatient } from './context.ts'

const context: TransformContext = {
  column: 'x',
  key: null,
  exportId: 'export',
  asOf: '2026-11-22',
  ids: null,
  hierarchy: null,
}

const apply = (
  transform: ValueTransform,
  value: string,
  more: Partial<TransformContext> = {},
): string | null => compileTransform(transform, { ...context, ...more })(value, 'patient')

describe('redact and keep', () => {
  it('leave out all, the missing too, and nothing', () => {
    expect([apply({ kind: 'redact' }, 'a'), apply({ kind: 'redact' }, '')]).toEqual([null, null])
    expect(apply({ kind: 'keep' }, '  a ')).toBe('  a ')
  })
})

describe('top and bottom coding', () => {
  it('at 89: 89 stays, 90 goes', () => {
    const top = (value: string): string | null => apply({ kind: 'top-code', above: 89 }, value)
    expect(['0', '88', '89', '89.0', '89.5', '90', '120'].map(top)).toEqual([
      '0',
      '88',
      '89',
      '89.0',
      '> 89',
      '> 89',
      '> 89',
    ])
  })

  it('never shows a number beyond the bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: -100, max: 100 }),
        (number, bound) => {
          const top = apply({ kind: 'top-code', above: bound }, String(number))
          expect(top).toBe(number > bound ? `> ${bound}` : String(number))
          const bottom = apply({ kind: 'bottom-code', below: bound }, String(number))
          expect(bottom).toBe(number < bound ? `< ${bound}` : String(number))
        },
      ),
    )
  })
})

describe('bins', () => {
  it('hold the lower bound and not the upper', () => {
    const bin = (value: string): string | null => apply({ kind: 'bin', width: 10 }, value)
    expect(['10', '19.99', '20', '-0.5', '-10'].map(bin)).toEqual([
      '[10, 20)',
      '[10, 20)',
      '[20, 30)',
      '[-10, 0)',
      '[-10, 0)',
    ])
    expect(apply({ kind: 'bin', width: 0.1, origin: 0.05 }, '0.35')).toBe('[0.35, 0.45)')
  })
})

describe('years', () => {
  const year = (value: string): string | null => apply({ kind: 'year' }, value)

  it('are shown alone, whatever the date tells', () => {
    expect(['2020', '2020-05', '2020-05-17', '2020-05-17T10:11:12Z'].map(year)).toEqual(Array(4).fill('2020'))
  })

  it('never tell an age over 89: no two that are shown lie more than 89 apart', () => {
    expect(['1936-12-31', '1937-01-01', '2026-12-31', '2027-01-01'].map(year)).toEqual([
      '< 1937',
      '1937',
      '2026',
      '> 2026',
    ])
  })
})

describe('ZIP Codes', () => {
  const zip = (value: string): string | null => apply({ kind: 'zip3' }, value)

  it('never show more than three digits, none of a small or unknown area, and none of what is no ZIP Code', () => {
    expect(['02139', '02139-4307', '021'].map(zip)).toEqual(['021', '021', '021'])
    // Fewer than 20,000 people, not in the census, a lost leading zero, another country's, digits too few and
    // too many.
    expect(['82190', '03601', '00199', '2139', 'SW1A 1AA', '0213', '021390'].map(zip)).toEqual(
      new Array(7).fill('000'),
    )
  })
})

describe('a fixed level', () => {
  const hierarchy = hierarchyFromRows([
    ['a', 'x', '*'],
    ['', 'x', '*'],
    ['b', 'y', '*'],
  ])

  it('gives the label of that level, to the missing value too', () => {
    expect(
      ['a', '', 'b'].map((value) => apply({ kind: 'generalise', level: 1 }, value, { hierarchy })),
    ).toEqual(['x', 'x', 'y'])
  })

  it('is refused where the hierarchy, the level or the value is missing', () => {
    expect(() => apply({ kind: 'generalise', level: 1 }, 'a')).toThrow('no level 1')
    expect(() => apply({ kind: 'generalise', level: 3 }, 'a', { hierarchy })).toThrow('no level 3')
    expect(() => apply({ kind: 'generalise' }, 'a', { hierarchy })).toThrow('no fixed level')
    expect(() => apply({ kind: 'generalise', level: 1 }, 'SECRET', { hierarchy })).toThrow(
      expect.objectContaining({ code: 'bad-value', message: expect.not.stringContaining('SECRET') }),
    )
  })
})

describe('random ids', () => {
  const transform: ValueTransform = { kind: 'random-id' }

  it('are derived from nothing: another source of chance gives another id, the crosswalk the same again', () => {
    const first = createIdMap(countingIds())
    const id = apply(transform, 'MRN 1', { ids: first })
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(apply(transform, 'MRN 1', { ids: first })).toBe(id)
    expect(apply(transform, 'MRN 2', { ids: first })).not.toBe(id)
    const again = createIdMap(() => 'never asked for', first.entries())
    expect(apply(transform, 'MRN 1', { ids: again })).toBe(id)
    const shifted = countingIds()
    shifted()
    expect(apply(transform, 'MRN 1', { ids: createIdMap(shifted) })).not.toBe(id)
  })

  it('do not mix up columns, even where names and values look alike', () => {
    const ids = createIdMap(countingIds())
    const seen = [
      apply(transform, 'b/c', { ids, column: 'a' }),
      apply(transform, 'c', { ids, column: 'a/b' }),
      apply(transform, 'c', { ids, column: 'a' }),
    ]
    expect(new Set(seen).size).toBe(3)
  })

  it('are refused without a crosswalk', () => {
    expect(() => apply(transform, 'a')).toThrow(expect.objectContaining({ code: 'bad-crosswalk' }))
  })
})

describe('every transform', () => {
  const key = new Uint8Array(32).fill(7)
  const all: ValueTransform[] = [
    { kind: 'keep' },
    { kind: 'top-code', above: 1 },
    { kind: 'bottom-code', below: 1 },
    { kind: 'bin', width: 1 },
    { kind: 'perturb', scale: 1 },
    { kind: 'pseudonym' },
    { kind: 'random-id' },
    { kind: 'date-shift', days: 9 },
    { kind: 'year' },
    { kind: 'zip3' },
    { kind: 'substitute', values: ['a', 'b'] },
  ]

  it.each(all)('leaves a missing value missing: $kind', (transform) => {
    expect(apply(transform, '', { key, ids: createIdMap(countingIds()) })).toBe('')
  })

  it.each(
    all.filter(({ kind }) =>
      ['top-code', 'bottom-code', 'bin', 'perturb', 'date-shift', 'year'].includes(kind),
    ),
  )('names the column and the rule and never the value it cannot take: $kind', (transform) => {
    expect(() => apply(transform, 'Rosalind 1999-99', { key })).toThrow(
      expect.objectContaining({
        code: 'bad-value',
        message: expect.stringMatching(/^A value of the column "x" is not a (number|date)((?!Rosalind).)*$/),
      }),
    )
  })

  it.each(all)('is refused without the key just where it is keyed: $kind', (transform) => {
    const compile = () => compileTransform(transform, { ...context, ids: createIdMap(countingIds()) })
    if (isKeyed(transform)) expect(compile).toThrow(expect.objectContaining({ code: 'bad-key' }))
    else expect(compile).not.toThrow()
  })

  it.each(all)('says rightly whether the patient matters: $kind', (transform) => {
    const compiled = compileTransform(transform, { ...context, key, ids: createIdMap(countingIds()) })
    const value: Partial<Record<Transform['kind'], string>> = {
      zip3: '02139',
      'date-shift': '2020-02-02',
      year: '2020',
    }
    const results = Array.from({ length: 40 }, (_, patient) =>
      compiled(value[transform.kind] ?? '50', `p${patient}`),
    )
    expect(new Set(results).size > 1).toBe(usesPatient(transform))
  })
})
