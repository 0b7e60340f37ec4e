import { ExactNumber, numberOf } from '@chartward/policy'

/**
 * A number that measures something, with at most seven significant digits, and three from ten million up.
 * Safe Harbor lets results stay, but a number of eight digits or more may be a telephone, account or record
 * number put into the wrong place (category R), and no clinical result is known to more. One of no more
 * digits keeps them as they were sent: 1.50 stays 1.50.
 */
export const plainNumber = (value: unknown): number | ExactNumber | null => {
  const double = numberOf(value)
  if (double === null || !Number.isFinite(double)) return null
  if (value instanceof ExactNumber && Math.abs(double) < 1e7 && digitsIn(value) <= 7) return value
  return Number(double.toPrecision(Math.abs(double) < 1e7 ? 7 : 3))
}

/** How many digits are written of a number, an exponent's too, but zeros that only say how small it is. */
const digitsIn = ({ digits }: ExactNumber): number =>
  digits.replace(/^-?0*\.?0*(?=\d)/, '').replaceAll(/\D/g, '').length
