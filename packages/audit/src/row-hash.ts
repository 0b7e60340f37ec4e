import { sha256 } from '#sha256'
import { utf8, wellFormed } from './bytes.ts'

/** What a column holds; a number is written in decimal. */
export type RowValue = string | number | boolean | Uint8Array | null

const LABEL = utf8('chartward/v1/row\0')
const KINDS = { null: 0, text: 1, bytes: 2 } as const
const encoder = new TextEncoder()

/** A UTF-16 code unit is three bytes of UTF-8 at most. */
const mostBytes = (value: string | Uint8Array | null): number =>
  5 + (value === null ? 0 : value.length * (typeof value === 'string' ? 3 : 1))

/**
 * What an entry commits to of a row: SHA-256(label | table, then each value in the order given, as kind (1
 * byte: 0 null, 1 text, 2 bytes) | length as u32 | bytes). Numbers and booleans count as their text. No two
 * different lists have the same bytes. `malformed-text` for a lone surrogate. An import makes one for each
 * record, so that the bytes are written into one piece of memory.
 */
export const rowHash = (table: string, values: readonly RowValue[]): Uint8Array => {
  const written = [table, ...values].map((value) =>
    value === null || value instanceof Uint8Array ? value : wellFormed(String(value)),
  )
  const bytes = new Uint8Array(written.reduce((sum, value) => sum + mostBytes(value), LABEL.length))
  const view = new DataView(bytes.buffer)
  bytes.set(LABEL)
  let at = LABEL.length
  for (const value of written) {
    const isText = typeof value === 'string'
    bytes[at] = KINDS[value === null ? 'null' : isText ? 'text' : 'bytes']
    const length =
      value === null ? 0 : isText ? encoder.encodeInto(value, bytes.subarray(at + 5)).written : value.length
    if (value !== null && !isText) bytes.set(value, at + 5)
    view.setUint32(at + 1, length)
    at += 5 + length
  }
  return sha256(bytes.subarray(0, at))
}
