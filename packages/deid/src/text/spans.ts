const CATEGORIES = [
  'NAME',
  'TITLE',
  'GROUP',
  'ORGANIZATION',
  'LOCATION',
  'ADDRESS',
  'DATE',
  'AGE',
  'PHONE',
  'EMAIL',
  'URL',
  'IP',
  'ID',
] as const

export type ScrubCategory = (typeof CATEGORIES)[number]

/** A replaced part of the source text: UTF-16 offsets, `end` exclusive. */
export interface ScrubSpan {
  readonly start: number
  readonly end: number
  readonly category: ScrubCategory
}

/**
 * What has been decided about each unit of a view. The first rule to claim a unit names its category, so
 * rules run from the surest to the least sure. A protected unit is claimed by no rule but the patient's own
 * values.
 */
export class Claims {
  readonly #claimed: Uint8Array
  readonly #kept: Uint8Array

  constructor(length: number) {
    this.#claimed = new Uint8Array(length)
    this.#kept = new Uint8Array(length)
  }

  /** Claims what is still free of a range; nothing where a part of it is protected. True where it claimed. */
  claim(start: number, end: number, category: ScrubCategory): boolean {
    for (let at = start; at < end; at++) if (this.#kept[at] === 1) return false
    this.force(start, end, category)
    return true
  }

  /** Claims in spite of protection. */
  force(start: number, end: number, category: ScrubCategory): void {
    const code = CATEGORIES.indexOf(category) + 1
    for (let at = start; at < end; at++) if (this.#claimed[at] === 0) this.#claimed[at] = code
  }

  /** Keeps a range from every later rule; what was claimed before stays claimed. */
  protect(start: number, end: number): void {
    this.#kept.fill(1, start, end)
  }

  isProtected(at: number): boolean {
    return this.#kept[at] === 1
  }

  at(at: number): ScrubCategory | null {
    return CATEGORIES[(this.#claimed[at] ?? 0) - 1] ?? null
  }

  /**
   * Maximal runs of claimed units; neighbours that touch are one span and bear the longest part's category.
   */
  runs(): ScrubSpan[] {
    const spans: ScrubSpan[] = []
    const claimed = this.#claimed
    for (let start = 0; start < claimed.length; start++) {
      if (claimed[start] === 0) continue
      const sizes = new Uint32Array(CATEGORIES.length + 1)
      let end = start
      for (; end < claimed.length && claimed[end] !== 0; end++) {
        const code = claimed[end] ?? 0
        sizes[code] = (sizes[code] ?? 0) + 1
      }
      const category = CATEGORIES[sizes.indexOf(Math.max(...sizes)) - 1]
      if (category !== undefined) spans.push({ start, end, category })
      start = end
    }
    return spans
  }
}

/** What may stand between two parts of one thing: `Anna-Maria`, `12 Main St, Salem`. */
const BETWEEN = /^[ '-]{1,2}$/
const BETWEEN_ADDRESSES = /^[\s,./;-]{1,8}$/

const joins = (between: string, left: ScrubCategory, right: ScrubCategory): boolean =>
  left === 'ADDRESS' && (right === 'ADDRESS' || right === 'LOCATION')
    ? BETWEEN_ADDRESSES.test(between)
    : left === right && BETWEEN.test(between)

/** Spans of one thing that only a space or a sign parts become one. `spans` are sorted and don't overlap. */
export const mergeSpans = (text: string, spans: readonly ScrubSpan[]): ScrubSpan[] => {
  const merged: ScrubSpan[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (
      last !== undefined &&
      joins(text.slice(last.end, Math.min(span.start, last.end + 9)), last.category, span.category)
    )
      merged[merged.length - 1] = { start: last.start, end: span.end, category: last.category }
    else merged.push(span)
  }
  return merged
}

/** The text with each span replaced by its category: `[NAME]`. */
export const replaceSpans = (text: string, spans: readonly ScrubSpan[]): string => {
  const pieces: string[] = []
  let from = 0
  for (const { start, end, category } of spans) {
    pieces.push(text.slice(from, start), `[${category}]`)
    from = end
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}
