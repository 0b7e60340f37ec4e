import { numberOf } from '../table/number.ts'
import { type Apply, badValue } from './context.ts'

/**
 * Numbers above `above` become one group "> above"; `above` itself stays. Throws `bad-value` for what is no
 * number.
 */
export const topCode =
  (above: number, column: string): Apply =>
  (value) => {
    const number = numberOf(value)
    if (number === null) throw badValue(column, 'a number, as top-code needs it')
    return number > above ? `> ${above}` : value
  }
