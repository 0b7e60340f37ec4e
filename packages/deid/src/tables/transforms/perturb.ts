import type { Transform } from '../format/plan.ts'
import { numberOf } from '../table/number.ts'
import { type Apply, badValue, type TransformContext } from './context.ts'
import { drawUnit, exportKey } from './export-key.ts'

/** The inverse of Laplace's distribution function with this scale, for a number strictly between 0 and 1. */
const laplace = (unit: number, scale: number): number => {
  const half = unit - 0.5
  return -scale * Math.sign(half) * Math.log1p(-2 * Math.abs(half))
}

/** More would print digits that a number of its size doesn't have. */
const MAX_DECIMALS = 12

/** As written: "50.0" has one, "50" none. */
const decimalsOf = (text: string): number => {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const fraction = mantissa.split('.')[1]?.length ?? 0
  return Math.min(MAX_DECIMALS, Math.max(0, fraction - Number(exponent)))
}

/**
 * The number with Laplace noise, to as many decimals as it had: whole numbers stay whole, and no low digits
 * of the noise are left that could tell the number (Mironov 2012). The noise hangs on patient, column and
 * number alone: the same number of a patient shown in many rows has one noise, which no average takes away.
 * Throws `bad-value` for what is no number.
 */
export const perturb = (
  { scale, minimum, maximum }: Extract<Transform, { kind: 'perturb' }>,
  context: TransformContext,
): Apply => {
  const key = exportKey('perturb', context, context.column)
  const [least, most] = [minimum ?? Number.NEGATIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY]
  return (value, patient) => {
    const number = numberOf(value)
    if (number === null) throw badValue(context.column, 'a number, as perturb needs it')
    const noisy = number + laplace(drawUnit(key, [patient, number]), scale)
    const rounded = Number(noisy.toFixed(decimalsOf(value)))
    // Adding 0 makes of -0 a plain 0.
    return String(Math.min(most, Math.max(least, rounded)) + 0)
  }
}
