import { type Checkpoint, MerkleFrontier, parseEntry, type StoredNode, toHex } from '@chartward/audit'
import { copyRows, type Transaction } from '@chartward/db'
import type { AuditLog } from '../../../audit/audit-log.ts'
import { type Fork, formatFork } from '../../../audit/fork.ts'
import { readHead } from '../../../audit/log/head.ts'
import { storedEntries } from '../../../audit/log/stored-entries.ts'
import { BackupError } from '../errors.ts'

/** Signs for the log: whoever has its key, away from the sequencer. */
export interface LogSigner {
  /** A checkpoint over a tree head, as the sequencer signs it. */
  checkpoint(size: number, root: Uint8Array): string
  /** Another text of the log's, as a signed note. */
  note(text: string): string
}

export interface ForkOptions {
  readonly audit: Pick<AuditLog, 'append'>
  readonly signer: LogSigner
  readonly origin: string
  /** What the log is known to have had, and is left behind. */
  readonly left: readonly Checkpoint[]
  readonly reason: string
  readonly operator: string
}

/**
 * Lets the log in the transaction go on from where it ends, though longer ones were signed: puts the entry
 * `audit.forked`, which names what is left behind and why, into the next place, and signs the head over it.
 * Gives the signed note by which sequencer and auditors know the new half.
 */
export const forkLog = async (tx: Transaction, options: ForkOptions): Promise<string> => {
  const { audit, signer, origin, left, reason, operator } = options
  const head = await readHead(tx.sql)
  if (head === null) throw new BackupError('content', 'The restored log has no head.')
  const from = { size: head.size, root: new Uint8Array(head.root) }
  const id = await audit.append(tx, {
    action: 'audit.forked',
    outcome: 'success',
    actor: { kind: 'system', name: operator },
    resource: { type: 'AuditLog', id: null },
    note: reason,
    change: {
      before: { size: Math.max(...left.map(({ size }) => size)), left: left.map(textOf).join(', ') },
      after: { size: from.size, root: toHex(from.root) },
    },
  })
  const entry = (await storedEntries(tx.sql, [id])).get(id)
  const [row] = await tx.sql<{ leaf_hash: Buffer }[]>`select leaf_hash from audit_entries where id = ${id}`
  if (entry === undefined || row === undefined) throw new BackupError('content', 'The entry was not stored.')
  const tree = head.size === 0 ? new MerkleFrontier() : MerkleFrontier.deserialise(head.frontier)
  const nodes: StoredNode[] = []
  tree.append(row.leaf_hash, nodes)
  await tx.sql`insert into audit_leaves (index, entry_id, leaf_hash) values (${from.size}, ${parseEntry(entry.bytes).id}, ${row.leaf_hash})`
  await copyRows(
    tx,
    'audit_nodes',
    { level: 'int2', index: 'int8', hash: 'bytea' },
    nodes.map(({ level, index, hash }) => [level, index, hash]),
  )
  for (const table of ['audit_pending_0', 'audit_pending_1', 'audit_pending_2'])
    await tx.sql`delete from ${tx.sql(table)} where entry_id = ${id}`
  const checkpoint = signer.checkpoint(tree.size, tree.root())
  await tx.sql`
    update audit_head set size = ${tree.size}, frontier = ${Buffer.from(tree.serialise())}, root = ${Buffer.from(tree.root())},
      checkpoint = ${checkpoint}, checkpoint_size = ${tree.size}, signed_at = now(), updated_at = now()`
  const fork: Fork = { origin, left, from, leaf: row.leaf_hash }
  return signer.note(formatFork(fork))
}

const textOf = ({ size, root }: Pick<Checkpoint, 'size' | 'root'>): string => `${size} ${toHex(root)}`
