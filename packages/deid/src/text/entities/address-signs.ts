import { STREET_ENDING } from '../dictionaries/streets.ts'
import type { Claims } from '../spans.ts'
import type { Word } from '../words.ts'
import type { Reading } from './reading.ts'

const LONGEST_NUMBER = 6

export const isNumber = (word: Word | undefined): boolean =>
  word !== undefined && word.role === 'number' && word.end - word.start <= LONGEST_NUMBER

const isCodeNumber = (word: Word | undefined): boolean =>
  isNumber(word) && word !== undefined && word.end - word.start >= 4

/** A unit, a span of time or a count after a number makes it no house number. */
const COUNTED = new Set(
  `mg ml mcg g kg cm mm units unit years year yrs yr yo y months month weeks week days day hours hour hrs hr minutes min mins times x
  percent tablets tablet pills puffs drops doses lbs pounds feet ft inches pack packs beats bpm degrees people children kids more or`.split(
    /\s+/,
  ),
)

/** Told before to be a part of a date or an age. */
export const isTime = (claims: Claims, word: Word): boolean => {
  const category = claims.at(word.start)
  return category === 'DATE' || category === 'AGE'
}

export const isHouseNumber = ({ words, claims }: Reading, index: number): boolean => {
  const word = words[index]
  if (word === undefined || !isNumber(word) || claims.isProtected(word.start) || isTime(claims, word))
    return false
  const next = words[index + 1]
  return !(
    next !== undefined &&
    (next.gap === 'space' || next.gap === 'none' || next.gap === 'hyphen') &&
    COUNTED.has(next.word)
  )
}

export const onLine = (word: Word | undefined): boolean =>
  word !== undefined &&
  (word.gap === 'space' || word.gap === 'hyphen' || word.gap === 'dot' || word.gap === 'none')

/** `Suite 12`, `Apt. 4`, `P.O. Box 7`, `PSC 12`: small letters only for the words that mean nothing else. */
export const isUnit = (reading: Reading, index: number): boolean => {
  const { words, lexicon, casing } = reading
  const word = words[index]
  const next = words[index + 1]
  if (word === undefined || next === undefined || !lexicon.units.has(word.word)) return false
  if (!isNumber(next) && !(next.role === 'initial' && words[index + 2]?.role === 'number')) return false
  if (next.gap === 'line' || next.gap === 'comma') return false
  const only = ['apt', 'ste', 'suite', 'apartment', 'psc', 'postbox', 'postfach'].includes(word.word)
  return (
    only || (word.capital && casing === 'mixed') || (word.word === 'box' && words[index - 1]?.word === 'o')
  )
}

const MILITARY = new Set(['apo', 'fpo', 'dpo'])
const SHIPS = new Set(['usns', 'usnv', 'uss', 'uscgc', 'hms'])

const isMilitary = ({ words }: Reading, index: number): boolean => {
  const [word, next] = [words[index], words[index + 1]]
  if (word === undefined || next === undefined) return false
  return (
    (MILITARY.has(word.word) && ['aa', 'ae', 'ap'].includes(next.word)) ||
    (SHIPS.has(word.word) && word.shape === 'upper')
  )
}

const ORDINAL = /^(?:st|nd|rd|th)$/

/**
 * Where the number stands that names part from the kind of street: `12 Oak Grove`, `5th`; -1 where none does.
 */
export const numberBefore = (reading: Reading, index: number): number => {
  const { words, casing } = reading
  for (let at = index - 1; at >= 0 && index - at <= 5; at--) {
    const part = words[at]
    if (part === undefined) return -1
    if (part.role === 'number') return at < index - 1 && isHouseNumber(reading, at) ? at : -1
    const ordinal = part.gap === 'none' && ORDINAL.test(part.word)
    if (!ordinal && (part.functional || (casing === 'mixed' && !part.capital))) return -1
    if (!ordinal && !onLine(part)) return -1
  }
  return -1
}

/**
 * `12 Oak Grove Street`, `1600 Pennsylvania Ave NW`, `5th Avenue`, `Main Street`: a kind of street with a
 * name before it.
 */
export const isStreet = (reading: Reading, index: number): boolean => {
  const { words, lexicon, casing } = reading
  const [before, word] = [words[index - 1], words[index]]
  if (before === undefined || word === undefined || !onLine(word)) return false
  const sure = lexicon.sureStreetTypes.has(word.word)
  if (!sure && (!lexicon.streetTypes.has(word.word) || !word.capital)) return false
  if (numberBefore(reading, index) >= 0) return true
  // "Food Court", "Disk Drive" and "Dr" need a number; so do abbreviations, unless a name that is no word
  // stands before.
  const alone = sure && word.capital && !['drive', 'court', 'dr'].includes(word.word)
  const named =
    word.word.length > 2 ? before.capital && !before.functional && !before.clinical : before.role === 'name'
  return alone && named && casing === 'mixed'
}

/** `Via Roma 12`, `33 avenue de Verdun`, `ul. Długa 5`, `Rua Augusta`. */
const isStreetBefore = (reading: Reading, index: number): boolean => {
  const { words, lexicon, casing } = reading
  const word = words[index]
  if (word === undefined || !lexicon.streetPrefixes.has(word.word)) return false
  if (word.word.length === 1 && words[index + 1]?.gap !== 'dot') return false
  const numbered = isHouseNumber(reading, index - 1)
  const told = word.capital || numbered
  for (let at = index + 1; at <= index + 6; at++) {
    const part = words[at]
    if (part === undefined || !onLine(part)) return false
    if (isHouseNumber(reading, at)) return at > index + 1 && (told || !lexicon.isCommon(word.word))
    if (lexicon.particles.has(part.word) || !part.lexical) {
      if (told && (part.role === 'name' || (numbered && !part.lexical))) return true
      continue
    }
    if (casing === 'mixed' ? !part.capital : part.functional) return false
    if (told) return word.word !== 'via' || isHouseNumber(reading, at + 1) || part.role === 'name'
  }
  return false
}

/**
 * `Ferenc körút 12`, `Pirita tee 26`: a kind of street between a name and a number, behind a word that is
 * none.
 */
const isKindAndNumber = (reading: Reading, index: number): boolean => {
  const { words, lexicon } = reading
  const [before, word] = [words[index - 1], words[index]]
  return (
    before !== undefined &&
    word !== undefined &&
    word.gap === 'space' &&
    before.role !== 'number' &&
    !before.lexical &&
    lexicon.streetAbbreviations.has(word.word) &&
    isHouseNumber(reading, index + 1)
  )
}

/** `Hauptstrasse 12`, and a name beside a number: `Lindova 14`, `1010 Wien`, `Kossuth u. 12`. */
const isNumbered = (reading: Reading, index: number): boolean => {
  const { words, lexicon } = reading
  const word = words[index]
  if (word === undefined || word.functional || isTime(reading.claims, word)) return false
  const [before, next] = [words[index - 1], words[index + 1]]
  const abbreviated =
    next !== undefined &&
    next.gap === 'space' &&
    lexicon.streetAbbreviations.has(next.word) &&
    isHouseNumber(reading, index + 2)
  const after = (next?.gap === 'space' && isHouseNumber(reading, index + 1)) || abbreviated
  if (STREET_ENDING.test(word.word) && word.word.length > 5 && !word.lexical)
    return after || isHouseNumber(reading, index - 1)
  // Beside a place only a number as long as a postcode: "in Texas 3 times".
  if (reading.claims.at(word.start) === 'LOCATION')
    return (
      (after && isCodeNumber(next)) ||
      (word.gap === 'space' && isCodeNumber(before) && isHouseNumber(reading, index - 1))
    )
  if (word.role !== 'name') return false
  return after || (word.gap === 'space' && before !== undefined && isHouseNumber(reading, index - 1))
}

/** `ON 12345`, `TX 77002-1234`: a code in capitals and a number of five digits. */
export const isCoded = (reading: Reading, index: number): boolean => {
  const { words, lexicon } = reading
  const [word, next] = [words[index], words[index + 1]]
  if (word === undefined || next === undefined || next.role !== 'number') return false
  if (next.end - next.start !== 5 || (next.gap !== 'space' && next.gap !== 'line')) return false
  return (
    (word.shape === 'upper' &&
      (lexicon.regionCodes.has(word.word.toUpperCase()) || word.end - word.start === 2)) ||
    word.word === 'zip'
  )
}

/** Whether a word is surely a part of an address, by what stands beside it. */
export const isAddressSign = (reading: Reading, index: number): boolean =>
  isUnit(reading, index) ||
  isMilitary(reading, index) ||
  isStreet(reading, index) ||
  isStreetBefore(reading, index) ||
  isKindAndNumber(reading, index) ||
  isNumbered(reading, index) ||
  isCoded(reading, index)
