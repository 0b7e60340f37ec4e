import { type Lexicon, lexicon } from '../lexicon.ts'
import type { Claims, ScrubCategory } from '../spans.ts'
import type { Casing, Word } from '../words.ts'

/** A text as words, and what the rules over words share. */
export interface Reading {
  readonly text: string
  readonly words: readonly Word[]
  readonly casing: Casing
  readonly claims: Claims
  readonly lexicon: Lexicon
}

export const readingOf = (text: string, words: readonly Word[], casing: Casing, claims: Claims): Reading => ({
  text,
  words,
  casing,
  claims,
  lexicon: lexicon(),
})

/** Claims the words from `first` to `last`, both included, with what stands between them. */
export const claimWords = (
  { words, claims }: Reading,
  first: number,
  last: number,
  category: ScrubCategory,
): boolean => {
  const [from, to] = [words[first], words[last]]
  return from !== undefined && to !== undefined && claims.claim(from.start, to.end, category)
}

export const isClaimed = ({ claims }: Reading, word: Word | undefined): boolean =>
  word !== undefined && claims.at(word.start) !== null

/** Parts of one name stand beside each other, or are joined by a hyphen. */
export const isBeside = (word: Word | undefined): boolean =>
  word !== undefined && (word.gap === 'space' || word.gap === 'hyphen')

/** The last word of a phrase of the dictionary that begins at `first`; -1 where none does. */
export const phraseEnd = (
  { words }: Reading,
  phrases: ReadonlyMap<string, readonly (readonly string[])[]>,
  first: number,
): number => {
  const rests = phrases.get(words[first]?.word ?? '')
  const found = rests?.find((rest) =>
    rest.every((part, index) => {
      const word = words[first + index + 1]
      return (
        word !== undefined &&
        word.word === part &&
        (isBeside(word) || word.gap === 'dot' || word.gap === 'line')
      )
    }),
  )
  return found === undefined ? -1 : first + found.length
}
