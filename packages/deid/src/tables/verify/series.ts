/*
 * Long sums of 1 / x^k by their first terms and, for the rest, the midpoint form of Euler and Maclaurin's
 * formula: the integral from half a step before to half a step after, less its derivatives' differences / 24,
 * …
 */

/** So many terms are added one by one; the corrections of the rest are then below 1e-16. */
const DIRECT = 64

/** 1/x + 1/(x + 1) + … , `terms` of them; x above 0. */
export const sumOfInverses = (x: number, terms: number): number => {
  let sum = 0
  const direct = Math.min(terms, DIRECT)
  for (let at = 0; at < direct; at++) sum += 1 / (x + at)
  const rest = terms - direct
  if (rest <= 0) return sum
  const a = x + direct - 0.5
  const b = a + rest
  const term = (power: number) => b ** -power - a ** -power
  return sum + Math.log1p(rest / a) + term(2) / 24 - (7 / 960) * term(4) + (31 / 8064) * term(6)
}

/** Beyond this the fourth power of c / x no longer counts. */
const FAR = 8192

/** ln of the product of (1 - c / x), (1 - c / (x + 1)), … , `terms` of them; 0 <= c < x. */
export const logOfProduct = (x: number, terms: number, c: number): number => {
  let sum = 0
  const direct = Math.min(terms, Math.max(0, FAR - Math.floor(x)))
  for (let at = 0; at < direct; at++) sum += Math.log1p(-c / (x + at))
  const rest = terms - direct
  if (rest <= 0) return sum
  const a = x + direct - 0.5
  const b = a + rest
  const squares = rest / (a * b)
  const cubes = (squares * (1 / a + 1 / b)) / 2
  return sum - c * sumOfInverses(x + direct, rest) - (c * c * squares) / 2 - (c * c * c * cubes) / 3
}
