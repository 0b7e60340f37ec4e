import { claimedCheckpoint } from '../checkpoint.ts'
import { AuditError } from '../errors.ts'
import { leafHash as hashLeaf } from '../leaf.ts'
import { formatLine, formatManifest } from './format.ts'

export interface BundleEntry {
  index: number
  /** The stored canonical bytes; null where they are lost and only the leaf hash is left. */
  bytes: Uint8Array | null
  /**
   * The leaf hash as stored beside the entry. Give it wherever there is one: made anew from bytes that were
   * changed, it could not tell.
   */
  leafHash?: Uint8Array | undefined
}

/**
 * The lines of a log bundle, newlines included, one per entry as it comes. `checkpoint` is the signed note,
 * and `entries` the leaves 0 to its size. What a damaged log gives is written as it is: to name the damage is
 * the verifier's part, and it must be able to. Throws `malformed-note`, `malformed-checkpoint`, and
 * `invalid-hash` for an entry with neither bytes nor leaf hash.
 */
export async function* writeLogBundle(
  entries: AsyncIterable<BundleEntry>,
  checkpoint: string,
): AsyncIterable<string> {
  const { origin, size } = claimedCheckpoint(checkpoint)
  yield formatManifest({ origin, size, checkpoint })
  for await (const { index, bytes, leafHash } of entries) {
    const hash = leafHash ?? (bytes === null ? null : hashLeaf(bytes))
    if (hash === null) throw new AuditError('invalid-hash', 'an entry has neither bytes nor leaf hash')
    yield formatLine(index, bytes, hash)
  }
}
