import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { dayNumberOf } from '../table/calendar.ts'
import { compileTransform, type ValueTransform } from './compile.ts'
import type { Apply, TransformContext } from './context.ts'
import { drawBelow, exportKey } from './export-key.ts'

const keyOf = (seed: string): Uint8Array => createHash('sha256').update(seed).digest()

const context: TransformContext = {
  column: 'x',
  key: keyOf('one'),
  exportId: 'export 1',
  asOf: '2026-11-22',
  ids: null,
  hierarchy: null,
}

const compile = (transform: ValueTransform, more: Partial<TransformContext> = {}): Apply =>
  compileTransform(transform, { ...context, ...more })

const PATIENTS = Array.from({ length: 4000 }, (_, at) => `patient ${at}`)

/** Pearson's statistic against equal counts. */
const chiSquare = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

const tally = (cells: readonly number[], size: number): number[] => {
  const counts = new Array<number>(size).fill(0)
  for (const cell of cells) counts[cell] = (counts[cell] ?? 0) + 1
  return counts
}

describe('a pseudonym', () => {
  const transform: ValueTransform = { kind: 'pseudonym' }

  it('is 22 characters, one for a value, whoever the patient and whatever the row', () => {
    const apply = compile(transform)
    expect(apply('MRN 1', 'a')).toMatch(/^[\w-]{22}$/)
    expect(apply('MRN 1', 'a')).toBe(compile(transform)('MRN 1', 'b'))
    expect(new Set(PATIENTS.map((value) => apply(value, ''))).size).toBe(PATIENTS.length)
  })

  it('of the same value under the same key is another in another export, and in another column', () => {
    const contexts = [{}, { exportId: 'export 2' }, { column: 'y' }, { key: keyOf('two') }]
    expect(new Set(contexts.map((more) => compile(transform, more)('MRN 1', ''))).size).toBe(4)
  })

  it('cannot be made without a key of 32 bytes, or without an export to belong to', () => {
    for (const more of [{ key: null }, { key: new Uint8Array(31) }, { exportId: '' }])
      expect(() => compile(transform, more)).toThrow(expect.objectContaining({ code: 'bad-key' }))
  })

  it('takes a column of any name', () => {
    expect(compile(transform, { column: 'x'.repeat(5000) })('a', '')).toMatch(/^[\w-]{22}$/)
  })
})

describe('a date shift', () => {
  const DAYS = 8
  const offsetOf = (patient: string, more: Partial<TransformContext> = {}, date = '2020-03-01'): number => {
    const shifted = compile({ kind: 'date-shift', days: DAYS }, more)(date, patient) ?? ''
    return (dayNumberOf(shifted) ?? Number.NaN) - (dayNumberOf(date) ?? Number.NaN)
  }
  /** 0 to 2 * DAYS - 1 */
  const cellOf = (offset: number): number => (offset < 0 ? offset + DAYS : offset + DAYS - 1)
  const offsets = PATIENTS.map((patient) => offsetOf(patient))

  it('is never 0 and never beyond its days', () => {
    expect([...new Set(offsets)].toSorted((a, b) => a - b)).toEqual([
      -8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8,
    ])
    expect(
      new Set(
        PATIENTS.map((patient) =>
          Number(compile({ kind: 'date-shift', days: 1 })('2020-01-02', patient)?.slice(-2)),
        ),
      ),
    ).toEqual(new Set([1, 3]))
  })

  it('is as likely to be one offset as another', () => {
    // 15 degrees of freedom: 37.7 is passed by chance once in a thousand.
    expect(chiSquare(tally(offsets.map(cellOf), 2 * DAYS))).toBeLessThan(37.7)
  })

  it('of one patient tells nothing of the next one, however alike their names are', () => {
    const pairs = offsets.slice(1).map((offset, at) => cellOf(offsets[at] ?? 0) * 2 * DAYS + cellOf(offset))
    // 255 degrees of freedom: 330.5 is passed by chance once in a thousand.
    expect(chiSquare(tally(pairs, 4 * DAYS * DAYS))).toBeLessThan(330.5)
  })

  it('in one export tells nothing of that in another, under another key or of another span', () => {
    for (const more of [{ exportId: 'export 2' }, { key: keyOf('two') }]) {
      const pairs = PATIENTS.map(
        (patient, at) => cellOf(offsets[at] ?? 0) * 2 * DAYS + cellOf(offsetOf(patient, more)),
      )
      expect(chiSquare(tally(pairs, 4 * DAYS * DAYS))).toBeLessThan(330.5)
    }
  })

  it('is one for all dates and columns of a patient: what lies between them stays true', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.integer({ min: 0, max: 20_000 }), (at, day) => {
        const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
        expect(offsetOf(`patient ${at}`, { column: 'y' }, date)).toBe(offsets[at])
      }),
    )
  })

  it('does not depend on which patient came before', () => {
    const apply = compile({ kind: 'date-shift', days: DAYS })
    const order = ['a', 'b', 'a', 'a', 'c', 'b']
    expect(order.map((patient) => apply('2020-01-01', patient))).toEqual(
      order.map((patient) => compile({ kind: 'date-shift', days: DAYS })('2020-01-01', patient)),
    )
  })

  it('keeps the time of day, and crosses months, years and leap days', () => {
    const apply = compile({ kind: 'date-shift', days: 365 })
    const offset = (dayNumberOf(apply('2020-02-29', 'a') ?? '') ?? 0) - (dayNumberOf('2020-02-29') ?? 0)
    const shifted = new Date(Date.UTC(2019, 11, 31 + offset)).toISOString().slice(0, 10)
    expect(apply('2019-12-31T23:59:59.5Z', 'a')).toBe(`${shifted}T23:59:59.5Z`)
  })

  it('refuses what is no whole date, and a date that would leave the calendar', () => {
    const apply = compile({ kind: 'date-shift', days: 1 })
    for (const value of ['2020', '2020-02', '2020-02-30', '2020-01-01 noon', '2020-01-01T25:00'])
      expect(() => apply(value, 'a')).toThrow(expect.objectContaining({ code: 'bad-value' }))
    const later = PATIENTS.find((patient) => apply('2020-01-01', patient) === '2020-01-02') ?? ''
    expect(() => apply('9999-12-31', later)).toThrow('1 to 9999')
  })
})

describe('a perturbed number', () => {
  const transform: ValueTransform = { kind: 'perturb', scale: 3 }

  it('is the same in every row of the patient, so that no average tells the true one', () => {
    const apply = compile(transform)
    expect(apply('50', 'a')).toBe(compile(transform)('50', 'a'))
    expect(apply('50', 'a')).toBe(Number(apply('50.0', 'a')).toFixed())
  })

  it('has other noise for another patient, column and export', () => {
    const noiseOf = (more: Partial<TransformContext>): string =>
      PATIENTS.slice(0, 50)
        .map((patient) => compile(transform, more)('50', patient))
        .join()
    expect(new Set([{}, { column: 'y' }, { exportId: 'export 2' }].map(noiseOf)).size).toBe(3)
    expect(
      new Set(PATIENTS.slice(0, 50).map((patient) => compile(transform)('50', patient))).size,
    ).toBeGreaterThan(5)
  })

  it("has Laplace's distribution of that scale around the true one", () => {
    const apply = compile(transform)
    const noise = PATIENTS.map((patient) => Number(apply('50.000000', patient)) - 50)
    // The quartiles of Laplace's distribution lie at -scale ln 2 and scale ln 2: a quarter of all in each
    // part.
    const part = (value: number): number => (value < 0 ? 0 : 2) + (Math.abs(value) < 3 * Math.LN2 ? 0 : 1)
    // 3 degrees of freedom: 16.3 is passed by chance once in a thousand.
    expect(chiSquare(tally(noise.map(part), 4))).toBeLessThan(16.3)
    const spread = noise.reduce((sum, value) => sum + Math.abs(value), 0) / noise.length
    expect(Math.abs(spread - 3)).toBeLessThan(0.2)
  })

  it('has no more digits than the true one had, and never leaves its bounds', () => {
    const apply = compile({ kind: 'perturb', scale: 40, minimum: 0, maximum: 99.95 })
    for (const patient of PATIENTS.slice(0, 500)) {
      expect(apply('50', patient)).toMatch(/^(\d\d?|99\.95)$/)
      const fraction = apply('50.5', patient) ?? ''
      expect(fraction).toMatch(/^\d\d?(\.\d)?$|^99\.95$/)
      expect(Number(fraction)).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('a substitute', () => {
  const values = ['Ada', 'Ada', 'Ada', 'Bea', 'Cleo']

  it('is never the true value, and the same for one patient and value', () => {
    const apply = compile({ kind: 'substitute', values })
    for (const patient of PATIENTS.slice(0, 200)) {
      expect(['Bea', 'Cleo']).toContain(apply('Ada', patient))
      expect(apply('Ada', patient)).toBe(apply('Ada', patient))
    }
  })

  it('is drawn as often as the list has it', () => {
    const apply = compile({ kind: 'substitute', values })
    const drawn = PATIENTS.map((patient) => apply('Zoe', patient))
    const share = drawn.filter((value) => value === 'Ada').length / drawn.length
    expect(Math.abs(share - 0.6)).toBeLessThan(0.03)
  })

  it('is another in another export', () => {
    const drawn = (exportId: string): string =>
      PATIENTS.slice(0, 100)
        .map((patient) => compile({ kind: 'substitute', values }, { exportId })('Zoe', patient))
        .join()
    expect(drawn('export 2')).not.toBe(drawn('export 1'))
  })

  it('needs two values to choose from', () => {
    expect(() => compile({ kind: 'substitute', values: ['Ada', 'Ada'] })).toThrow(
      expect.objectContaining({ code: 'bad-plan' }),
    )
  })
})

describe('draws by key', () => {
  it('stay below the bound and reach all of it', () => {
    const key = exportKey('perturb', context, null)
    for (const bound of [1, 2, 3, 7]) {
      const drawn = new Set(Array.from({ length: 200 }, (_, at) => drawBelow(key, bound, [at])))
      expect([...drawn].toSorted((a, b) => a - b)).toEqual(Array.from({ length: bound }, (_, at) => at))
    }
  })

  it('never take two lists of parts for one', () => {
    const key = exportKey('perturb', context, null)
    const lists = [['a', 'b'], ['ab'], ['a,b'], ['a', '', 'b'], ['a"b'], ['a', 'b', '']]
    expect(new Set(lists.map((parts) => drawBelow(key, 2 ** 31, parts))).size).toBe(lists.length)
  })
})
