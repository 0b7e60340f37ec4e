import {
  type Checkpoint,
  EMPTY_ROOT,
  equalBytes,
  HASH_LENGTH,
  MerkleFrontier,
  type NodeId,
  verifyConsistency,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { LogHead } from '../audit/log/head.ts'
import { storedConsistencyProof, storedHashes } from '../audit/log/proofs.ts'
import { LogFault } from './fault.ts'
import type { Signer } from './signer.ts'

/** Bytes of the size at the front of a serialised frontier. */
const SIZE_LENGTH = 8

/** The head's frontier, once it is seen to give the head's size and root. Throws LogFault. */
export const frontierOf = ({ size, root, frontier, checkpoint }: LogHead): MerkleFrontier => {
  const tree = frontier.length === 0 ? new MerkleFrontier() : deserialised(frontier)
  if (tree.size !== size || !equalBytes(tree.root(), root)) throw new LogFault('head-mismatch')
  // The first round signs the empty tree in the transaction that makes it grow.
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
 * Whose word it is that a log is held to: that of the database, of the signing key's folder, or of the store.
 */
type Witness = 'checkpoint' | 'kept' | 'store'

/**
 * What `note` was signed over, once the tree of `head` is seen to go on from it by the stored nodes. Throws
 * LogFault, by whose checkpoint it is.
 */
export const requireExtends = async (
  sql: Connection['sql'],
  head: LogHead,
  note: string,
  signer: Signer,
  witness: Witness,
): Promise<Checkpoint> => {
  const signed = await signer.verify(note).catch(() => {
    throw new LogFault(`${witness}-invalid`)
  })
  if (signed.size > head.size) throw new LogFault(`${witness}-ahead`)
  if (!(await extendsTree(sql, signed, head))) throw new LogFault(`${witness}-mismatch`)
  return signed
}

const extendsTree = async (
  sql: Connection['sql'],
  before: Checkpoint,
  { size, root }: LogHead,
): Promise<boolean> => {
  // Every tree goes on from the empty one, of which there is no proof.
  if (before.size === 0) return equalBytes(before.root, EMPTY_ROOT)
  const proof = await storedConsistencyProof(sql, before.size, size)
  const claim = { size1: before.size, size2: size, root1: before.root, root2: root }
  return proof !== null && verifyConsistency({ ...claim, proof })
}

/**
 * Whether the tree of `head` goes on from the one that its checkpoint was signed over, by the stored nodes.
 * Resolves with that checkpoint, or null before the first one; throws LogFault. Asked before every signature:
 * two heads that are signed and do not fit would be the end of all trust in the log.
 */
export const requireContinuation = async (
  sql: Connection['sql'],
  head: LogHead,
  signer: Signer,
): Promise<Checkpoint | null> => {
  if (head.checkpoint === null) return null
  const signed = await requireExtends(sql, head, head.checkpoint, signer, 'checkpoint')
  if (signed.size !== head.checkpointSize) throw new LogFault('checkpoint-invalid')
  return signed
}

/** The right edge of the tree of the first `size` leaves, from stored nodes. Throws LogFault. */
export const frontierAt = async (sql: Connection['sql'], size: number): Promise<MerkleFrontier> => {
  const prefix = Buffer.alloc(SIZE_LENGTH)
  prefix.writeBigUInt64BE(BigInt(size))
  const hashes = (await storedHashes(sql, edgeOf(size))).map((hash) => {
    if (hash === null) throw new LogFault('nodes-mismatch')
    return hash
  })
  return MerkleFrontier.deserialise(Buffer.concat([prefix, ...hashes]))
}

/**
 * Checks the whole head against what is stored beside it, before a process builds on it: frontier, root, edge
 * nodes, last leaf, last checkpoint; gives it back. The head must be locked, or another leader could move it
 * meanwhile. Throws LogFault.
 */
export const checkHead = async (
  sql: Connection['sql'],
  head: LogHead | null,
  signer: Signer,
): Promise<LogHead> => {
  if (head === null) throw new LogFault('head-missing')
  await signer.look(sql)
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
  await requireContinuation(sql, head, signer)
  return head
}
