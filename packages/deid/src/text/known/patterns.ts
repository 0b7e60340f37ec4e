import { lexicon } from '../lexicon.ts'
import type { ScrubCategory } from '../spans.ts'
import { viewOf } from '../view.ts'
import { addressParts } from './address-parts.ts'
import { dateForms } from './date-forms.ts'
import { squeeze } from './squeeze.ts'
import type { KnownKind, KnownValues, Pattern, Stance } from './values.ts'

const LONG = 8
const SHORT = 4
const SHORTEST = 2
/** Of a telephone number: what is left of it without country and area, and with less and less of a prefix. */
const PHONE_ENDS = [10, 9, 8, 7]

/** Written without spaces between words, so a boundary can't be asked for. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const stanceOf = (text: string): Stance =>
  text.length >= LONG || SPACELESS.test(text) ? 'anywhere' : text.length >= SHORT ? 'word' : 'tight'

const CATEGORIES: Readonly<Record<KnownKind, ScrubCategory>> = {
  names: 'NAME',
  addresses: 'ADDRESS',
  organizations: 'ORGANIZATION',
  phones: 'PHONE',
  emails: 'EMAIL',
  urls: 'URL',
  ids: 'ID',
  dates: 'DATE',
}

/** Not parts of anybody's name, though they are written with it. */
const APART =
  /^(?:(?:[Mm]rs?|M[RS]S?|[Mm]s|Mx|Miss|[Dd]r|DR|Prof|[JjSs]r|[JS]R)\.?|II|III|IV|M\.?D\.?|Ph\.?D\.?|R\.?N\.?|Esq\.?|DDS)$/

/** The words of a name, the words of double names, and without the digits that synthetic names end in. */
const nameParts = (name: string): string[] => {
  const words = name.split(/[\s,]+/).filter((word) => !APART.test(word))
  return [
    ...words,
    ...words.flatMap((word) => word.split(/\p{Pd}/u)),
    ...words.map((word) => word.replace(/\d+$/, '')),
  ]
}

/** The first letters of all words of names, in lower case. */
export const initialLetters = (known: KnownValues): ReadonlySet<string> =>
  new Set(
    (known.names ?? []).flatMap((name) =>
      name.split(/[\s,\p{Pd}]+/u).map((word) => squeeze(word).slice(0, 1)),
    ),
  )

const initialsOf = (name: string): string[] => {
  const letters = name
    .split(/[\s,\p{Pd}]+/u)
    .filter((word) => !APART.test(word))
    .map((word) => squeeze(word).slice(0, 1))
    .join('')
  return letters.length >= SHORTEST &&
    !lexicon().isAbbreviation(letters) &&
    !lexicon().functionWords.has(letters)
    ? [letters]
    : []
}

const digitsOf = (value: string): string => squeeze(value).replace(/\D+/g, '')

const formsOf: Readonly<Record<KnownKind, (value: string) => string[]>> = {
  names: (value) => {
    const words = value.split(/[\s,]+/)
    return [
      value,
      [...words].reverse().join(' '),
      `${words.at(-1) ?? ''} ${words.slice(0, -1).join(' ')}`,
      ...nameParts(value),
    ]
  },
  addresses: addressParts,
  organizations: (value) => [value, value.replace(/[,\s]+(?:inc|llc|ltd|corp|co|gmbh|plc)\.?$/i, '')],
  phones: (value) => {
    const digits = digitsOf(value.replace(/(?:x|ext).*$/i, ''))
    return [
      digits,
      digitsOf(value),
      ...PHONE_ENDS.filter((end) => end < digits.length).map((end) => digits.slice(-end)),
    ]
  },
  emails: (value) => [
    value,
    value.slice(0, Math.max(0, value.lastIndexOf('@'))),
    ...value
      .replace(/@.*$/, '')
      .split(/[._+-]/)
      .filter((part) => part.length >= SHORT),
  ],
  urls: (value) => [value, value.replace(/^\w{2,8}:\/\/(?:www\.)?/i, '').replace(/\/+$/, '')],
  ids: (value) => {
    const digits = digitsOf(value)
    const bare = digits.replace(/^0+/, '')
    return [value, ...[digits, bare].filter((form) => form.length > SHORT)]
  },
  dates: dateForms,
}

/**
 * Forms are compared by their letters and digits: of what stands between them no more than this is needed,
 * and expressions that try each place of a long run would take the square of it.
 */
const shortRuns = (value: string): string => value.replace(/[^\p{L}\p{N}]{9,}/gu, (run) => run.slice(0, 8))

/**
 * All forms of the known values in which they are looked for, each once. What has fewer than two characters
 * is not looked for, nor are numbers of fewer than four digits that are parts of an address.
 */
export const patternsOf = (known: KnownValues): Pattern[] => {
  const patterns = new Map<string, Pattern>()
  const add = (text: string, category: ScrubCategory, stance: Stance): void => {
    if (Array.from(text).length < SHORTEST) return
    const before = patterns.get(text)
    if (before === undefined || before.stance === 'capitals') patterns.set(text, { text, category, stance })
  }
  const each = (kind: KnownKind, use: (value: string) => void): void => {
    for (const value of known[kind] ?? []) use(shortRuns(value))
  }
  for (const kind of [
    'names',
    'ids',
    'phones',
    'emails',
    'urls',
    'addresses',
    'organizations',
    'dates',
  ] as const)
    each(kind, (value) => {
      for (const form of formsOf[kind](value)) {
        const text = squeeze(form)
        if (text.length < SHORT && kind === 'addresses') {
          if (/^\p{Lu}{2,3}$/u.test(viewOf(form.trim()).text)) add(text, 'LOCATION', 'capitals')
          if (/\d/.test(text)) continue
        }
        if (text.length < SHORT && kind !== 'names' && kind !== 'ids' && kind !== 'addresses') continue
        if (text.length < SHORT && kind === 'addresses' && !SPACELESS.test(text)) continue
        add(text, CATEGORIES[kind], stanceOf(text))
      }
    })
  each('names', (value) => {
    for (const initials of initialsOf(value)) add(initials, 'NAME', 'capitals')
  })
  return [...patterns.values()]
}
