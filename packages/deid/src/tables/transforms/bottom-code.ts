import { numberOf } from '../table/number.ts'
import { type Apply, badValue } from './context.ts'

/**
 * Numbers below `below` become one group "< below"; `below` itself stays. Throws `bad-value` for what is no
 * number.
 */
export const bottomCode =
  (below: number, column: string): Apply =>
  (value) => {
    const number = numberOf(value)
    if (number === null) throw badValue(column, 'a number, as bottom-code needs it')
    return number < below ? `< ${below}` : value
  }
