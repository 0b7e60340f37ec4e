import { hasExactlyKeys, isPlainObject } from './json.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const KEYS = ['process', 'number', 'settled', 'void']

/** Whether it is an `EntryWriter`: nothing is settled that was not given out before it. */
export const isWriter = (value: unknown): boolean => {
  if (!isPlainObject(value) || !hasExactlyKeys(value, KEYS)) return false
  const { process, number, settled, void: ranges } = value
  return (
    typeof process === 'string' &&
    UUID.test(process) &&
    isWithin(number, 1, Number.MAX_SAFE_INTEGER) &&
    isWithin(settled, 0, number - 1) &&
    areRanges(ranges, number)
  )
}

const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most

/** Ascending, apart from each other, and below `number`. */
const areRanges = (ranges: unknown, number: number): boolean => {
  if (!Array.isArray(ranges)) return false
  let least = 1
  for (const range of ranges) {
    if (!Array.isArray(range) || range.length !== 2) return false
    const [first, last]: unknown[] = range
    if (!isWithin(first, least, number - 1) || !isWithin(last, first, number - 1)) return false
    least = last + 2
  }
  return true
}
