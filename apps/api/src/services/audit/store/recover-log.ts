import { leafHash, MerkleFrontier, parseEntry, type StoredNode } from '@chartward/audit'
import { byteaArray, type Database, databaseFault, type Transaction, withTransaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { lockHead } from '../../../audit/log/head.ts'
import { nodeKey, storedNodes } from '../../../audit/log/proofs.ts'
import { storedEntries } from '../../../audit/log/stored-entries.ts'
import { restoreEntries } from '../../../audit/restore.ts'
import type { LogStore } from '../../../audit/store/log-store.ts'
import { checkStore } from './check-store.ts'
import { bundlesOf, databaseLeaves } from './walk-store.ts'

export interface Recovered {
  readonly entries: number
  readonly leaves: number
  readonly nodes: number
  /** Entries of the log before and after. */
  readonly from: number
  readonly to: number
}

export interface RecoverOptions {
  readonly app: Pick<App, 'audit' | 'settings'>
  /** The login `chartward_owner`. */
  readonly owner: Database
  readonly appendKey: Uint8Array
  readonly store: LogStore
}

/** PostgreSQL's check_violation, also where a row has no partition to go to. */
const NO_PARTITION = '23514'

/**
 * Puts back into the database what it lacks of a log store: deleted entries byte for byte, leaves, nodes, and
 * the head of an older copy. One transaction, with an entry `audit.recovered` in it; null, and no entry,
 * where nothing is lacking. It overwrites nothing: a row that was changed stays, as evidence, and is named by
 * the check afterwards. Rejects, and has then changed nothing, where the store by itself is not what was
 * signed, or the database has other entries than the store.
 */
export const recoverLog = async ({
  app,
  owner,
  appendKey,
  store,
}: RecoverOptions): Promise<Recovered | null> => {
  const { signed, storeHolds } = await checkStore(owner.sql, store, app.settings.logVerifierKey)
  if (signed === null || !storeHolds)
    throw new Error('The folder is not what was signed, and nothing was recovered from it: restore it first.')
  try {
    return await withTransaction(owner, 'none', async (tx) => {
      const head = await lockHead(tx.sql, 'wait')
      await tx.sql`select audit_make_partitions(12)`
      const tree = new MerkleFrontier()
      const counts = { entries: 0, leaves: 0, nodes: 0 }
      for await (const { from, entries } of bundlesOf(store, signed.size)) {
        if (entries === null) throw new Error('The folder has changed meanwhile: run this again.')
        const completed: StoredNode[] = []
        for (const bytes of entries) tree.append(leafHash(bytes), completed)
        counts.leaves += await putLeaves(tx, from, entries)
        counts.nodes += await putNodes(tx, completed)
        counts.entries += await putEntries(tx, appendKey, entries)
      }
      const from = head?.size ?? 0
      const behind = head === null || head.size < signed.size
      if (behind) await putHead(tx, tree, await store.checkpoint(), head === null)
      const to = Math.max(from, signed.size)
      const recovered = { ...counts, from, to }
      if (!behind && counts.entries + counts.leaves + counts.nodes === 0) return null
      await app.audit.append(tx, {
        action: 'audit.recovered',
        outcome: 'success',
        actor: { kind: 'system', name: 'recover' },
        resource: { type: 'AuditLog', id: null },
        count: counts.entries,
        change: { before: { size: from }, after: { size: to, ...counts } },
      })
      return recovered
    })
  } catch (error) {
    if (databaseFault(error)?.sqlState !== NO_PARTITION) throw error
    throw new Error(
      'A month of audit_entries is gone: make its partition as packages/db/src/migrations/0001_guards.sql does, and run this again.',
      { cause: error },
    )
  }
}

const putLeaves = async (
  { sql }: Transaction,
  from: number,
  entries: readonly Uint8Array[],
): Promise<number> => {
  const there = await databaseLeaves(sql, from, from + entries.length)
  const lacking: { index: number; bytes: Uint8Array; hash: Uint8Array }[] = []
  for (const [i, bytes] of entries.entries()) {
    const leaf = there.get(from + i)
    const hash = leafHash(bytes)
    if (leaf === undefined) lacking.push({ index: from + i, bytes, hash })
    else if (!leaf.leafHash.equals(hash))
      throw new Error(
        `The database has another entry at index ${from + i} than the folder: nothing was changed.`,
      )
  }
  if (lacking.length === 0) return 0
  await sql`
    insert into audit_leaves (index, entry_id, leaf_hash)
    select * from unnest(${lacking.map(({ index }) => index)}::bigint[], ${lacking.map(({ bytes }) => idOf(bytes))}::uuid[],
      ${byteaArray(
        sql,
        lacking.map(({ hash }) => hash),
      )})`
  return lacking.length
}

const putNodes = async ({ sql }: Transaction, nodes: readonly StoredNode[]): Promise<number> => {
  const there = await storedNodes(sql, nodes)
  const lacking = nodes.filter((node) => !there.has(nodeKey(node)))
  if (lacking.length === 0) return 0
  await sql`
    insert into audit_nodes (level, index, hash)
    select * from unnest(${lacking.map(({ level }) => level)}::smallint[], ${lacking.map(({ index }) => index)}::bigint[],
      ${byteaArray(
        sql,
        lacking.map(({ hash }) => hash),
      )})`
  return lacking.length
}

const putEntries = async (
  tx: Transaction,
  appendKey: Uint8Array,
  entries: readonly Uint8Array[],
): Promise<number> => {
  const there = await storedEntries(tx.sql, entries.map(idOf))
  const lacking = entries.filter((bytes) => !there.has(idOf(bytes)))
  await restoreEntries(tx, appendKey, lacking)
  return lacking.length
}

const idOf = (bytes: Uint8Array): EntryId => parseEntry(bytes).id as EntryId

const putHead = async (
  { sql }: Transaction,
  tree: MerkleFrontier,
  checkpoint: string | null,
  isGone: boolean,
): Promise<void> => {
  if (isGone) await sql`insert into audit_head (frontier, root, updated_at) values ('', sha256(''), now())`
  await sql`
    update audit_head
    set size = ${tree.size}, frontier = ${Buffer.from(tree.serialise())}, root = ${Buffer.from(tree.root())},
      checkpoint = ${checkpoint}, checkpoint_size = ${tree.size}, signed_at = null, updated_at = now()`
}
