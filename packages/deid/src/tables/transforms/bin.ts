import { numberOf } from '../table/number.ts'
import { bandLabel, bandOf, bandStart } from './band.ts'
import { type Apply, badValue } from './context.ts'

/** Bands of one width: "[10, 20)" holds 10 and not 20. Throws `bad-value` for what is no number. */
export const bin =
  (width: number, origin: number, column: string): Apply =>
  (value) => {
    const number = numberOf(value)
    if (number === null) throw badValue(column, 'a number, as bin needs it')
    const index = bandOf(number, origin, width)
    return bandLabel(bandStart(index, origin, width), bandStart(index + 1, origin, width))
  }
