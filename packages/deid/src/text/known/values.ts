import type { ScrubCategory } from '../spans.ts'

/**
 * What a patient's own record says, as it says it: names (of the patient, relatives, others of the household,
 * whole or in parts), addresses (whole or in lines), employers and schools, telephone numbers, e-mail
 * addresses, URLs, numbers that identify, and dates (YYYY-MM-DD, or as written). PHI: held for one call,
 * never part of what is returned.
 */
export interface KnownValues {
  readonly names?: readonly string[]
  readonly addresses?: readonly string[]
  readonly organizations?: readonly string[]
  readonly phones?: readonly string[]
  readonly emails?: readonly string[]
  readonly urls?: readonly string[]
  readonly ids?: readonly string[]
  readonly dates?: readonly string[]
}

/** How a pattern must stand in a text to be a known value and not a part of something else. */
export type Stance =
  /**
   * Anywhere, inside of longer words too, which go with it: eight characters and more, and scripts without
   * spaces.
   */
  | 'anywhere'
  /**
   * From the beginning of a word to the end of one, whatever parts its characters; an ending of case or
   * plural may follow.
   */
  | 'word'
  /** Two or three characters: one word, or letter by letter (`L e e`). */
  | 'tight'
  /** The same in capitals: initials and codes of regions, which in small letters are words. */
  | 'capitals'

export interface Pattern {
  /** Letters and digits alone, folded as a view is, in lower case. */
  readonly text: string
  readonly category: ScrubCategory
  readonly stance: Stance
}

export type KnownKind = keyof KnownValues
