import type { Word } from '../words.ts'
import {
  isAddressSign,
  isCoded,
  isHouseNumber,
  isNumber,
  isStreet,
  isTime,
  isUnit,
  numberBefore,
  onLine,
} from './address-signs.ts'
import { claimWords, isClaimed, type Reading } from './reading.ts'

/** So far an address goes on from a part that is surely one. */
const REACH = 16

/** Whether an address that has reached `word` goes on with it. `line`: a line was crossed on the way. */
const goesOn = (reading: Reading, index: number, line: boolean): boolean => {
  const { words, lexicon, casing } = reading
  const [word, next] = [words[index], words[index + 1]]
  if (word === undefined || word.role === 'kept' || word.label || isTime(reading.claims, word)) return false
  if (word.role === 'number') return isHouseNumber(reading, index)
  if (word.role === 'name' || word.role === 'initial' || isClaimed(reading, word)) return true
  const length = word.end - word.start
  const code = lexicon.regionCodes.has(word.word.toUpperCase())
  const part = lexicon.units.has(word.word) || lexicon.streetTypes.has(word.word)
  // `7-II`; a code between commas or on a line of its own: `, CO`.
  if (word.gap === 'hyphen' && words[index - 1]?.role === 'number') return true
  const apart = (gap: Word['gap'] | undefined): boolean =>
    gap === 'comma' || gap === 'line' || gap === undefined
  if (length <= 3 && apart(word.gap) && apart(next?.gap) && !word.functional) return true
  if (lexicon.streetAbbreviations.has(word.word) && isHouseNumber(reading, index + 1)) return true
  if (word.capital && !word.functional) {
    // A town alone on its line, though its name is a word: the address goes on after it.
    if (
      apart(word.gap) &&
      apart(next?.gap) &&
      next !== undefined &&
      (next.role !== 'word' || next.end - next.start <= 3)
    )
      return true
    // `Lindau BY`; `Upper Austria`.
    if (!line && word.shape === 'upper' && length <= 3 && words[index - 1]?.role === 'name') return true
    if (next?.gap === 'space' && reading.claims.at(next.start) === 'LOCATION') return true
  }
  if (word.clinical && !code && !part) return false
  if (casing !== 'mixed')
    return (
      !word.lexical ||
      (length === 1 && (words[index - 1]?.role === 'name' || !/[ai]/.test(word.word))) ||
      (part && !word.functional)
    )
  if (word.shape === 'upper' && length <= 3) return !line || !word.lexical || code
  if (word.capital) return !word.functional && (!line || word.role === 'maybe' || part)
  return !word.lexical || (lexicon.units.has(word.word) && isNumber(next))
}

const mayCross = ({ gap }: Word, crossed: Word | undefined, { lexicon }: Reading): boolean => {
  if (gap === 'space' || gap === 'hyphen' || gap === 'comma' || gap === 'line' || gap === 'none') return true
  if (gap === 'dot' && crossed !== undefined)
    return (
      crossed.end - crossed.start <= 2 ||
      crossed.role === 'number' ||
      lexicon.units.has(crossed.word) ||
      lexicon.streetTypes.has(crossed.word) ||
      lexicon.streetPrefixes.has(crossed.word)
    )
  return gap === 'bracket'
}

const grow = (reading: Reading, from: number, step: 1 | -1): number => {
  const { words, lexicon } = reading
  let reached = from
  let line = false
  for (let index = from + step; Math.abs(index - from) <= REACH; index += step) {
    const word = words[index]
    const edge = step === 1 ? word : words[index + 1]
    if (
      word === undefined ||
      edge === undefined ||
      !mayCross(edge, step === 1 ? words[index - 1] : word, reading)
    )
      break
    if (edge.gap === 'line') line = true
    if (edge.gap === 'dot' && word.capital && word.role === 'word' && step === 1 && word.end - word.start > 3)
      break
    if (goesOn(reading, index, line)) reached = index
    else if (step === -1 && word.word === 'and' && words[index - 1]?.role === 'name') continue
    else if (!lexicon.particles.has(word.word) || word.capital) break
  }
  return reached
}

/** Written as a name is: with a capital where the text has them, else not known to any lexicon. */
const isNamed = ({ casing }: Reading, word: Word | undefined): boolean =>
  word !== undefined &&
  word.role !== 'number' &&
  word.role !== 'kept' &&
  (casing === 'mixed'
    ? word.capital && !(word.functional && word.opens)
    : !word.functional && (!word.lexical || word.role === 'maybe'))

const CONNECTING = new Set(['and', 'de', 'la', 'du', 'the'])
const CORNER = new Set(['corner', 'intersection', 'junction'])

/** `the corner of Mere 7 and Harbour Road`. */
const claimCorners = (reading: Reading): void => {
  const { words, lexicon } = reading
  words.forEach((word, index) => {
    if (!CORNER.has(word.word) || words[index + 1]?.word !== 'of') return
    let last = index + 1
    for (let at = index + 2; at < words.length && at - index < 14; at++) {
      const part = words[at]
      if (part === undefined || !(onLine(part) || part.gap === 'comma')) break
      if (isNamed(reading, part) || isNumber(part)) last = at
      else if (
        !CONNECTING.has(part.word) &&
        !lexicon.particles.has(part.word) &&
        !lexicon.streetPrefixes.has(part.word) &&
        part.lexical
      )
        break
    }
    if (last > index + 1)
      claimWords(reading, words[index - 1]?.word === 'the' ? index - 1 : index, last, 'ADDRESS')
  })
}

/** Street addresses, boxes, postcodes: from each part that is surely one to both sides. */
export const claimAddresses = (reading: Reading): void => {
  claimCorners(reading)
  let done = -1
  reading.words.forEach((_, index) => {
    if (index <= done || !isAddressSign(reading, index)) return
    const house = isStreet(reading, index) ? numberBefore(reading, index) : -1
    const box = reading.words[index]?.word === 'box' && reading.words[index - 1]?.word === 'po'
    const first = Math.min(grow(reading, house >= 0 ? house : index, -1), box ? index - 1 : index)
    const last = Math.max(
      index + (isUnit(reading, index) || isCoded(reading, index) ? 1 : 0),
      grow(reading, index, 1),
    )
    claimWords(reading, first, last, 'ADDRESS')
    done = last
  })
}
