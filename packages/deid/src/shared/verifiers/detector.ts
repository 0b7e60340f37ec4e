import { type Automaton, buildAutomaton } from './automaton.ts'
import { findDates } from './find-dates.ts'
import { fold, squeeze } from './fold.ts'
import type { Needle, NeedleKind, ValueKind } from './needle.ts'

/** Needles made ready for searching; may be used for all files of a release. */
export interface Detector {
  /** Kinds of the needles found in one value, each once. */
  kindsIn(value: string, place: ValueKind): ReadonlySet<NeedleKind>
}

const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/gi
const WHOLE_UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
/**
 * From this length on a needle is sought inside longer words too, and whatever stands between its characters.
 */
const LONG = 8
const SHORTEST = 4

interface Patterns {
  readonly automaton: Automaton
  readonly texts: readonly string[]
  readonly kinds: readonly NeedleKind[]
}

const patternsOf = (kinds: ReadonlyMap<string, NeedleKind>): Patterns => {
  const texts = [...kinds.keys()]
  return { automaton: buildAutomaton(texts), texts, kinds: [...kinds.values()] }
}

const bareUuid = (text: string): string => text.replaceAll('-', '').toLowerCase()

/** A telephone number is sought without its country code, so that it is found with and without. */
const searched = ({ kind, value }: Needle): string => {
  const folded = fold(value)
  if (kind !== 'phone') return folded
  const digits = value.replace(/\D/g, '')
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits || folded
}

/**
 * Sorts the needles by how they can be told from codes:
 * - UUIDs: in a set, found with or without hyphens wherever they stand;
 * - 8 characters and more: anywhere in a text, spaces and punctuation ignored; in a code, only as the whole
 *   of it;
 * - 4 to 7 characters: as whole words; those of digits only not in codes and numbers, where they mean
 *   something else;
 * - fewer than 4: not sought by themselves (they are parts of the longer ones: a full name, a street line);
 * - dates: any date more exact than a year counts, in words or digits, whether or not it is a needle. Eight
 *   bare digits count where they are a needle and stand in a text.
 */
export const compileNeedles = (needles: Iterable<Needle>): Detector => {
  const uuids = new Map<string, NeedleKind>()
  const dates = new Set<string>()
  const long = new Map<string, NeedleKind>()
  const short = new Map<string, NeedleKind>()
  for (const needle of needles) {
    const folded = searched(needle)
    const squeezed = squeeze(folded)
    if (needle.kind === 'date') dates.add(needle.value)
    else if (WHOLE_UUID.test(needle.value)) uuids.set(bareUuid(needle.value), needle.kind)
    else if (squeezed.length >= LONG) long.set(squeezed, needle.kind)
    else if (squeezed.length >= SHORTEST) short.set(` ${folded} `, needle.kind)
  }
  const longPatterns = patternsOf(long)
  const shortPatterns = patternsOf(short)

  const uuidKinds = (value: string, found: Set<NeedleKind>): void => {
    UUID.lastIndex = 0
    for (let match = UUID.exec(value); match !== null; match = UUID.exec(value)) {
      const kind = uuids.get(bareUuid(match[0]))
      if (kind !== undefined) found.add(kind)
      // Overlapping ones count: a UUID may stand inside a longer run of hexadecimal digits.
      UUID.lastIndex = match.index + 1
    }
  }
  const shortKinds = (folded: string, place: ValueKind, found: Set<NeedleKind>): void =>
    shortPatterns.automaton.search(` ${folded} `, (pattern) => {
      const kind = shortPatterns.kinds[pattern]
      const meansCode = place === 'code' && /^[ \d]+$/.test(shortPatterns.texts[pattern] ?? '')
      if (kind !== undefined && !meansCode) found.add(kind)
    })
  const longKinds = (squeezed: string, found: Set<NeedleKind>): void =>
    longPatterns.automaton.search(squeezed, (pattern) => {
      const kind = longPatterns.kinds[pattern]
      if (kind !== undefined) found.add(kind)
    })

  return {
    kindsIn: (value, place) => {
      const found = new Set<NeedleKind>()
      if (place === 'closed') return found
      uuidKinds(value, found)
      if (place === 'id') return found
      const folded = fold(value)
      const squeezed = squeeze(folded)
      shortKinds(folded, place, found)
      if (place === 'code') {
        const kind = long.get(squeezed) ?? long.get(squeezed.replace(/^1(?=\d{10}$)/, ''))
        if (kind !== undefined) found.add(kind)
      } else {
        longKinds(squeezed, found)
        for (const [run] of value.matchAll(/(?<!\d)\d{8}(?!\d)/g))
          if (dates.has(`${run.slice(0, 4)}-${run.slice(4, 6)}-${run.slice(6)}`)) found.add('date')
      }
      if (findDates(value)) found.add('date')
      return found
    },
  }
}
