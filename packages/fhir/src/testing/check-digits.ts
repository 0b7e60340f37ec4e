/** The dihedral group of order 10, and the permutation of Verhoeff's scheme. */
const multiply = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b) % 5) + 5 : (a - b + 5) % 5
const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
const permute = (digit: number, times: number): number =>
  times === 0 ? digit : permute(PERMUTATION[digit] ?? Number.NaN, times - 1)

/** SNOMED CT identifiers end in a Verhoeff check digit: Release File Specification, section 5.5. */
export const isSnomed = (code: string): boolean =>
  /^\d{6,18}$/.test(code) &&
  [...code].reverse().reduce((sum, digit, place) => multiply(sum, permute(Number(digit), place % 8)), 0) === 0

/** LOINC codes end in a mod 10 check digit: LOINC Users' Guide, "LOINC check digit". */
export const isLoinc = (code: string): boolean => {
  const [, body, check] = /^(\d{1,7})-(\d)$/.exec(code) ?? []
  if (body === undefined) return false
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}
