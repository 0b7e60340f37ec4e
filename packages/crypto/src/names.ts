import { isUnspaced, nameParts } from './normalise.ts'

/**
 * How people are found by name, the same on both sides: what a name is found by, what was typed, and whether
 * the two meet. The blind index makes tokens of it; what was decrypted, or never sealed, is compared by it.
 */

/** A prefix of a word of an alphabet has this many letters at least. */
export const SHORTEST_PREFIX = 3
/** Parts of one name beyond these, and characters of one unspaced name, are not looked at. */
const MOST_PARTS = 32
/** So many parts typed are also read as written together, in each way there is. */
const MOST_JOINED = 6

export interface FoundBy {
  /** What a typed word may be the beginning of: each part, with what follows it as if written in one. */
  readonly beginnings: readonly string[]
  /** Words of two letters, which are found whole: `ng`, and `jr` of `J.R.`. */
  readonly wholes: readonly string[]
}

/**
 * What a name is found by. Of parts of an alphabet each one begins a word; of Han, kana and Hangul each
 * character, since nothing tells where a part ends. Two scripts are two runs.
 */
export const foundBy = (name: string): FoundBy => {
  const runs = runsOf(nameParts(name).slice(0, MOST_PARTS))
  return {
    beginnings: unique(
      runs.flatMap((run) => {
        const steps = isUnspaced(run[0] ?? '') ? Array.from(run.join('')).slice(0, MOST_PARTS) : run
        return steps.map((_, from) => steps.slice(from).join(''))
      }),
    ),
    wholes: unique(
      runs.flatMap((run) =>
        run.flatMap((part, at) => [part, part + (run[at + 1] ?? '')].filter(isWholeWord)),
      ),
    ),
  }
}

/**
 * The ways to read what was typed, as words that all have to be found: `O Brien Smith` is three words, or two
 * where the name is written `OBrien`. Empty where nothing was typed that a name is made of.
 */
export const readTyped = (typed: string): string[][] => {
  const parts = nameParts(typed)
  if (parts.length === 0) return []
  if (parts.length > MOST_JOINED) return [unique(parts)]
  return runsOf(parts)
    .map(joinings)
    .reduce<string[][]>((all, ways) => all.flatMap((before) => ways.map((way) => [...before, ...way])), [[]])
    .map(unique)
}

/** Whether the words of one reading are all found in the names of one person. */
export const isFoundBy = (readings: readonly (readonly string[])[], names: readonly string[]): boolean =>
  isFoundIn(readings, names.map(foundBy))

/** The same of names that were taken apart before: for whoever compares many with the same words. */
export const isFoundIn = (readings: readonly (readonly string[])[], all: readonly FoundBy[]): boolean => {
  const found = (word: string): boolean =>
    all.some(({ beginnings, wholes }) =>
      isWholeWord(word) ? wholes.includes(word) : beginnings.some((name) => name.startsWith(word)),
    )
  return readings.some((words) => words.every(found))
}

/** Whether a word is of an alphabet and of two letters: it is found where it is all of a part. */
export const isWholeWord = (word: string): boolean => !isUnspaced(word) && lettersOf(word).length === 2

/** Letters as people count them, not halves of surrogate pairs. */
export const lettersOf = (word: string): string[] => Array.from(word)

/** Parts of one kind of script that follow each other. */
const runsOf = (parts: readonly string[]): string[][] => {
  const runs: string[][] = []
  for (const part of parts) {
    const last = runs.at(-1)
    if (last !== undefined && isUnspaced(last[0] ?? '') === isUnspaced(part)) last.push(part)
    else runs.push([part])
  }
  return runs
}

/** Each way to write neighbours together. */
const joinings = ([first, ...rest]: readonly string[]): string[][] => {
  if (first === undefined) return [[]]
  return joinings(rest).flatMap((way) => {
    const [next, ...others] = way
    return next === undefined
      ? [[first]]
      : [
          [first, ...way],
          [first + next, ...others],
        ]
  })
}

const unique = (words: readonly string[]): string[] => [...new Set(words)]
