import { equalBytes, MerkleFrontier, type StoredNode } from '@chartward/audit'
import { copyRows, type Transaction } from '@chartward/db'
import { readHead } from '../../../audit/log/head.ts'
import { BackupError } from '../errors.ts'

const PAGE = 20_000

/**
 * Works out the log's nodes from its leaves, and sees that leaves, entries and head belong together. Rejects
 * with BackupError.
 */
export const rebuildLog = async (tx: Transaction): Promise<void> => {
  const { sql } = tx
  const tree = new MerkleFrontier()
  for (;;) {
    const leaves = await sql<{ leaf_hash: Buffer }[]>`
      select leaf_hash from audit_leaves where index >= ${tree.size} and index < ${tree.size + PAGE} order by index`
    const nodes: StoredNode[] = []
    for (const { leaf_hash } of leaves) tree.append(leaf_hash, nodes)
    await copyRows(
      tx,
      'audit_nodes',
      { level: 'int2', index: 'int8', hash: 'bytea' },
      nodes.map(({ level, index, hash }) => [level, index, hash]),
    )
    if (leaves.length < PAGE) break
  }
  const head = await readHead(sql)
  if (head === null || head.size !== tree.size || !equalBytes(head.root, tree.root()))
    throw new BackupError(
      'content',
      'The head of the restored log does not fit its leaves: nothing was changed.',
    )
  const [odd] = await sql<{ n: string }[]>`
    select count(*) as n from audit_leaves l left join audit_entries e on e.id = l.entry_id
    where e.leaf_hash is distinct from l.leaf_hash`
  if (odd?.n !== '0')
    throw new BackupError('content', 'Entries of the restored log are missing: nothing was changed.')
}
