import { digitsOf } from '@chartward/policy'

const PLAIN = /^(-?)(\d+)(\.\d+)?$/

/** Digits in groups of three from the right. */
const grouped = (digits: string): string => {
  const groups: string[] = []
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end))
  return groups.join(',')
}

/**
 * A number as exact as it was sent, in groups: "0.004", "1.50", "12,345,678,901,234,567,890". One with an
 * exponent stands as it was written. Null for what is no number.
 */
export const numberText = (value: unknown): string | null => {
  const digits = digitsOf(value)
  if (digits === null) return null
  const [, sign, whole, fraction] = PLAIN.exec(digits) ?? []
  return whole === undefined ? digits : `${sign}${grouped(whole)}${fraction ?? ''}`
}

/** How many decimals a currency is written with: https://www.iso.org/iso-4217-currency-codes.html */
const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().minimumFractionDigits ?? 0

/**
 * An amount with its currency: "$129.16", and with more decimals where it was sent with more. Without a
 * currency that is known it is a number beside whatever the currency was called: none is taken for granted.
 */
export const amountText = (value: unknown, currency: string | null): string | null => {
  const text = numberText(value)
  if (text === null || currency === null) return text
  if (!/^[A-Z]{3}$/.test(currency) || !PLAIN.test(text.replaceAll(',', ''))) return `${text} ${currency}`
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const shown = fraction.padEnd(decimalsOf(currency), '0')
  const symbol = new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 })
    .format(0)
    .replace('0', '')
  return `${text.startsWith('-') ? '-' : ''}${symbol}${whole}${shown === '' ? '' : `.${shown}`}`
}
