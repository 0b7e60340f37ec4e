import { withTransaction } from '@chartward/db'
import { type LogHead, lockHead, readHead } from '../audit/log/head.ts'
import { frontierOf, requireContinuation } from './check-head.ts'
import type { SequencerContext } from './context.ts'
import { LogFault } from './fault.ts'

/** How long after a checkpoint the next may be signed, in milliseconds. */
const SIGN_EVERY_MS = 1_000

/** Whether the log has grown since its last checkpoint, and that one is old enough. */
export const isSignatureDue = (
  { size, checkpointSize, signedAt }: Pick<LogHead, 'size' | 'checkpointSize' | 'signedAt'>,
  now: Date,
): boolean => {
  if (size === (checkpointSize ?? 0)) return false
  // A clock that was set back must not silence the log.
  const age = signedAt === null ? Number.POSITIVE_INFINITY : now.getTime() - signedAt.getTime()
  return age >= SIGN_EVERY_MS || age < 0
}

/**
 * Signs the committed head and publishes it, if that is due and nobody else leads. In this order: the
 * signature; the new entries and the checkpoint in the log store; the checkpoint beside the signing key; the
 * checkpoint in the database, where everybody sees it. Killed anywhere, what was stored stands for a tree
 * that is committed, and the next leader stores what is missing before it publishes. Rejects with LogFault
 * where the head does not go on from a checkpoint that any of the three has.
 */
export const publishIfDue = async (context: SequencerContext): Promise<void> => {
  const { db, signer, store, kept, clock } = context
  if (!(await storeIsFilled(context))) return
  await withTransaction(db, 'none', async ({ sql }) => {
    const head = await lockHead(sql, 'skip')
    const now = clock()
    if (head === null || !isSignatureDue(head, now)) return
    frontierOf(head)
    await signer.look(sql)
    await requireContinuation(sql, head, signer)
    await kept.require(sql, head, signer)
    const note = signer.sign(head.size, head.root)
    await store?.store(sql, head, note)
    await kept.keep(note, head.size)
    await sql`
      update audit_head
      set checkpoint = ${note}, checkpoint_size = ${head.size}, signed_at = ${now.toISOString()}`
  })
}

/** Writes full bundles before the head is locked: other sequencers wait for the last one alone. */
const storeIsFilled = async ({ db, store }: SequencerContext): Promise<boolean> => {
  const head = store === null ? null : await readHead(db.sql)
  return store === null || head === null || store.fill(db.sql, head)
}

/** Verifies a checkpoint that another sequencer has published, and keeps it. Rejects with LogFault. */
export const keepPublished = async ({ db, signer, kept }: SequencerContext): Promise<void> => {
  const head = await readHead(db.sql)
  if (head === null) throw new LogFault('head-missing')
  await signer.look(db.sql)
  await kept.require(db.sql, head, signer)
  const published = await requireContinuation(db.sql, head, signer)
  if (head.checkpoint !== null && published !== null) await kept.keep(head.checkpoint, published.size)
}
