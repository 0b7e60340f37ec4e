/*
 * Differences of digamma and of log gamma, by their asymptotic series (Abramowitz and Stegun 6.3.18, 6.1.41)
 * after climbing to where those are exact to a double. As differences, because the functions themselves would
 * lose all digits for large arguments.
 */

/** From here the series below are good to 1e-15. */
const LARGE = 24

/** 1/x + 1/(x + 1) + … of `terms` terms = digamma(x + terms) - digamma(x). x above 0. */
export const harmonicSum = (x: number, terms: number): number => {
  let sum = 0
  let from = x
  let left = terms
  for (; left > 0 && (from < LARGE || left < 8); from++, left--) sum += 1 / from
  if (left === 0) return sum
  const to = from + left
  const square = (value: number) => 1 / (value * value)
  const tail = (r: number) => r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r / 240)))
  return sum + Math.log1p(left / from) - (1 / to - 1 / from) / 2 - (tail(square(to)) - tail(square(from)))
}

/** ln(gamma(x + shift) / gamma(x)), for x and x + shift above 0 and a shift of -1 to 1. */
export const logGammaShift = (x: number, shift: number): number => {
  let climbed = 0
  let from = x
  for (; from < LARGE; from++) climbed += Math.log(from / (from + shift))
  const tail = (value: number) => {
    const r = 1 / (value * value)
    return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / value
  }
  const to = from + shift
  return (
    climbed + (from - 0.5) * Math.log1p(shift / from) + shift * Math.log(to) - shift + tail(to) - tail(from)
  )
}
