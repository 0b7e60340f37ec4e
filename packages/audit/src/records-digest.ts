import { sha256 } from '#sha256'
import { bigEndian, concatBytes, toHex, utf8 } from './bytes.ts'
import type { EntryRecords } from './entry.ts'
import { AuditError } from './errors.ts'
import { HASH_LENGTH } from './leaf.ts'

export interface WrittenRecord {
  recordId: string
  /** From 0; a safe integer. */
  version: number
  /** The `rowHash` of what is committed to of it. */
  hash: Uint8Array
}

const LABEL = utf8('chartward/v2/records-digest\0')

/**
 * One digest over all record versions that a write made, whatever order they come in: SHA-256(label | count
 * as u64 | per item, sorted by record id and version: length of id as u32 | id | version as u64 | hash).
 * Holds all items in memory. Throws `invalid-record` and `duplicate-record`.
 */
export const recordsDigest = (items: Iterable<WrittenRecord>): EntryRecords => {
  const sorted = [...items].sort(compare)
  const parts: Uint8Array[] = [LABEL, bigEndian(sorted.length, 8)]
  for (const [i, item] of sorted.entries()) {
    const { recordId, version, hash } = item
    if (recordId === '' || !Number.isSafeInteger(version) || version < 0 || hash.length !== HASH_LENGTH) {
      throw new AuditError('invalid-record', 'a written record lacks its id, version or hash')
    }
    const previous = sorted[i - 1]
    if (previous !== undefined && compare(previous, item) === 0) {
      throw new AuditError('duplicate-record', 'a record version is there twice')
    }
    const id = utf8(recordId)
    parts.push(bigEndian(id.length, 4), id, bigEndian(version, 8), hash)
  }
  return { digest: toHex(sha256(concatBytes(parts))), count: sorted.length }
}

const compare = (a: WrittenRecord, b: WrittenRecord): number => {
  if (a.recordId !== b.recordId) return a.recordId < b.recordId ? -1 : 1
  return a.version - b.version
}
