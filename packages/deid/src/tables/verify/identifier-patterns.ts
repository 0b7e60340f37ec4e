import type { FindingCode } from './finding.ts'

/** Digits and signs in another width or another hyphen are read by people as the same. */
const plainly = (text: string): string => text.normalize('NFKC').replace(/[\u2010-\u2015\u2212]/g, '-')

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const HEX = '[0-9a-f]{1,4}'

/**
 * Every expression is linear in the text: each of its repetitions has an end, or begins at a sign that is
 * looked for.
 */
const PATTERNS: readonly (readonly [FindingCode, readonly RegExp[]])[] = [
  ['email', [/[\p{L}\p{N}._%+-]@[\p{L}\p{N}-]{1,63}\.[\p{L}\p{N}]{2}/u]],
  ['ssn', [/(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/, /(?<![\w.])\d{3} \d{2} \d{4}(?![\w.])/]],
  [
    'phone',
    [
      /(?<![\w.])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\w)/,
      /\+\d{1,3}(?:[ .()-]{0,2}\d){7,14}(?!\d)/,
    ],
  ],
  ['url', [/(?<![a-z])[a-z][a-z0-9+.-]{1,20}:\/\//i, /(?<!\w)www\.\w/i]],
  [
    'ip-address',
    [
      new RegExp(`(?<![\\w.])(?:${OCTET}\\.){3}${OCTET}(?!\\w|\\.\\d)`),
      new RegExp(`(?<![\\w:])(?:${HEX}:){7}${HEX}(?![\\w:])`, 'i'),
      new RegExp(`(?<![\\w:])(?:${HEX}(?::${HEX}){0,6})?::${HEX}(?::${HEX}){0,6}(?![\\w:])`, 'i'),
    ],
  ],
]

/**
 * Ten digits in a row are a telephone number where words may stand, and may be anything among codes and
 * numbers.
 */
const BARE_PHONE = /(?<!\d)[2-9]\d{2}[2-9]\d{6}(?!\d)/

/**
 * The kinds of direct identifiers that a text shows by its form: 45 CFR 164.514(b)(2)(i)(D) to (G), (N), (O).
 */
export const identifiersIn = (text: string, mayHoldWords: boolean): readonly FindingCode[] => {
  const plain = plainly(text)
  const found = PATTERNS.flatMap(([code, patterns]) =>
    patterns.some((pattern) => pattern.test(plain)) ? [code] : [],
  )
  return mayHoldWords && !found.includes('phone') && BARE_PHONE.test(plain) ? [...found, 'phone'] : found
}
