import { sha256 } from '#sha256'
import { bigEndian, concatBytes, utf8 } from './bytes.ts'

/** What a column holds; a number is written in decimal. */
export type RowValue = string | number | boolean | Uint8Array | null

const LABEL = utf8('chartward/v1/row\0')
const KINDS = { null: 0, text: 1, bytes: 2 } as const

/**
 * What an entry commits to of a row: SHA-256(label | table, then each value in the order given, as kind (1
 * byte: 0 null, 1 text, 2 bytes) | length as u32 | bytes). Numbers and booleans count as their text. No two
 * different lists have the same bytes. `malformed-text` for a lone surrogate.
 */
export const rowHash = (table: string, values: readonly RowValue[]): Uint8Array => {
  const parts: Uint8Array[] = [LABEL]
  for (const value of [table, ...values]) {
    const kind = value === null ? 'null' : value instanceof Uint8Array ? 'bytes' : 'text'
    const bytes =
      value === null ? new Uint8Array(0) : value instanceof Uint8Array ? value : utf8(String(value))
    parts.push(Uint8Array.of(KINDS[kind]), bigEndian(bytes.length, 4), bytes)
  }
  return sha256(concatBytes(parts))
}
