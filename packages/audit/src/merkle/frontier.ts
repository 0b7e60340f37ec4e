import { sha256 } from '#sha256'
import { bigEndian, concatBytes } from '../bytes.ts'
import { AuditError } from '../errors.ts'
import { HASH_LENGTH, nodeHash } from '../leaf.ts'

/** The root of a tree without leaves: SHA-256 of nothing (RFC 9162 section 2.1.1). Read only. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0))

/** The hash of the complete subtree over leaves [index * 2^level, (index + 1) * 2^level). */
export interface StoredNode {
  level: number
  index: number
  hash: Uint8Array
}

/**
 * The right edge of a Merkle tree (a compact range): the roots of the complete subtrees that the binary
 * digits of its size name, left to right. All that is needed to append leaves and to know the root, in at
 * most 53 hashes.
 */
export class MerkleFrontier {
  #size = 0
  #edge: Uint8Array[] = []

  /** Leaves so far; a safe integer. */
  get size(): number {
    return this.#size
  }

  /**
   * Appends one leaf. Each interior node (level 1 and up) that it completes is pushed on
   * `completed`, lowest first.
   */
  append(leafHash: Uint8Array, completed?: StoredNode[]): void {
    if (leafHash.length !== HASH_LENGTH) throw new AuditError('invalid-hash', 'a leaf hash is 32 bytes')
    if (this.#size === Number.MAX_SAFE_INTEGER) throw new AuditError('invalid-range', 'the tree is full')
    // A copy: the edge must not change when the caller reuses its buffer.
    let hash: Uint8Array = new Uint8Array(leafHash)
    let index = this.#size
    for (let level = 1; index % 2 === 1; level++) {
      const left = this.#edge.pop()
      if (left === undefined)
        throw new AuditError('malformed-frontier', 'the edge is shorter than its size says')
      hash = nodeHash(left, hash)
      index = (index - 1) / 2
      completed?.push({ level, index, hash })
    }
    this.#edge.push(hash)
    this.#size++
  }

  root(): Uint8Array {
    const root = this.#edge.reduceRight<Uint8Array | null>(
      (right, left) => (right === null ? left : nodeHash(left, right)),
      null,
    )
    return new Uint8Array(root ?? EMPTY_ROOT)
  }

  clone(): MerkleFrontier {
    const copy = new MerkleFrontier()
    copy.#size = this.#size
    copy.#edge = [...this.#edge]
    return copy
  }

  /** Size in 8 big-endian bytes, then the edge's hashes, left to right. */
  serialise(): Uint8Array {
    return concatBytes([bigEndian(this.#size, 8), ...this.#edge])
  }

  /** Throws `malformed-frontier` where the number of hashes is not the number of ones in the size. */
  static deserialise(bytes: Uint8Array): MerkleFrontier {
    if (bytes.length < 8) throw new AuditError('malformed-frontier', 'a frontier is at least 8 bytes')
    const size = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0)
    const ones = size.toString(2).replaceAll('0', '').length
    if (size > BigInt(Number.MAX_SAFE_INTEGER) || bytes.length !== 8 + ones * HASH_LENGTH) {
      throw new AuditError('malformed-frontier', 'a frontier has another length than its size says')
    }
    const frontier = new MerkleFrontier()
    frontier.#size = Number(size)
    for (let at = 8; at < bytes.length; at += HASH_LENGTH) {
      frontier.#edge.push(new Uint8Array(bytes.subarray(at, at + HASH_LENGTH)))
    }
    return frontier
  }
}

/**
 * All interior nodes (level 1 and up) that appending `leafHashes` completes, in the order of completion.
 * `frontier` stays as it is.
 */
export const completedNodes = (frontier: MerkleFrontier, leafHashes: Iterable<Uint8Array>): StoredNode[] => {
  const next = frontier.clone()
  const completed: StoredNode[] = []
  for (const leafHash of leafHashes) next.append(leafHash, completed)
  return completed
}

/** MTH of RFC 9162 section 2.1.1 over leaf hashes. */
export const rootFromLeaves = (leafHashes: Iterable<Uint8Array>): Uint8Array => {
  const frontier = new MerkleFrontier()
  for (const leafHash of leafHashes) frontier.append(leafHash)
  return frontier.root()
}
