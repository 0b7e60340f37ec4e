import { claimWords, isBeside, isClaimed, type Reading } from './reading.ts'

const PREPOSITIONS = new Set(['in', 'to', 'from', 'at', 'near', 'via', 'toward', 'towards', 'outside'])

/** `moved to Stone Harbor`: capitals of common words after a preposition of place. */
export const claimWhere = (reading: Reading): void => {
  const { words, lexicon } = reading
  words.forEach((word, index) => {
    const before = words[index - 1]
    if (
      before === undefined ||
      !PREPOSITIONS.has(before.word) ||
      before.capital ||
      word.gap !== 'space' ||
      !word.capital ||
      word.role === 'kept'
    )
      return
    let last = index - 1
    let care = false
    for (let at = index; at < words.length && at - index < 4; at++) {
      const part = words[at]
      if (part === undefined || !part.capital || part.functional || (at > index && !isBeside(part))) break
      care ||=
        part.clinical ||
        lexicon.months.has(part.word) ||
        lexicon.weekdays.has(part.word) ||
        part.shape === 'upper' ||
        part.role === 'initial'
      last = at
    }
    if (last >= index && !care) claimWords(reading, index, last, 'LOCATION')
  })
}

const NO_JOB = new Set(
  'man woman boy girl male female infant baby case one same other first second last'.split(' '),
)

/** `Anna Berg, the Technical writer, said`. */
export const claimAppositions = (reading: Reading): void => {
  const { words, lexicon } = reading
  words.forEach((word, index) => {
    if (word.word !== 'the' || word.gap !== 'comma' || !isClaimed(reading, words[index - 1])) return
    for (let last = index + 1; last <= index + 5; last++) {
      const [part, next] = [words[last], words[last + 1]]
      if (part === undefined || next === undefined || (last > index + 1 && !isBeside(part))) return
      if (part.functional || part.word === 'patient' || NO_JOB.has(part.word)) return
      if (next.gap === 'comma') {
        if (lexicon.verbs.has(next.word) || next.word === 'and') claimWords(reading, index + 1, last, 'TITLE')
        return
      }
    }
  })
}
