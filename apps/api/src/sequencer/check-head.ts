import {
  type Checkpoint,
  equalBytes,
  HASH_LENGTH,
  MerkleFrontier,
  type NodeId,
  verifyCheckpoint,
  verifyConsistency,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { LogHead } from '../audit/log/head.ts'
import { storedConsistencyProof, storedHashes } from '../audit/log/proofs.ts'
import { LogFault } from './fault.ts'

/** Bytes of the size at the front of a serialised frontier. */
const SIZE_LENGTH = 8

/** The head's frontier, once it is seen to give the head's size and root. Throws LogFault. */
export const frontierOf = ({ size, root, frontier, checkpoint }: LogHead): MerkleFrontier => {
  const tree = frontier.length === 0 ? new MerkleFrontier() : deserialised(frontier)
  if (tree.size !== size || !equalBytes(tree.root(), root)) throw new LogFault('head-mismatch')
  // A log's first entries are integrated and signed in one transaction.
  if (size > 0 && checkpoint === null) throw new LogFault('checkpoint-missing')
  return tree
}

const deserialised = (bytes: Uint8Array): MerkleFrontier => {
  try {
    return MerkleFrontier.deserialise(bytes)
  } catch {
    throw new LogFault('head-mismatch')
  }
}

/** The complete subtrees that make up a tree of `size` leaves, left to right: one per binary digit. */
const edgeOf = (size: number): NodeId[] => {
  const nodes: NodeId[] = []
  for (let level = 52; level >= 0; level--) {
    const width = 2 ** level
    const before = Math.floor(size / (2 * width)) * 2 * width
    if (size - before >= width) nodes.push({ level, index: before / width })
  }
  return nodes
}

/**
 * Whether the tree of `head` goes on from the one that its checkpoint was signed over, by the stored nodes.
 * Resolves with that checkpoint, or null before the first one; throws LogFault. Asked before every signature:
 * two heads that are signed and do not fit would be the end of all trust in the log.
 */
export const requireContinuation = async (
  sql: Connection['sql'],
  head: LogHead,
  verifierKey: string,
): Promise<Checkpoint | null> => {
  if (head.checkpoint === null) return null
  const signed = await verifyCheckpoint(head.checkpoint, verifierKey).catch(() => {
    throw new LogFault('checkpoint-invalid')
  })
  if (signed.size !== head.checkpointSize) throw new LogFault('checkpoint-invalid')
  if (signed.size > head.size) throw new LogFault('checkpoint-ahead')
  const proof = await storedConsistencyProof(sql, signed.size, head.size)
  const holds =
    proof !== null &&
    verifyConsistency({ size1: signed.size, size2: head.size, root1: signed.root, root2: head.root, proof })
  if (!holds) throw new LogFault('checkpoint-mismatch')
  return signed
}

/**
 * Checks the whole head against what is stored beside it, before a process builds on it: frontier, root, edge
 * nodes, last leaf, last checkpoint. The head must be locked, or another leader could move it meanwhile.
 * Throws LogFault.
 */
export const checkHead = async (
  sql: Connection['sql'],
  head: LogHead | null,
  verifierKey: string,
): Promise<void> => {
  if (head === null) throw new LogFault('head-missing')
  frontierOf(head)
  const edge = await storedHashes(sql, edgeOf(head.size))
  const fits = edge.every((hash, i) => {
    const begin = SIZE_LENGTH + i * HASH_LENGTH
    return hash !== null && equalBytes(hash, head.frontier.subarray(begin, begin + HASH_LENGTH))
  })
  if (!fits) throw new LogFault('nodes-mismatch')
  const [last] = await sql<{ index: string | null }[]>`select max(index) as index from audit_leaves`
  const leaves = last === undefined || last.index === null ? 0 : Number(last.index) + 1
  if (leaves !== head.size) throw new LogFault('leaves-mismatch')
  await requireContinuation(sql, head, verifierKey)
}
