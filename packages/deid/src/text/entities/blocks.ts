import type { Word } from '../words.ts'
import { claimWords, isClaimed, type Reading } from './reading.ts'

/** Lines of an address block, a letterhead or a signature are short and are no sentences. */
const LONGEST_LINE = 6
const MOST_AFTER_NAME = 2
const JOB = /(?:er|or|ist|ant|ent|ian|man|woman|person|clerk|nurse|aide|chef|coach|ive|head|analyst|rep)s?$/

interface Line {
  readonly first: number
  readonly last: number
  /** An empty line, or one without words, stands before it. */
  readonly afterBlank: boolean
}

const linesOf = ({ words, text }: Reading): Line[] => {
  const lines: Line[] = []
  for (let first = 0; first < words.length; ) {
    let last = first
    while (last + 1 < words.length && !startsLine(text, words[last], words[last + 1])) last++
    const between = text.slice(words[first - 1]?.end ?? 0, words[first]?.start)
    lines.push({ first, last, afterBlank: first === 0 || /\n\s*\n/.test(between.slice(0, 64)) })
    first = last + 1
  }
  return lines
}

const startsLine = (text: string, word: Word | undefined, next: Word | undefined): boolean =>
  word !== undefined &&
  next !== undefined &&
  text.slice(word.end, Math.min(next.start, word.end + 64)).includes('\n')

const isName = (reading: Reading, { first, last }: Line): boolean => {
  if (last - first > 4) return false
  for (let index = first; index <= last; index++) {
    const word = reading.words[index]
    if (!isClaimed(reading, word) || reading.claims.at(word?.start ?? 0) !== 'NAME') return false
  }
  return true
}

/** A short line of words that ends like no sentence and is no heading of a note. */
const isCaption = (reading: Reading, { first, last }: Line): boolean => {
  const { words, text } = reading
  if (last - first >= LONGEST_LINE) return false
  const ending = text.charAt(words[last]?.end ?? 0)
  if (ending === ':' || ending === '?' || ending === '!') return false
  let care = true
  for (let index = first; index <= last; index++) {
    const word = words[index]
    if (
      word === undefined ||
      word.role === 'number' ||
      word.role === 'kept' ||
      (word.gap === 'break' && index > first)
    )
      return false
    if (word.functional && !['and', 'of', 'the', 'for'].includes(word.word)) return false
    care &&= word.clinical || word.functional
  }
  return !care || JOB.test(words[last]?.word ?? '')
}

/** Below a name that has a line of its own: what its bearer does, and for whom. */
export const claimBlocks = (reading: Reading): void => {
  if (!reading.text.includes('\n')) return
  const lines = linesOf(reading)
  lines.forEach((line, index) => {
    if (!isName(reading, line)) return
    for (let step = 1; step <= MOST_AFTER_NAME; step++) {
      const after = lines[index + step]
      if (after === undefined || !isCaption(reading, after)) return
      const job = JOB.test(reading.words[after.last]?.word ?? '')
      // A job title is capitalised only at its beginning; a caption in small letters needs to be one.
      if (!job && reading.casing === 'mixed' && reading.words[after.first]?.capital !== true) return
      claimWords(reading, after.first, after.last, job ? 'TITLE' : 'ORGANIZATION')
    }
  })
}
