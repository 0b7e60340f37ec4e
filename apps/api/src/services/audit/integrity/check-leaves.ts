import { equalBytes, HASH_LENGTH, type NodeId } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { nodeKey, storedNodes } from '../../../audit/log/proofs.ts'
import { storedEntries } from '../../../audit/log/stored-entries.ts'
import { checkEntryRow, type IsOwn, type LeafRow } from './check-entry-row.ts'
import type { Findings } from './findings.ts'
import { loggedEntries } from './logged-entry.ts'
import { completedBy, TreeWalk } from './tree-walk.ts'
import type { Witness } from './witness.ts'

/** Leaves, entries and nodes in memory at a time. */
const CHUNK = 512

export interface LeafWalk {
  /** How many leaves there are to read, from index 0 on. */
  readonly size: number
  /** Tree sizes whose roots are wanted. */
  readonly rootsAt: readonly number[]
  readonly isOwn: IsOwn
  /** Shown each entry that holds. */
  readonly witnesses: readonly Witness[]
  readonly findings: Findings
  readonly onProgress: (progress: { checked: number; size: number }) => void
}

/**
 * Reads the log from its first leaf to its last, in flat memory: each leaf with its entry, each node with
 * those below it, and shows what holds to the witnesses. Resolves with the roots asked for, null for one that
 * can't be known.
 */
export const checkLeaves = async (
  sql: Connection['sql'],
  { size, rootsAt, isOwn, witnesses, findings, onProgress }: LeafWalk,
): Promise<{ checked: number; roots: ReadonlyMap<number, Uint8Array | null> }> => {
  const tree = new TreeWalk()
  const roots = new Map<number, Uint8Array | null>([[0, tree.root()]])
  let intact = true
  let checked = 0
  for (let from = 0; from < size; ) {
    const to = Math.min(from + CHUNK, size)
    const leaves = await readLeaves(sql, from, to, findings)
    if (leaves.size === 0) {
      const next = await nextLeaf(sql, to, size)
      findings.add('leaf-missing', `leaves ${from} to ${next - 1} are missing`, { index: from })
      intact = false
      from = next
      continue
    }
    const entries = await storedEntries(
      sql,
      [...leaves.values()].map(({ entryId }) => entryId),
    )
    const nodes = intact ? await storedNodes(sql, nodesBetween(from, to)) : new Map<string, Buffer>()
    for (let index = from; index < to; index++) {
      const leaf = leaves.get(index)
      if (leaf === undefined) findings.add('leaf-missing', 'the leaf is missing', { index })
      const hash = leaf === undefined ? null : checkEntryRow(leaf, entries.get(leaf.entryId), isOwn, findings)
      if (!intact) continue
      tree.append(hash, (node, computed) => settle(node, computed, nodes.get(nodeKey(node)), findings))
      if (rootsAt.includes(index + 1)) roots.set(index + 1, tree.root())
    }
    const logged = loggedEntries(leaves.values(), entries)
    for (const witness of witnesses) await witness.see(logged)
    checked += leaves.size
    onProgress({ checked, size })
    from = to
  }
  return { checked, roots }
}

const readLeaves = async (
  sql: Connection['sql'],
  from: number,
  to: number,
  findings: Findings,
): Promise<Map<number, LeafRow>> => {
  const rows = await sql<{ index: string; entry_id: EntryId; leaf_hash: Buffer }[]>`
    select index, entry_id, leaf_hash from audit_leaves where index >= ${from} and index < ${to} order by index`
  const leaves = new Map<number, LeafRow>()
  for (const { index, entry_id: entryId, leaf_hash: leafHash } of rows) {
    const leaf = { index: Number(index), entryId, leafHash }
    // The primary key forbids it, for as long as nobody drops it.
    if (leaves.has(leaf.index)) findings.add('leaf-duplicated', 'there are two leaves at this index', leaf)
    else leaves.set(leaf.index, leaf)
  }
  return leaves
}

const nextLeaf = async (sql: Connection['sql'], from: number, size: number): Promise<number> => {
  const [row] = await sql<{ index: string | null }[]>`
    select min(index) as index from audit_leaves where index >= ${from} and index < ${size}`
  return row === undefined || row.index === null ? size : Number(row.index)
}

const nodesBetween = (from: number, to: number): NodeId[] =>
  Array.from({ length: to - from }, (_, i) => completedBy(from + i)).flat()

const settle = (
  { level, index }: NodeId,
  computed: Uint8Array | null,
  stored: Buffer | undefined,
  findings: Findings,
): Uint8Array | null => {
  const where = `node ${index} of level ${level}`
  if (stored === undefined) {
    findings.add('node-missing', `${where} is missing`)
    return computed
  }
  if (computed === null) return stored.length === HASH_LENGTH ? stored : null
  if (!equalBytes(computed, stored)) findings.add('node-changed', `${where} is not what its leaves hash to`)
  return computed
}
