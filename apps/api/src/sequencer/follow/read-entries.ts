import { type AuditEntry, AuditError, equalBytes, leafHash, parseEntry } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { type StoredEntry, storedEntries } from '../../audit/log/stored-entries.ts'
import { FollowerFault } from './fault.ts'
import type { LogReader, SeenEntry } from './follower.ts'

interface Leaf {
  readonly index: string
  readonly entry_id: EntryId
  readonly leaf_hash: Buffer
}

/**
 * The entries from index `from` up to, and without, `to`, in order. Each is taken from its hashed bytes, the
 * searchable columns are not looked at. Throws FollowerFault at the first that is not there or does not hold.
 */
export const readEntries = async (
  sql: Connection['sql'],
  isOwn: LogReader['isOwn'],
  from: number,
  to: number,
): Promise<SeenEntry[]> => {
  const leaves = await sql<Leaf[]>`
    select index, entry_id, leaf_hash from audit_leaves where index >= ${from} and index < ${to} order by index`
  const stored = await storedEntries(
    sql,
    leaves.map(({ entry_id }) => entry_id),
  )
  return Array.from({ length: to - from }, (_, i) => {
    const index = from + i
    const leaf = leaves[i]
    if (leaf === undefined || Number(leaf.index) !== index) throw new FollowerFault('leaf-missing', index)
    return { index, entry: checkedEntry(index, leaf, stored.get(leaf.entry_id), isOwn) }
  })
}

const checkedEntry = (
  index: number,
  leaf: Leaf,
  stored: StoredEntry | undefined,
  isOwn: LogReader['isOwn'],
): AuditEntry => {
  if (stored === undefined) throw new FollowerFault('entry-missing', index)
  if (!isOwn(stored.bytes, stored.mac)) throw new FollowerFault('bad-mac', index)
  if (!equalBytes(leafHash(stored.bytes), leaf.leaf_hash)) throw new FollowerFault('leaf-mismatch', index)
  try {
    return parseEntry(stored.bytes)
  } catch (error) {
    if (error instanceof AuditError) throw new FollowerFault('malformed-entry', index)
    throw error
  }
}
