/** The multiplication table of the dihedral group D5, row by row (Verhoeff 1969). */
const MULTIPLY = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
]
const PERMUTE = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]

/**
 * True where the last digit is the Verhoeff check digit of those before it (SNOMED CT Release File Spec,
 * 6.3).
 */
export const isVerhoeffValid = (digits: string): boolean => {
  let check = 0
  for (let position = 0; position < digits.length; position++) {
    const digit = Number(digits[digits.length - 1 - position])
    check = Number(MULTIPLY[check]?.[Number(PERMUTE[position % 8]?.[digit])])
  }
  return check === 0
}

/**
 * True where the last digit is the mod 10 check digit of those before it (LOINC Users' Guide, appendix on
 * check digits).
 */
export const isMod10Valid = (digits: string): boolean => {
  let sum = 0
  for (let position = 0; position < digits.length; position++) {
    const digit = Number(digits[digits.length - 1 - position])
    const weighted = position % 2 === 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}
