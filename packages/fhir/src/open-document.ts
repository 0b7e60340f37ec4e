import { type FhirInput, interpret } from './interpret.ts'

/**
 * Whether a text that is no JSON of its own may be the beginning of a document that goes on in the next line:
 * it opens a bracket, ends outside of a string, and every bracket that it closes was the one open.
 */
export const leavesJsonOpen = (text: string): boolean => {
  const open: string[] = []
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at += 1
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') open.push(char)
    else if ((char === '}' || char === ']') && open.pop() !== (char === '}' ? '{' : '[')) return false
  }
  return !inString && open.length > 0 && /^\s*[{[]/.test(text)
}

/** One JSON document over many lines, held until its end is reached. */
export class OpenDocument {
  /** The line that it begins on. */
  readonly line: number
  /** Its length so far, newlines included. */
  bytes: number
  readonly #lines: string[]

  constructor(line: number, bytes: number, text: string) {
    this.line = line
    this.bytes = bytes
    this.#lines = [text]
  }

  /** Until a second line has come, it may still be NDJSON whose first line is cut off. */
  get isTentative(): boolean {
    return this.#lines.length === 1
  }

  /** Whether it is a list, one item a line, of which this is the next line. */
  isListThatGoesOn(next: string): boolean {
    return /^\s*\[/.test(this.#lines[0] ?? '') && /[,\]]\s*$/.test(next)
  }

  add(bytes: number, text: string): void {
    this.bytes += bytes + 1
    this.#lines.push(text)
  }

  close(): FhirInput[] {
    const what = `The JSON document that begins on line ${this.line}`
    return interpret(this.#lines.join('\n'), this.line, this.bytes, what)
  }
}
