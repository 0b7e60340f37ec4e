import { type Format, formatMessage, formatOf, xmlFormat } from './format.ts'
import { decode, type FhirInput, failure, interpret, parse } from './interpret.ts'
import { isResource } from './json.ts'
import { type Line, readLines } from './lines.ts'
import { leavesJsonOpen, OpenDocument } from './open-document.ts'

export type { FhirInput } from './interpret.ts'

export const DEFAULT_MAX_LINE_BYTES = 32 * 1024 * 1024
export const DEFAULT_MAX_DOCUMENT_BYTES = 64 * 1024 * 1024

export interface ReadOptions {
  /** A longer line is skipped without being held. Bytes; 32 MiB where not given. */
  readonly maxLineBytes?: number
  /**
   * The limit for one JSON document over many lines, which has to be held whole. Bytes; 64 MiB
   * where not given.
   */
  readonly maxDocumentBytes?: number
}

const mebibytes = (bytes: number): string => `${(bytes / (1024 * 1024)).toFixed(1)} MiB`

const lineTooLong = (line: number, limit: number): FhirInput =>
  failure(
    line,
    'line-too-long',
    `Line ${line} is longer than ${mebibytes(limit)} and was skipped: export it as NDJSON with one resource a line.`,
  )

const documentTooLong = (line: number, limit: number): FhirInput =>
  failure(
    line,
    'document-too-long',
    `The JSON document that begins on line ${line} is longer than ${mebibytes(limit)}: export it as NDJSON.`,
  )

const notUtf8 = (line: number): FhirInput =>
  failure(line, 'not-utf8', `Line ${line} is not UTF-8 text: it is damaged, or in another encoding.`)

const notJson = (line: number): FhirInput =>
  failure(line, 'not-json', `Line ${line} is not valid JSON: it is cut off or damaged. Export it again.`)

// JSON's own white space, and the three bytes of a byte order mark.
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, 0xef, 0xbb, 0xbf])
const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => BLANK.has(byte))

const EMPTY = new Uint8Array(0)

/** Whether a line looks like one of NDJSON: a resource of its own, or the damaged beginning of one. */
const looksLikeResource = (text: string): boolean =>
  /^\s*\{\s*"resourceType"/.test(text) || isResource(parse(text)?.value)

/**
 * What the lines are is settled by the first one: JSON of its own means NDJSON (or a document in one
 * line); a line that leaves a bracket open means one document over many lines, unless the next one is a
 * resource of its own.
 */
class Reader {
  readonly #maxLineBytes: number
  readonly #maxDocumentBytes: number
  #isNdjson = false
  #open: OpenDocument | null = null
  /** The first line, where the next one tells what it is. */
  #doubt: { readonly line: number; readonly text: string; readonly format: 'xml?' | 'csv?' } | null = null
  #hasBegun = false
  /** A document that can't be read any more ends the reading: where it ends is not known. */
  isDone = false

  constructor(options: ReadOptions) {
    this.#maxLineBytes = options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES
    this.#maxDocumentBytes = options.maxDocumentBytes ?? DEFAULT_MAX_DOCUMENT_BYTES
  }

  get maxLineBytes(): number {
    return this.#maxLineBytes
  }

  take({ number, bytes }: Line): FhirInput[] {
    if (bytes !== null && isBlank(bytes)) return []
    const text = bytes === null ? null : decode(bytes)
    if (this.#doubt !== null) return this.#settle(this.#doubt, number, bytes, text)
    if (!this.#hasBegun) {
      this.#hasBegun = true
      const format = bytes === null ? null : formatOf(bytes, text)
      if (format === 'xml?' || format === 'csv?') {
        this.#doubt = { line: number, text: text ?? '', format }
        return []
      }
      if (format !== null) return this.#end(number, format)
    }
    if (this.#open !== null) {
      if (this.#open.isTentative && text !== null && this.#open.isListThatGoesOn(text))
        return this.#end(this.#open.line, 'json-array')
      if (this.#open.isTentative && (text === null || looksLikeResource(text))) {
        const cutOff = notJson(this.#open.line)
        this.#open = null
        this.#isNdjson = true
        return [cutOff, ...this.#takeLine(number, bytes, text)]
      }
      return this.#takeInto(this.#open, number, bytes, text)
    }
    return this.#takeLine(number, bytes, text)
  }

  end(): FhirInput[] {
    if (this.#doubt !== null) {
      const { line, text, format } = this.#doubt
      return format === 'xml?' ? this.#end(line, xmlFormat(text)) : this.#takeLine(line, EMPTY, text)
    }
    return this.isDone ? [] : (this.#open?.close() ?? [])
  }

  /** Nothing more is read: the file is of another format, which is said once. */
  #end(line: number, format: Format): FhirInput[] {
    this.isDone = true
    this.#open = null
    this.#doubt = null
    return [failure(line, 'not-fhir-json', formatMessage(format))]
  }

  #settle(
    first: { readonly line: number; readonly text: string; readonly format: 'xml?' | 'csv?' },
    number: number,
    bytes: Uint8Array | null,
    text: string | null,
  ): FhirInput[] {
    this.#doubt = null
    if (first.format === 'xml?') return this.#end(first.line, xmlFormat(`${first.text}\n${text ?? ''}`))
    const goesOn = text?.trimStart()
    if (goesOn?.startsWith('{') === true || goesOn === undefined)
      return [...this.#takeLine(first.line, EMPTY, first.text), ...this.#takeLine(number, bytes, text)]
    return this.#end(first.line, 'csv')
  }

  #takeLine(number: number, bytes: Uint8Array | null, text: string | null): FhirInput[] {
    if (bytes === null) {
      this.#isNdjson = true
      return [lineTooLong(number, this.#maxLineBytes)]
    }
    if (text === null) return [notUtf8(number)]
    if (!this.#isNdjson && parse(text) === null && leavesJsonOpen(text)) {
      this.#open = new OpenDocument(number, bytes.length, text)
      return []
    }
    this.#isNdjson = true
    return interpret(text, number, bytes.length)
  }

  #takeInto(
    document: OpenDocument,
    number: number,
    bytes: Uint8Array | null,
    text: string | null,
  ): FhirInput[] {
    const isOver = bytes !== null && document.bytes + bytes.length + 1 > this.#maxDocumentBytes
    if (bytes !== null && text !== null && !isOver) {
      document.add(bytes.length, text)
      return []
    }
    this.isDone = true
    if (bytes === null) return [lineTooLong(number, this.#maxLineBytes)]
    return [isOver ? documentTooLong(document.line, this.#maxDocumentBytes) : notUtf8(number)]
  }
}

/**
 * Reads FHIR from a stream of bytes, as they come: NDJSON (a Bundle or a resource a line) or one JSON
 * document over many lines, told apart by the first lines. What is neither is named as what it is, once. A
 * line that can't be read is reported by number and the rest goes on; a Bundle may give errors for single
 * entries besides the rest of itself. Memory is bounded by the two limits and one chunk, not by the stream.
 * Blank lines and a byte order mark are passed over. Decompression is the caller's; what the stream itself
 * throws goes through.
 */
export async function* readFhir(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<FhirInput, void, undefined> {
  const reader = new Reader(options)
  for await (const batch of readLines(chunks, reader.maxLineBytes)) {
    for (const line of batch) {
      yield* reader.take(line)
      if (reader.isDone) return
    }
  }
  yield* reader.end()
}
