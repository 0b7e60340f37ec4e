import { sha256 } from '#sha256'
import { bigEndian, toHex, utf8 } from './bytes.ts'
import { canonicalise, canonicalText } from './canonical.ts'
import { checkEntry } from './check-entry.ts'
import type { AuditEntry, AuditEntryBase } from './entry.ts'
import { AuditError } from './errors.ts'
import type { JsonValue } from './json.ts'

/** Bytes of a SHA-256 hash. */
export const HASH_LENGTH = 32

/** C2SP tlog-tiles puts a 16-bit length before each entry, so no entry may be longer. */
export const MAX_ENTRY_BYTES = 65_535

/**
 * The canonical bytes that are stored and hashed. The entry is checked first, because what enters the log
 * stays there. Throws as `checkEntry` does, and `entry-too-large` beyond 65,535 bytes.
 */
export const entryBytes = (entry: AuditEntry): Uint8Array => checkedBytes(entry).bytes

/** The same of an entry whose action is known only now, with the entry as it was checked. */
export const checkedBytes = (value: AuditEntryBase): { entry: AuditEntry; bytes: Uint8Array } => {
  const entry = checkEntry(value)
  const bytes = canonicalise(entry)
  if (bytes.length > MAX_ENTRY_BYTES)
    throw new AuditError('entry-too-large', 'an audit entry is over 65,535 bytes')
  return { entry, bytes }
}

/**
 * The entry whose canonical bytes are exactly `bytes`. Throws as `checkEntry` does, `entry-too-large`,
 * `malformed-entry` where the bytes are not JSON in UTF-8, and `non-canonical-entry` for another spelling of
 * an entry (repeated keys too).
 */
export const parseEntry = (bytes: Uint8Array): AuditEntry => {
  if (bytes.length > MAX_ENTRY_BYTES)
    throw new AuditError('entry-too-large', 'an audit entry is over 65,535 bytes')
  const text = decode(bytes)
  const value = parseJson(text)
  const entry = checkEntry(value)
  // Decoding is strict, so texts differ where bytes do.
  if (canonicalText(value) !== text) {
    throw new AuditError('non-canonical-entry', 'the bytes of an audit entry are not canonical')
  }
  return entry
}

/** Keeps a byte order mark, which is no JSON, instead of swallowing it. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const decode = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new AuditError('malformed-entry', 'not an audit entry: the bytes are not UTF-8')
  }
}

const parseJson = (text: string): JsonValue => {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which must not be repeated.
    throw new AuditError('malformed-entry', 'not an audit entry: the bytes are not JSON')
  }
}

/** SHA-256(0x00 | bytes): RFC 9162 section 2.1.1. */
export const leafHash = (bytes: Uint8Array): Uint8Array => {
  const input = new Uint8Array(1 + bytes.length)
  input.set(bytes, 1)
  return sha256(input)
}

/** SHA-256(0x01 | left | right): RFC 9162 section 2.1.1. Both are 32 bytes. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const input = new Uint8Array(1 + 2 * HASH_LENGTH)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + HASH_LENGTH)
  return sha256(input)
}

const NOTE_LABEL = utf8('chartward/v1/note-commitment\0')

/**
 * Hex commitment to free text that is kept outside the log and may be redacted there: SHA-256(label | length
 * of salt in 4 bytes | salt | text in UTF-8). The salt is secret with the text and at least 16 random bytes,
 * or a short text could be guessed from its hash. Throws `invalid-salt` and `malformed-text`.
 */
export const noteCommitment = (salt: Uint8Array, text: string): string => {
  if (salt.length < 16) throw new AuditError('invalid-salt', 'a note needs a salt of 16 bytes or more')
  return toHex(sha256(NOTE_LABEL, bigEndian(salt.length, 4), salt, utf8(text)))
}
