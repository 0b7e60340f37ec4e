import type { Connection } from '@chartward/db'
import { withTransaction } from '@chartward/db'
import { type LogHead, lockHead } from '../audit/log/head.ts'
import { frontierOf, requireContinuation } from './check-head.ts'
import type { SequencerContext } from './context.ts'

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
 * Signs `head` in the caller's transaction, which holds its lock. Throws LogFault where it does not go on
 * from the last one.
 */
export const signHead = async (
  { signer }: SequencerContext,
  sql: Connection['sql'],
  head: LogHead,
  now: Date,
): Promise<void> => {
  await requireContinuation(sql, head, signer.verifierKey)
  await sql`
    update audit_head
    set checkpoint = ${signer.sign(head.size, head.root)}, checkpoint_size = ${head.size}, signed_at = ${now.toISOString()}`
}

/** Signs the committed head if that is due and nobody else leads. */
export const signIfDue = (context: SequencerContext): Promise<void> =>
  withTransaction(context.db, 'none', async ({ sql }) => {
    const head = await lockHead(sql, 'skip')
    const now = context.clock()
    if (head === null || !isSignatureDue(head, now)) return
    frontierOf(head)
    await signHead(context, sql, head, now)
  })
