import {
  consistencyProofNodes,
  foldProof,
  HASH_LENGTH,
  inclusionProofNodes,
  type NodeId,
  type ProofNode,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'

const LEAF_LEVEL = 0
export const nodeKey = ({ level, index }: NodeId): string => `${level}:${index}`

/** The stored hashes of interior nodes (level 1 and up), by `nodeKey`, as far as they are there. */
export const storedNodes = async (
  sql: Connection['sql'],
  nodes: readonly NodeId[],
): Promise<Map<string, Buffer>> => {
  if (nodes.length === 0) return new Map()
  const rows = await sql<{ level: number; index: string; hash: Buffer }[]>`
    select n.level, n.index, n.hash
    from unnest(${nodes.map(({ level }) => level)}::smallint[], ${nodes.map(({ index }) => index)}::bigint[]) w (level, index)
    join audit_nodes n on n.level = w.level and n.index = w.index`
  return new Map(rows.map(({ level, index, hash }) => [`${level}:${index}`, hash]))
}

/** The stored hashes of nodes at any level, in the order asked for; null where one is missing or no hash. */
export const storedHashes = async (
  sql: Connection['sql'],
  nodes: readonly NodeId[],
): Promise<(Buffer | null)[]> => {
  const found = await storedNodes(
    sql,
    nodes.filter(({ level }) => level > LEAF_LEVEL),
  )
  const leaves = nodes.filter(({ level }) => level === LEAF_LEVEL).map(({ index }) => index)
  if (leaves.length > 0) {
    const rows = await sql<{ index: string; leaf_hash: Buffer }[]>`
      select index, leaf_hash from audit_leaves where index = any(${leaves}::bigint[])`
    for (const { index, leaf_hash } of rows) found.set(`${LEAF_LEVEL}:${index}`, leaf_hash)
  }
  return nodes.map((node) => {
    const hash = found.get(nodeKey(node))
    return hash?.length === HASH_LENGTH ? hash : null
  })
}

const proofOf = async (sql: Connection['sql'], nodes: readonly ProofNode[]): Promise<Uint8Array[] | null> => {
  const hashes: Uint8Array[] = []
  for (const hash of await storedHashes(sql, nodes)) {
    if (hash === null) return null
    hashes.push(hash)
  }
  return foldProof(nodes, hashes)
}

/**
 * Proof that leaf `index` is in the tree of `size` leaves, from stored nodes; null where one of
 * them is missing.
 */
export const storedInclusionProof = (
  sql: Connection['sql'],
  index: number,
  size: number,
): Promise<Uint8Array[] | null> => proofOf(sql, inclusionProofNodes(index, size))

/**
 * Proof that the tree of `from` leaves is a prefix of that of `to`, 0 < from <= to; null where a
 * node is missing.
 */
export const storedConsistencyProof = (
  sql: Connection['sql'],
  from: number,
  to: number,
): Promise<Uint8Array[] | null> => proofOf(sql, consistencyProofNodes(from, to))
