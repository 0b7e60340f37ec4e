import { claimWords, phraseEnd, type Reading } from './reading.ts'

/**
 * Countries, regions, cities; nationalities, religions, political groups. A word that means something else as
 * well (turkey, reading, polish) needs a capital that no beginning of a sentence explains.
 */
export const claimPlacesAndGroups = (reading: Reading): void => {
  const { words, casing, lexicon } = reading
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (word === undefined || word.role === 'number' || word.role === 'kept' || (word.label && word.lexical))
      continue
    const group = phraseEnd(reading, lexicon.groups, index)
    const place = phraseEnd(reading, lexicon.places, index)
    // The Czech Republic is a place, a Czech is not.
    if (
      group >= 0 &&
      group >= place &&
      (word.capital || casing === 'upper' || !lexicon.notLower.has(word.word))
    ) {
      claimWords(reading, index, group, 'GROUP')
      index = group
      continue
    }
    if (place < 0) continue
    const several = place > index
    const next = words[place + 1]
    const inTitle =
      next !== undefined && next.gap === 'space' && next.capital && next.role === 'word' && next.lexical
    const sure = word.role === 'name' || !word.lexical
    if (
      several ||
      sure ||
      (word.capital && !word.opens && !inTitle && !lexicon.functionWords.has(word.word))
    ) {
      claimWords(reading, index, place, 'LOCATION')
      index = place
    }
  }
}
