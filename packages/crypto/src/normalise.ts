/**
 * Normal forms for blind indexes: two spellings that a person would call the same give one token. A change
 * to any of these is a new index version, since stored tokens no longer match.
 */

/**
 * Latin letters whose stroke or ligature is no combining mark, so that decomposition leaves them as they are.
 */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ŧ', 't'],
])

/**
 * A name: NFKC, case folded, accents stripped, only letters and digits. `O’Brien-Łukasz 3` is
 * `obrienlukasz3`.
 */
export const normaliseName = (name: string): string => {
  const folded = foldCase(name.normalize('NFKC'))
  const bare = folded.normalize('NFKD').replace(/\p{M}+/gu, '')
  const plain = foldCase(bare).replace(/[æœøłđðþħŧ]/g, (letter) => PLAIN_LETTERS.get(letter) ?? letter)
  return plain.replace(/[^\p{L}\p{N}]+/gu, '').normalize('NFC')
}

/** An identifier such as an MRN, SSN or policy number: NFKC, upper case, only letters and digits. */
export const normaliseIdentifier = (value: string): string =>
  value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .normalize('NFC')

/** A phone number: its ASCII digits, full-width ones included. Country codes are kept as written. */
export const normaliseDigits = (value: string): string => value.normalize('NFKC').replace(/[^0-9]+/g, '')

/** An e-mail address: NFKC, trimmed, lower case. Dots and `+tags` count, as they do for many servers. */
export const normaliseEmail = (value: string): string =>
  value.normalize('NFKC').trim().toLowerCase().normalize('NFKC')

/**
 * Unicode case folding by way of upper case (`ß` and `ss` meet there); final sigma would depend on
 * its neighbours.
 */
const foldCase = (text: string): string => text.toUpperCase().toLowerCase().replaceAll('ς', 'σ')
