import { lexicon } from '../lexicon.ts'
import type { Claims, ScrubCategory } from '../spans.ts'
import { createFinder } from './finder.ts'
import { initialLetters, patternsOf } from './patterns.ts'
import { type Squeezed, squeezeView } from './squeeze.ts'
import type { KnownValues, Pattern } from './values.ts'

/** So much may stand between two characters of a value of fewer than eight. */
const WIDEST_GAP = 4
/** Endings of case and number in languages that decline names: Smiths, Nováka, Petrovova. */
const ENDINGS = /^(?:s|es|a|u|y|e|i|o|om|em|ovi|ou|ova|in|ina|en|n|ne|us|um|is)$/
const SHORTEST_DECLINED = 4
const LONGEST_ENDING = 3

const ALNUM = /[\p{L}\p{N}]/u
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

interface Range {
  start: number
  end: number
  category: ScrubCategory
}

const isAlnum = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && ALNUM.test(text.charAt(at))

/**
 * `annSmith` ends a word in its middle and, for values of four characters and more (`digits`), `smith2` does.
 */
const isEdge = (text: string, at: number, digits: boolean): boolean => {
  if (!isAlnum(text, at - 1) || !isAlnum(text, at)) return true
  const [left, right] = [text.charAt(at - 1), text.charAt(at)]
  return (
    (/\p{Ll}/u.test(left) && /\p{Lu}/u.test(right)) ||
    (digits && /\p{N}/u.test(left) !== /\p{N}/u.test(right))
  )
}

const gapsOf = ({ at }: Squeezed, first: number, last: number): number[] => {
  const gaps: number[] = []
  for (let index = first + 1; index <= last; index++) gaps.push((at[index] ?? 0) - (at[index - 1] ?? 0) - 1)
  return gaps
}

/** The end of a word that goes on after a name by an ending and is no other word; -1 where it does not. */
const declinedEnd = (text: string, start: number, end: number): number => {
  if (end - start < SHORTEST_DECLINED) return -1
  let last = end
  while (isAlnum(text, last) && last - end <= LONGEST_ENDING) last++
  if (last - end > LONGEST_ENDING || !ENDINGS.test(text.slice(end, last).toLowerCase())) return -1
  const whole = text.slice(start, last).toLowerCase()
  return lexicon().isCommon(whole) ? -1 : last
}

const inWord = (
  text: string,
  squeezed: Squeezed,
  pattern: Pattern,
  first: number,
  last: number,
): readonly [number, number] | null => {
  const start = squeezed.at[first] ?? 0
  const end = (squeezed.at[last] ?? 0) + 1
  const digits = pattern.stance === 'word'
  if (!isEdge(text, start, digits)) return null
  const declined =
    isEdge(text, end, digits) || pattern.category !== 'NAME' ? end : declinedEnd(text, start, end)
  if (declined < 0 || !isEdge(text, declined, digits)) return null
  if (pattern.stance === 'word')
    return gapsOf(squeezed, first, last).every((gap) => gap <= WIDEST_GAP) ? [start, declined] : null
  const gaps = gapsOf(squeezed, first, last)
  const together = gaps.every((gap) => gap === 0)
  const spaced = gaps.every((gap) => gap > 0 && gap <= WIDEST_GAP)
  if (!together && !spaced) return null
  if (pattern.stance !== 'capitals') return [start, declined]
  const written = text.slice(start, end)
  return declined === end && together && written === written.toUpperCase() ? [start, end] : null
}

/** A long value goes with the words that it is a part of. */
const anywhere = (
  text: string,
  squeezed: Squeezed,
  first: number,
  last: number,
): readonly [number, number] => {
  let start = squeezed.at[first] ?? 0
  let end = (squeezed.at[last] ?? 0) + 1
  if (!SPACELESS.test(text.charAt(start))) while (isAlnum(text, start - 1)) start--
  if (!SPACELESS.test(text.charAt(end - 1))) while (isAlnum(text, end)) end++
  return [start, end]
}

/** Ranges come by their ends; those that overlap become one, which bears the category of the longer. */
const join = (ranges: Range[], range: Range): void => {
  let { start, end, category } = range
  let longest = end - start
  for (let last = ranges.at(-1); last !== undefined && last.end >= start; last = ranges.at(-1)) {
    ranges.pop()
    if (last.end - last.start > longest) category = last.category
    longest = Math.max(longest, last.end - last.start)
    start = Math.min(start, last.start)
    end = Math.max(end, last.end)
  }
  ranges.push({ start, end, category })
}

const INITIALS_BEFORE = /(?<![\p{L}\p{N}])\p{L}(?:(?:\.[ -]?|[ -])\p{L}){0,2}(?:\.? ?|-)$/u
const INITIALS_AFTER = /^,? \p{L}(?:(?:\.[ -]?|[ -])\p{L}){0,2}\.?(?![\p{L}\p{N}'])/u

/**
 * Initials have capitals; in small letters they are those of a known name, and no article: `j. smith`, `a
 * smith`.
 */
const areInitials = (written: string, letters: ReadonlySet<string>): boolean => {
  const found = written.match(/\p{L}/gu) ?? []
  return (
    found.length > 0 &&
    !/^[,\s]*[Iia] ?$/.test(written) &&
    found.every((letter) => letter !== letter.toLowerCase() || letters.has(letter))
  )
}

/** `J. Smith`, `Smith, J. R.`: the initials beside a known name. */
const withInitials = (text: string, { start, end, category }: Range, letters: ReadonlySet<string>): Range => {
  if (category !== 'NAME') return { start, end, category }
  const before = INITIALS_BEFORE.exec(text.slice(Math.max(0, start - 12), start))?.[0] ?? ''
  const after = INITIALS_AFTER.exec(text.slice(end, end + 14))?.[0] ?? ''
  return {
    start: areInitials(before, letters) ? start - before.length : start,
    end: areInitials(after, letters) ? end + after.trimEnd().length : end,
    category,
  }
}

/** `Smith's`, `Jones'`. */
const withPossessive = (text: string, range: Range): Range => ({
  ...range,
  end: range.end + (/^'s?(?![\p{L}\p{N}])/u.exec(text.slice(range.end, range.end + 3))?.[0].length ?? 0),
})

/**
 * Claims every known value, in any case, accents, punctuation, spacing and hyphenation, protected or not. One
 * pass over the text whatever the number of values.
 */
export const claimKnown = (text: string, known: KnownValues, claims: Claims): void => {
  const patterns = patternsOf(known)
  if (patterns.length === 0) return
  const squeezed = squeezeView(text)
  const ranges: Range[] = []
  createFinder(patterns.map((pattern) => pattern.text))(squeezed.text, (index, after) => {
    const pattern = patterns[index]
    if (pattern === undefined) return
    const first = after - pattern.text.length
    const covering = ranges.at(-1)
    if (
      covering !== undefined &&
      covering.start <= (squeezed.at[first] ?? 0) &&
      covering.end > (squeezed.at[after - 1] ?? 0)
    )
      return
    const found =
      pattern.stance === 'anywhere'
        ? anywhere(text, squeezed, first, after - 1)
        : inWord(text, squeezed, pattern, first, after - 1)
    if (found !== null) join(ranges, { start: found[0], end: found[1], category: pattern.category })
  })
  const letters = initialLetters(known)
  for (const range of ranges) {
    const { start, end, category } = withInitials(text, withPossessive(text, range), letters)
    claims.force(start, end, category)
  }
}
