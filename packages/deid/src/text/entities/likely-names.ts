import { claimName } from './name-extent.ts'
import { claimWords, isClaimed, type Reading } from './reading.ts'

/** A capital beside another of a common word: `Young Adult`, `the Baker Act`. Such are titles of things. */
const isInTitle = ({ words }: Reading, index: number): boolean => {
  const [before, word, next] = [words[index - 1], words[index], words[index + 1]]
  const follows =
    next !== undefined && next.gap === 'space' && next.capital && next.role === 'word' && next.lexical
  const led =
    word?.gap === 'space' &&
    before !== undefined &&
    before.capital &&
    before.role === 'word' &&
    !before.opens &&
    !before.functional &&
    before.lexical
  return (follows && !word?.possessive) || led === true
}

/** A capital at the beginning of a sentence means nothing; what comes after may. */
const isSubject = ({ words, lexicon }: Reading, index: number): boolean => {
  const [word, next] = [words[index], words[index + 1]]
  if (word === undefined || next === undefined) return false
  if (word.possessive) return next.gap === 'space' && !next.clinical
  if (next.gap === 'comma') return lexicon.isGiven(word.word) && !next.capital
  if (next.gap !== 'space') return false
  return lexicon.verbs.has(next.word) || (next.word === 'and' && words[index + 2]?.role === 'name')
}

/** Words that are names too: in mid sentence, before a verb of persons, in a list of names. */
export const claimLikely = (reading: Reading): void => {
  const { words, lexicon } = reading
  const told = new Set<string>()
  words.forEach((word, index) => {
    if (word.role !== 'maybe' || !word.capital) return
    if (isClaimed(reading, word)) {
      if (!lexicon.isCommon(word.word)) told.add(word.word)
      return
    }
    const [before, earlier] = [words[index - 1], words[index - 2]]
    const listed =
      before !== undefined &&
      ((before.word === 'and' && isClaimed(reading, earlier)) ||
        (word.gap === 'comma' && isClaimed(reading, before)))
    const next = words[index + 1]
    // "with White blood cells", "Long term care": a property of what follows. "seen by White on Monday" is
    // none.
    const property =
      lexicon.isCommon(word.word) &&
      !word.possessive &&
      next?.gap === 'space' &&
      next.shape === 'lower' &&
      next.lexical &&
      !next.functional &&
      !lexicon.verbs.has(next.word) &&
      !/(?:ed|ing)$/.test(next.word)
    const alone = word.opens ? isSubject(reading, index) : !property && !isInTitle(reading, index)
    if (!listed && !alone) return
    claimName(reading, index)
    if (!word.opens && !lexicon.isCommon(word.word)) told.add(word.word)
  })
  // Who was named in mid sentence is meant at its beginning too.
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (word?.capital && told.has(word.word) && !isClaimed(reading, word))
      claimWords(reading, index, index, 'NAME')
  }
}
