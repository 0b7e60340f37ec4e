import type { ClaimedText } from '../claimed-text.ts'

/** A run of groups of digits with what people write between them. At most 28 characters, so linear. */
const CANDIDATE =
  /(?<![\p{L}\p{N}.,/:$€£-])(?:\+ ?|00)?\(?\d[\d ()./-]{3,26}\d(?: ?(?:x|ext\.?|extension|#) ?\d{1,6})?(?![\p{L}\p{N}%]|[.,]\d)/giu
const CUE =
  /(?:phone|telephone|tel|mobile|cell|cellular|fax|facsimile|pager|beeper|call|called|text|texted|dial|contact|reach|reached|whatsapp|sms|voicemail|extension|ext|desk|work|home|office|answering|registered|number|messages)[\p{L} .:#@'(]{0,16}$/iu
const EXTENSION = /(?:x|ext\.?|extension|#) ?\d{1,6}$/i

const FEWEST = 7
const MOST = 15

/**
 * ITU-T E.164 allows fifteen digits. How they are grouped tells a number to call from ranges, counts and
 * dates.
 */
const isPhone = (written: string, cued: boolean): boolean => {
  const number = written.replace(EXTENSION, '').trim()
  const groups = number.match(/\d+/g) ?? []
  const digits = groups.join('').length
  if (digits > MOST || digits < (cued ? 5 : FEWEST)) return false
  if (cued || number.startsWith('+') || number.startsWith('00') || EXTENSION.test(written)) return true
  const separators = number.replace(/\d+/g, ' ').replace(/[()]/g, '').trim()
  const sizes = groups.map((group) => group.length)
  const first = groups[0] ?? ''
  if (number.includes('(')) return true
  if (number.includes('/')) return groups.length === 2 && first.startsWith('0') && first.length > 2
  if (number.includes('.'))
    return !/[ -]/.test(number) && groups.length >= 3 && sizes.every((size) => size >= 2)
  if (groups.length === 1) return digits === 10 || digits === 11
  if (first.startsWith('0') && first.length > 1) return sizes.slice(1).every((size) => size >= 2)
  if (separators.includes('-') || number.includes('-'))
    return groups.length === 2
      ? sizes[0] === 3 && sizes[1] === 4
      : sizes.every((size, index) => size >= 2 || index === 0)
  // Groups of one digit are counts; three short groups are vital signs.
  return (
    sizes.every((size, index) => size >= 2 || (index === 0 && digits >= 10)) &&
    (digits >= 8 || groups.length === 2) &&
    (sizes[0] ?? 0) <= 4
  )
}

/** The longest beginning of a candidate that is a telephone number: a house number may follow it. */
const phoneIn = (written: string, cued: boolean): number => {
  for (let end = written.length; end > 0; ) {
    const candidate = written.slice(0, end)
    if (isPhone(candidate, cued)) return end
    const cut = candidate.search(/[ ()./-]+\(?\d+$/)
    if (cut <= 0) return 0
    end = cut
  }
  return 0
}

/** Telephone and fax numbers of many countries, with and without a word that says so. */
export const claimPhones = ({ text, claims }: ClaimedText): void => {
  for (const match of text.matchAll(CANDIDATE)) {
    const { index } = match
    const length = phoneIn(match[0], CUE.test(text.slice(Math.max(0, index - 32), index)))
    const open = match[0].startsWith('(') && !match[0].slice(0, length).includes(')') ? 1 : 0
    if (length > 0) claims.claim(index + open, index + length, 'PHONE')
  }
}
