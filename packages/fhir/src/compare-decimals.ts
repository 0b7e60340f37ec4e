/** Above these no amount is compared: what is sent may have an exponent that no memory holds. */
const MOST_DIGITS = 400

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,5}))?$/

/** A decimal as a whole number of units of 10^-scale. */
const unitsOf = (digits: string): { readonly units: bigint; readonly scale: number } | null => {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(digits) ?? []
  if (sign === undefined || whole.length + fraction.length > MOST_DIGITS) return null
  const scale = fraction.length - Number(exponent)
  if (Math.abs(scale) > MOST_DIGITS) return null
  const units = BigInt(`${sign}${whole}${fraction}`)
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale }
}

/**
 * Compares two decimals by their digits, so that no cent is lost to a double: below 0 where `a` is less,
 * above where it is more. Null where one is no number of JSON (RFC 8259 section 6), or too long for an
 * amount.
 */
export const compareDecimals = (a: string, b: string): number | null => {
  const [one, other] = [unitsOf(a), unitsOf(b)]
  if (one === null || other === null) return null
  const scale = Math.max(one.scale, other.scale)
  const at = ({ units, scale: own }: typeof one) => units * 10n ** BigInt(scale - own)
  const [left, right] = [at(one), at(other)]
  return left < right ? -1 : left > right ? 1 : 0
}
