import { equalBytes } from '../bytes.ts'
import { HASH_LENGTH, nodeHash } from '../leaf.ts'

export interface InclusionClaim {
  index: number | bigint
  size: number | bigint
  leafHash: Uint8Array
  proof: readonly Uint8Array[]
  root: Uint8Array
}

export interface ConsistencyClaim {
  size1: number | bigint
  size2: number | bigint
  root1: Uint8Array
  root2: Uint8Array
  proof: readonly Uint8Array[]
}

/**
 * Whether the proof shows that the leaf is at `index` of the tree: RFC 9162 section 2.1.3.2. Never throws:
 * what is malformed is false.
 */
export const verifyInclusion = ({ index, size, leafHash, proof, root }: InclusionClaim): boolean => {
  const leaf = natural(index)
  const leaves = natural(size)
  if (leaf === null || leaves === null || leaf >= leaves) return false
  if (!isHash(leafHash) || !isHash(root) || !proof.every(isHash)) return false
  let fn = leaf
  let sn = leaves - 1n
  let hash = leafHash
  for (const sibling of proof) {
    if (sn === 0n) return false
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(fn) && fn !== 0n) {
        fn >>= 1n
        sn >>= 1n
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    fn >>= 1n
    sn >>= 1n
  }
  return sn === 0n && equalBytes(hash, root)
}

/**
 * Whether the proof shows that the first tree is a prefix of the second: RFC 9162 section 2.1.4.2. Never
 * throws. An empty first tree is a prefix of everything, which proves nothing: false. Equal sizes need equal
 * roots and no proof.
 */
export const verifyConsistency = ({ size1, size2, root1, root2, proof }: ConsistencyClaim): boolean => {
  const first = natural(size1)
  const second = natural(size2)
  if (first === null || second === null || first === 0n || first > second) return false
  if (first === second) return proof.length === 0 && equalBytes(root1, root2)
  if (!isHash(root1) || !isHash(root2) || !proof.every(isHash)) return false
  // The old root stands first where its tree is one complete subtree: the prover leaves it out then.
  const [start, ...path] = (first & (first - 1n)) === 0n ? [root1, ...proof] : proof
  if (start === undefined) return false
  let fn = first - 1n
  let sn = second - 1n
  while (isOdd(fn)) {
    fn >>= 1n
    sn >>= 1n
  }
  let old = start
  let hash = start
  for (const node of path) {
    if (sn === 0n) return false
    if (isOdd(fn) || fn === sn) {
      old = nodeHash(node, old)
      hash = nodeHash(node, hash)
      while (!isOdd(fn) && fn !== 0n) {
        fn >>= 1n
        sn >>= 1n
      }
    } else {
      hash = nodeHash(hash, node)
    }
    fn >>= 1n
    sn >>= 1n
  }
  return sn === 0n && equalBytes(old, root1) && equalBytes(hash, root2)
}

const natural = (value: number | bigint): bigint | null => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null
  return value < 0 ? null : BigInt(value)
}

const isHash = (value: Uint8Array): boolean => value.length === HASH_LENGTH

const isOdd = (value: bigint): boolean => (value & 1n) === 1n
