import { describe, expect, it } from 'vitest'
import type { KnownValues } from './known/values.ts'
import { createScrubber } from './scrubber.ts'

const { scrub } = createScrubber()
const MEGABYTE = 1_000_000
/** Long enough: what takes the square of it would not end either. */
const SHORTER = 100_000

/**
 * Inputs on which an expression that backtracks, or a rule that looks at all pairs, would need hours. They
 * finish, which is the test; each says besides what must have become of it.
 */
const filled = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length))

describe('a text of one thing is scrubbed in linear time', () => {
  it.each([
    ['letters', 'a', '[NAME]'],
    ['digits', '7', '[ID]'],
    ['spaces', ' ', ' '],
    ['at signs', '@', '@'],
    ['nested quotes', '("', '("'],
  ])('a megabyte of %s', (_, unit, part) => {
    expect(scrub(filled(unit, MEGABYTE)).text.includes(part)).toBe(true)
  })

  it.each([
    ['names', 'Kowalczyk ', '[NAME]'],
    ['titles', 'Mr. ', ''],
    ['half addresses', 'a@', ''],
    ['hosts', 'a.', ''],
    ['lines', 'a\n', 'a'],
    ['stars', '*', '*'],
    ['spaced digits', '1 ', ''],
    ['hyphened digits', '12-', ''],
    ['slashes', '1/', ''],
    ['colons', 'ab:', ''],
    ['letters and digits', 'x1', ''],
    ['house numbers', '12 Oak ', ''],
    ['streets', 'Oak Street ', '[ADDRESS]'],
    ['corners', 'the corner of ', ''],
    ['labels', 'Name: ', ''],
    ['joiners', 'a\u200d', '[NAME]'],
    ['accents', 'e\u0301', '[NAME]'],
    ['companies', 'A Inc ', ''],
  ])('much of %s', (_, unit, part) => {
    expect(scrub(filled(unit, SHORTER)).text.includes(part)).toBe(true)
  })

  it.each([' ', ',', ' ,'])('with known values that hold a long run of “%s”', (unit) => {
    const run = filled(unit, SHORTER)
    const known: KnownValues = {
      addresses: [`Lindqvist${run}Kowalczyk`],
      organizations: [`Lindqvist${run}Kowalczyk`],
      names: [`Ada${run}Quince`],
      phones: [`555-0100${run}x`],
    }
    expect(scrub('Seen by Ada Quince.', known).text).toBe('Seen by [NAME].')
  })

  it.each([
    ['one letter', filled('a', SHORTER)],
    ['one letter, spaced', filled('a ', SHORTER)],
    ['a name', filled('Anna Lindqvist ', SHORTER)],
  ])('with known values that begin alike: %s', (_, text) => {
    const known: KnownValues = {
      names: ['a'.repeat(3000), 'aa', 'aaa', 'aaaa', 'aaaaaaaa', 'Anna Lindqvist'],
      ids: ['a'.repeat(9), 'aaaaa'],
    }
    expect(scrub(text, known).text).toContain('[NAME]')
  })
})
