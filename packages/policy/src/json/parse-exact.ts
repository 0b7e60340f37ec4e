import { ExactNumber } from './exact-number.ts'
import { glance } from './glance.ts'
import { numberEnd, readTokens, survives } from './tokens.ts'

/** NUL, which JSON allows in a string as an escape alone. */
const MARK = '\\u0000'

/** The text with the numbers that begin at the given places as strings behind a mark. */
const markedAt = (text: string, places: readonly number[]): string => {
  let written = ''
  let from = 0
  for (const at of places) {
    const end = numberEnd(text, at)
    written += `${text.slice(from, at)}"${MARK}${text.slice(at, end)}"`
    from = end
  }
  return written + text.slice(from)
}

/**
 * The same, with the numbers found by reading every token. A string that begins with the mark gets another
 * one, so that it is not taken for a number.
 */
const marked = (text: string): string => {
  let written = ''
  let from = 0
  readTokens(text, {
    string: (start) => {
      if (!text.startsWith(MARK, start + 1)) return
      written += text.slice(from, start + 1) + MARK
      from = start + 1
    },
    number: (start, end) => {
      const digits = text.slice(start, end)
      if (survives(digits)) return
      written += `${text.slice(from, start)}"${MARK}${digits}"`
      from = end
    },
  })
  return written + text.slice(from)
}

const restored = (text: string): string | ExactNumber =>
  text.charCodeAt(1) === 0 ? text.slice(1) : new ExactNumber(text.slice(1))

const isMarked = (value: unknown): value is string => typeof value === 'string' && value.charCodeAt(0) === 0

type Container = unknown[] | Record<string, unknown>

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/**
 * Deeper than any resource; what lies deeper waits in a list, since input nests as it will and recursion must
 * not.
 */
const MAX_RECURSION = 256

class Walk {
  keys = 0
  /**
   * Whether a number stands where `glance` does not look: behind something else in a list, or in a list of
   * lists.
   */
  hasOdd = false
  readonly #hasMarks: boolean
  readonly #deep: Container[] = []

  constructor(root: Container, hasMarks: boolean) {
    this.#hasMarks = hasMarks
    this.hasOdd = Array.isArray(root)
    for (let next: Container | undefined = root; next !== undefined; next = this.#deep.pop())
      this.#visit(next, 0)
  }

  #visit(value: Container, depth: number): void {
    if (depth > MAX_RECURSION) this.#deep.push(value)
    else if (Array.isArray(value)) this.#list(value, depth)
    else {
      for (const name in value) {
        this.keys += 1
        const item = value[name]
        if (isContainer(item)) this.#visit(item, depth + 1)
        else if (this.#hasMarks && isMarked(item)) value[name] = restored(item)
      }
    }
  }

  #list(list: unknown[], depth: number): void {
    const isSeen = typeof list[0] === 'number' || (this.#hasMarks && isMarked(list[0]))
    for (const [at, item] of list.entries()) {
      if (typeof item === 'number') this.hasOdd ||= !isSeen
      else if (isContainer(item)) {
        this.hasOdd ||= Array.isArray(item)
        this.#visit(item, depth + 1)
      } else if (this.#hasMarks && isMarked(item)) list[at] = restored(item)
    }
  }
}

export interface ParsedJson {
  readonly value: unknown
  /**
   * Whether an object may have a key twice, of which `JSON.parse` keeps the last. False is certain; true is
   * for `findDuplicateKey` to settle.
   */
  readonly mayHaveDuplicates: boolean
}

const parseMarked = (marks: string, keys: number): ParsedJson => {
  const value: unknown = JSON.parse(marks)
  if (isContainer(value)) return { value, mayHaveDuplicates: new Walk(value, true).keys !== keys }
  return { value: isMarked(value) ? restored(value) : value, mayHaveDuplicates: false }
}

/**
 * `JSON.parse` that keeps every digit: a number that would not come back from a double as it was sent is an
 * `ExactNumber`. Throws SyntaxError as `JSON.parse` does.
 */
export const parseJson = (text: string): ParsedJson => {
  const { keys, changed, isCertain } = glance(text)
  if (isCertain && changed.length === 0) {
    const value: unknown = JSON.parse(text)
    if (!isContainer(value) && typeof value !== 'number') return { value, mayHaveDuplicates: false }
    const walk = isContainer(value) ? new Walk(value, false) : null
    if (walk?.hasOdd === false) return { value, mayHaveDuplicates: walk.keys !== keys }
  } else if (isCertain && !text.includes(MARK)) {
    const value: unknown = JSON.parse(markedAt(text, changed))
    const walk = isContainer(value) ? new Walk(value, true) : null
    if (walk?.hasOdd === false) return { value, mayHaveDuplicates: walk.keys !== keys }
  }
  return parseMarked(marked(text), keys)
}

/** The value alone: for texts that this system has written itself. */
export const parseExact = (text: string): unknown => parseJson(text).value
