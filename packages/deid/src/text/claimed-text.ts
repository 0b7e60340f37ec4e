import type { Claims, ScrubCategory } from './spans.ts'

/** A text while it is being scrubbed: what all rules read, and where they write what they found. */
export interface ClaimedText {
  readonly text: string
  readonly claims: Claims
}

/**
 * Claims every match of a global pattern, or what `part` makes of it: null for no claim. Patterns have
 * bounded repetitions only, and begin at a place that can't be inside a match, so that a text of any make is
 * scanned in linear time.
 */
export const claimMatches = (
  { text, claims }: ClaimedText,
  pattern: RegExp,
  category: ScrubCategory,
  part: (match: RegExpExecArray) => readonly [start: number, end: number] | null = (match) => [
    match.index,
    match.index + match[0].length,
  ],
): void => {
  for (const match of text.matchAll(pattern)) {
    const range = part(match)
    if (range !== null) claims.claim(range[0], range[1], category)
  }
}

/** The range of a named group; null where it took no part in the match. The pattern has the flag `d`. */
export const groupOf =
  (name: string) =>
  (match: RegExpExecArray): readonly [start: number, end: number] | null =>
    match.indices?.groups?.[name] ?? null
