import { AuditError } from '../errors.ts'
import { HASH_LENGTH, nodeHash } from '../leaf.ts'

/** The complete subtree over leaves [index * 2^level, (index + 1) * 2^level); level 0 is a leaf hash. */
export interface NodeId {
  level: number
  index: number
}

/**
 * A stored node that a proof is made from. A proof hash over the incomplete right edge of the tree is
 * folded from several stored ones: `joinsPrevious` says that this node belongs to the same proof hash as
 * the one before it.
 */
export interface ProofNode extends NodeId {
  joinsPrevious: boolean
}

/** Reads the hash of a complete subtree. */
export type GetNode = (level: number, index: number) => Uint8Array

type Range = readonly [begin: number, end: number]

/**
 * Stored nodes that prove that leaf `index` is in the tree of `size` leaves, to be read in one query. Throws
 * `invalid-range`.
 */
export const inclusionProofNodes = (index: number | bigint, size: number | bigint): ProofNode[] => {
  const leaf = safeInteger(index)
  const leaves = safeInteger(size)
  if (leaf >= leaves) throw outOfRange()
  // PATH of RFC 9162 section 2.1.3.1, walked from the root down; a proof lists it from the leaf up.
  const path: Range[] = []
  let begin = 0
  let end = leaves
  while (end - begin > 1) {
    const middle = begin + split(end - begin)
    if (leaf < middle) {
      path.push([middle, end])
      end = middle
    } else {
      path.push([begin, middle])
      begin = middle
    }
  }
  return path.reverse().flatMap(rangeNodes)
}

/**
 * Stored nodes that prove that the tree of `size1` leaves is a prefix of that of `size2`; 0 < size1 <= size2,
 * else `invalid-range`.
 */
export const consistencyProofNodes = (size1: number | bigint, size2: number | bigint): ProofNode[] => {
  const old = safeInteger(size1)
  const leaves = safeInteger(size2)
  if (old === 0 || old > leaves) throw outOfRange()
  // SUBPROOF of RFC 9162 section 2.1.4.1, walked from the root down.
  const path: Range[] = []
  let begin = 0
  let end = leaves
  while (old !== end) {
    const middle = begin + split(end - begin)
    if (old <= middle) {
      path.push([middle, end])
      end = middle
    } else {
      path.push([begin, middle])
      begin = middle
    }
  }
  // The verifier knows the old root itself, so the subtree that is the whole old tree is left out.
  if (begin !== 0) path.push([begin, end])
  return path.reverse().flatMap(rangeNodes)
}

/**
 * The proof from the hashes of `nodes`, in their order. Throws `invalid-range` where the two lists
 * differ in length.
 */
export const foldProof = (nodes: readonly ProofNode[], hashes: readonly Uint8Array[]): Uint8Array[] => {
  if (nodes.length !== hashes.length) throw outOfRange()
  const proof: Uint8Array[] = []
  let right: Uint8Array | null = null
  // From the right, because the edge of a tree folds from its smallest subtree up.
  for (const [i, node] of [...nodes.entries()].reverse()) {
    const hash = hashes[i]
    if (hash === undefined || hash.length !== HASH_LENGTH)
      throw new AuditError('invalid-hash', 'a node is 32 bytes')
    right = right === null ? hash : nodeHash(hash, right)
    if (node.joinsPrevious) continue
    proof.push(right)
    right = null
  }
  return proof.reverse()
}

/**
 * RFC 9162 section 2.1.3: the proof that leaf `index` is in the tree of `size` leaves. Throws
 * `invalid-range`.
 */
export const inclusionProof = (
  index: number | bigint,
  size: number | bigint,
  getNode: GetNode,
): Uint8Array[] => read(inclusionProofNodes(index, size), getNode)

/**
 * RFC 9162 section 2.1.4: the proof that the tree of `size1` leaves is a prefix of that of `size2`. Empty
 * where they are equal.
 */
export const consistencyProof = (
  size1: number | bigint,
  size2: number | bigint,
  getNode: GetNode,
): Uint8Array[] => read(consistencyProofNodes(size1, size2), getNode)

const read = (nodes: readonly ProofNode[], getNode: GetNode): Uint8Array[] => {
  const hashes = nodes.map(({ level, index }) => getNode(level, index))
  return foldProof(nodes, hashes)
}

/**
 * The largest power of two smaller than `size`, which is at least 2. By doubling: bit operations end at 2^31.
 */
const split = (size: number): number => {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/**
 * A subtree's leaves as complete subtrees, left to right. `begin` is a multiple of the power of two above the
 * range's length.
 */
const rangeNodes = ([begin, end]: Range): ProofNode[] => {
  const nodes: ProofNode[] = []
  for (let at = begin; at < end; ) {
    let level = 0
    let width = 1
    while (width * 2 <= end - at) {
      width *= 2
      level++
    }
    nodes.push({ level, index: at / width, joinsPrevious: at !== begin })
    at += width
  }
  return nodes
}

const safeInteger = (value: number | bigint): number => {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number < 0) throw outOfRange()
  return number
}

const outOfRange = (): AuditError => new AuditError('invalid-range', 'no such leaf or tree size')
