import type { Word } from '../words.ts'
import { claimWords, isBeside, type Reading } from './reading.ts'

const LONGEST_NAME = 8
/** Capitals of common words that go with a name: `Bernoulli Software`. */
const MOST_ABSORBED = 2

const isInitial = (word: Word | undefined, next: Word | undefined): boolean =>
  word !== undefined && word.role === 'initial' && (word.word !== 'i' || next?.gap === 'dot')

/** A clinical word in small letters after a capital makes it a property: `Long QT`. */
const isFollowed = (next: Word | undefined): boolean =>
  next?.gap === 'space' && next.clinical && !next.capital

/** Whether a name goes on over `index`, seen from `from` on the side of `step`. */
const partOfName = (
  reading: Reading,
  index: number,
  step: 1 | -1,
  absorbed: number,
): 'part' | 'absorbed' | 'bridge' | null => {
  const { words, lexicon, casing } = reading
  const word = words[index]
  const joint = step === 1 ? word : words[index + 1]
  if (
    word === undefined ||
    joint === undefined ||
    word.role === 'kept' ||
    word.role === 'number' ||
    reading.claims.at(word.start) === 'TITLE'
  )
    return null
  const crossed = step === 1 ? words[index - 1] : word
  const joined =
    isBeside(joint) || (joint.gap === 'dot' && crossed !== undefined && crossed.end - crossed.start === 1)
  if (!joined) return null
  if (word.role === 'name' || isInitial(word, words[index + 1])) return 'part'
  if (joint.gap === 'hyphen' && (word.capital || word.shape === 'upper' || !word.lexical)) return 'part'
  if (word.role === 'maybe') return word.capital || casing !== 'mixed' ? 'part' : null
  if (step === 1 && lexicon.suffixes.has(word.word) && word.shape !== 'lower') return 'part'
  if (lexicon.particles.has(word.word)) return 'bridge'
  // "otto a brandt": a letter between two names where capitals don't tell.
  if (casing !== 'mixed' && word.end - word.start === 1) return 'bridge'
  if (word.capital && word.named && !word.functional && !word.opens && !isFollowed(words[index + 1]))
    return 'part'
  const common = word.role === 'word' && word.capital && !word.functional && !word.opens && !word.clinical
  return common &&
    !lexicon.roles.has(word.word) &&
    !lexicon.capitals.has(word.word) &&
    absorbed < MOST_ABSORBED
    ? 'absorbed'
    : null
}

/** The last word of a name that holds `from`, on the side of `step`. */
export const extend = (reading: Reading, from: number, step: 1 | -1): number => {
  let reached = from
  let absorbed = 0
  for (let index = from + step; Math.abs(index - from) < LONGEST_NAME; index += step) {
    const part = partOfName(reading, index, step, absorbed)
    if (part === null) break
    if (part === 'absorbed') absorbed++
    if (part !== 'bridge') reached = index
  }
  // `SMITH, J.`: an initial behind a comma, and nothing after it that it could begin.
  const [initial, after] = [reading.words[reached + 1], reading.words[reached + 2]]
  if (
    step === 1 &&
    initial?.gap === 'comma' &&
    initial.role === 'initial' &&
    after?.gap !== 'space' &&
    after?.gap !== 'hyphen'
  )
    return reached + 1
  return reached
}

/**
 * `van der Berg`, `de la Cruz`: before a name, these are its beginning. Others of the particles are words as
 * well.
 */
const LEADING = new Set('de la van von der den del della di da dos du bin ibn ten ter le el'.split(' '))

const withParticles = ({ words }: Reading, first: number): number => {
  let reached = first
  while (words[reached]?.gap === 'space' && LEADING.has(words[reached - 1]?.word ?? '')) reached--
  return reached
}

/** Claims the name that holds `index`; the last of its words. */
export const claimName = (reading: Reading, index: number): number => {
  const last = extend(reading, index, 1)
  claimWords(reading, withParticles(reading, extend(reading, index, -1)), last, 'NAME')
  return last
}
