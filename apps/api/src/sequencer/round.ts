import { EMPTY_ROOT, leafHash, type StoredNode } from '@chartward/audit'
import { byteaArray, type Connection, RowsNotStored, withTransaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { lockHead } from '../audit/log/head.ts'
import { type StoredEntry, storedEntries } from '../audit/log/stored-entries.ts'
import { frontierOf } from './check-head.ts'
import type { SequencerContext } from './context.ts'
import { problemsByKeys } from './enrolments.ts'
import { type Taken, takePending } from './pending.ts'
import { type KeyProblem, problemOf } from './problem.ts'

/**
 * Most rows that one transaction takes: what is held in memory at once, and what a kill makes somebody do
 * again.
 */
export const BATCH = 8192

export interface Round extends Pick<Taken, 'current' | 'fromCurrent'> {
  readonly taken: number
  readonly sequenced: number
  readonly quarantined: number
}

/**
 * One transaction: takes what is pending, gives each good entry the next index, extends the tree and moves
 * the head. Either all of it is committed or none. Resolves with null where another process leads; rejects
 * with LogFault where the log is not one to build on.
 */
export const sequenceRound = (context: SequencerContext): Promise<Round | null> =>
  withTransaction(context.db, 'none', async ({ sql }) => {
    const head = await lockHead(sql, 'skip')
    if (head === null) return null
    const tree = frontierOf(head)
    const { current, ids, rows, fromCurrent } = await takePending(sql, BATCH)
    const stored = await storedEntries(sql, ids)
    const byKeys = await problemsByKeys(context, sql, { entries: [...stored.values()], size: head.size })
    const { good, bad } = judge(context, ids, stored, byKeys)
    await quarantine(context, sql, bad)
    const fresh = await notYetSequenced(sql, good)
    if (fresh.length > 0) {
      const nodes: StoredNode[] = []
      const hashes = fresh.map(({ bytes }) => leafHash(bytes))
      for (const hash of hashes) tree.append(hash, nodes)
      await insertLeaves(sql, head.size, fresh, hashes)
      await insertNodes(sql, nodes)
      if (head.checkpoint === null) await signEmptyTree(context, sql)
      await sql`
        update audit_head
        set size = ${tree.size}, frontier = ${Buffer.from(tree.serialise())}, root = ${Buffer.from(tree.root())},
          updated_at = ${context.clock().toISOString()}`
    }
    return { current, fromCurrent, taken: rows, sequenced: fresh.length, quarantined: bad.length }
  })

/**
 * So that no log that has entries is without a checkpoint, whoever is killed before its first publication.
 */
const signEmptyTree = async ({ signer }: SequencerContext, sql: Connection['sql']): Promise<void> => {
  await sql`update audit_head set checkpoint = ${signer.sign(0, EMPTY_ROOT)}, checkpoint_size = 0`
}

interface Bad {
  readonly id: EntryId
  readonly problem: string
}

/** Parts the entries that may enter the log from those that may not, keeping their order. */
const judge = (
  { isOwn }: SequencerContext,
  ids: readonly EntryId[],
  stored: ReadonlyMap<EntryId, StoredEntry>,
  byKeys: ReadonlyMap<EntryId, KeyProblem>,
): { good: StoredEntry[]; bad: Bad[] } => {
  const good: StoredEntry[] = []
  const bad: Bad[] = []
  for (const id of ids) {
    const entry = stored.get(id)
    const problem = problemOf(entry, isOwn, byKeys.get(id))
    if (entry !== undefined && problem === null) good.push(entry)
    else bad.push({ id, problem: problem ?? 'entry-missing' })
  }
  return { good, bad }
}

const quarantine = async (
  { log }: SequencerContext,
  sql: Connection['sql'],
  bad: readonly Bad[],
): Promise<void> => {
  if (bad.length === 0) return
  for (const { id, problem } of bad) {
    log.error(
      { entryId: id, problem },
      'an audit entry was put in behind the application, or changed: quarantined',
    )
  }
  await sql`
    insert into audit_quarantine (entry_id, problem)
    select * from unnest(${bad.map(({ id }) => id)}::uuid[], ${bad.map(({ problem }) => problem)}::text[])
    on conflict do nothing`
}

/** An entry that was queued twice keeps the index it has. */
const notYetSequenced = async (
  sql: Connection['sql'],
  entries: readonly StoredEntry[],
): Promise<StoredEntry[]> => {
  if (entries.length === 0) return []
  const rows = await sql<{ entry_id: EntryId }[]>`
    select entry_id from audit_leaves where entry_id = any(${entries.map(idOf)}::uuid[])`
  const known = new Set(rows.map(({ entry_id }) => entry_id))
  return entries.filter((entry) => !known.has(idOf(entry)))
}

const idOf = ({ columns }: StoredEntry): EntryId => columns.id

const insertLeaves = async (
  sql: Connection['sql'],
  from: number,
  entries: readonly StoredEntry[],
  hashes: readonly Uint8Array[],
): Promise<void> => {
  const { count } = await sql`
    insert into audit_leaves (index, entry_id, leaf_hash)
    select * from unnest(${entries.map((_, i) => from + i)}::bigint[], ${entries.map(idOf)}::uuid[],
      ${byteaArray(sql, hashes)})`
  if (count !== entries.length) throw new RowsNotStored()
}

const insertNodes = async (sql: Connection['sql'], nodes: readonly StoredNode[]): Promise<void> => {
  if (nodes.length === 0) return
  const { count } = await sql`
    insert into audit_nodes (level, index, hash)
    select * from unnest(${nodes.map(({ level }) => level)}::smallint[], ${nodes.map(({ index }) => index)}::bigint[],
      ${byteaArray(
        sql,
        nodes.map(({ hash }) => hash),
      )})`
  if (count !== nodes.length) throw new RowsNotStored()
}
