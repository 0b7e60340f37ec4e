import type { Connection } from '@chartward/db'

/** The one row of `audit_head`: the tree as committed, and the last checkpoint that was signed over it. */
export interface LogHead {
  readonly size: number
  /** As `MerkleFrontier.serialise` gives it; empty for the tree that has never had a leaf. */
  readonly frontier: Buffer
  readonly root: Buffer
  readonly checkpoint: string | null
  readonly checkpointSize: number | null
  readonly signedAt: Date | null
}

interface HeadRow {
  size: string
  frontier: Buffer
  root: Buffer
  checkpoint: string | null
  checkpoint_size: string | null
  signed_at: string | null
}

const headOf = (row: HeadRow): LogHead => ({
  size: Number(row.size),
  frontier: row.frontier,
  root: row.root,
  checkpoint: row.checkpoint,
  checkpointSize: row.checkpoint_size === null ? null : Number(row.checkpoint_size),
  signedAt: row.signed_at === null ? null : new Date(row.signed_at),
})

/** The head, or null where its row is gone. */
export const readHead = async (sql: Connection['sql']): Promise<LogHead | null> => {
  const [row] = await sql<HeadRow[]>`
    select size, frontier, root, checkpoint, checkpoint_size, signed_at from audit_head where id = 1`
  return row === undefined ? null : headOf(row)
}

/**
 * The head, locked until the transaction ends: whoever holds it leads. `skip` gives null at once where
 * another process leads, `wait` waits for it; null also where the row is gone.
 */
export const lockHead = async (sql: Connection['sql'], mode: 'skip' | 'wait'): Promise<LogHead | null> => {
  const [row] = await sql<HeadRow[]>`
    select size, frontier, root, checkpoint, checkpoint_size, signed_at from audit_head where id = 1
    for update ${mode === 'skip' ? sql`skip locked` : sql``}`
  return row === undefined ? null : headOf(row)
}
