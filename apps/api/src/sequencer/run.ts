import { type Database, withTransaction } from '@chartward/db'
import { isOwnEntry } from '../audit/entry.ts'
import { type LogHead, lockHead } from '../audit/log/head.ts'
import type { LogStore } from '../audit/store/log-store.ts'
import type { Logger } from '../core/log.ts'
import { HeadSeals } from '../vouch/head-seals.ts'
import { checkHead } from './check-head.ts'
import type { SequencerContext } from './context.ts'
import { LogFault } from './fault.ts'
import { followLog } from './follow/follow-log.ts'
import { SEQUENCER_FOLLOWERS } from './followers.ts'
import { keepNamingGaps } from './gap-watch.ts'
import { HeadWatch } from './head-watch.ts'
import { Housekeeping, ROTATION, type RotationLimits } from './housekeeping.ts'
import type { KeptCheckpoint } from './kept-checkpoint.ts'
import { isSignatureDue, keepPublished, publishIfDue } from './publish.ts'
import { rest } from './rest.ts'
import { BATCH, sequenceRound } from './round.ts'
import type { Signer } from './signer.ts'
import { StoreWriter } from './store-writer.ts'

export interface SequencerOptions {
  /** The login `chartward_sequencer`; the caller closes it. */
  readonly db: Database
  /** Of this log. */
  readonly signer: Signer
  /** The key of the entries' MACs, 32 bytes. */
  readonly appendKey: Uint8Array
  readonly kept: KeptCheckpoint
  /** Where the log is kept outside the database, before it is published; null for nowhere. */
  readonly store: LogStore | null
  readonly log: Logger
  readonly clock?: () => Date
  /** How long it rests where nothing is pending, in milliseconds. */
  readonly intervalMs?: number
  readonly rotation?: RotationLimits
  /**
   * For how long somebody else may hold the head without moving it on before that is an error, in
   * milliseconds.
   */
  readonly headHeldMs?: number
  /** Ends the run after the transaction that is under way. */
  readonly signal: AbortSignal
}

/** Far longer than any round takes. */
const HEAD_HELD_MS = 10_000
/** The longest rest after failures in a row, in milliseconds. */
const LONGEST_REST_MS = 5_000

/**
 * Sequences and signs until `signal` aborts, and shows its followers what has been sequenced. Any number may
 * run at once: the lock on the head lets one work at a time, and whichever is killed, another goes on from
 * what was committed; a lock that nobody works under is an error in the log. Resolves when stopped; rejects
 * with LogFault where the log is not what was signed, and with nothing else: a database that is away is
 * waited for.
 */
export const runSequencer = async (options: SequencerOptions): Promise<void> => {
  const { db, log, appendKey, clock = () => new Date() } = options
  const { signer } = options
  const context: SequencerContext = {
    db,
    log,
    clock,
    signer,
    kept: options.kept,
    store: options.store === null ? null : new StoreWriter(options.store, signer),
    isOwn: (bytes, mac) => isOwnEntry(appendKey, bytes, mac),
    heads: new HeadSeals(appendKey),
  }
  const ended = new AbortController()
  const signal = AbortSignal.any([options.signal, ended.signal])
  // Beside the rounds, on connections of their own: nobody waits for a follower, nor stands still with one.
  const following = [
    ...SEQUENCER_FOLLOWERS.map((follower) => followLog(context, follower, context, signal)),
    keepNamingGaps(context, signal),
  ]
  try {
    await sequence(context, options)
  } finally {
    ended.abort()
    await Promise.all(following)
  }
}

const sequence = async (context: SequencerContext, options: SequencerOptions): Promise<void> => {
  const { log, signal, intervalMs = 75, headHeldMs = HEAD_HELD_MS } = options
  const housekeeping = new Housekeeping(context, options.rotation ?? ROTATION)
  const headWatch = new HeadWatch(log, headHeldMs)
  // Nothing is built on a head that this process has not checked, nor after a failure that could have come
  // from it.
  let checked = false
  let failures = 0
  while (!signal.aborted) {
    let more = false
    try {
      if (!checked) await checkLockedHead(context, headHeldMs)
      checked = true
      more = await step(context, housekeeping, headWatch)
      failures = 0
    } catch (error) {
      if (error instanceof LogFault) throw error
      checked = false
      failures++
      log.error({ err: error, failures }, 'the sequencer could not work and will try again')
    }
    if (!more) await rest(Math.min(intervalMs * 2 ** Math.min(failures, 10), LONGEST_REST_MS), signal)
  }
}

/** Fails, and is then tried again, where somebody else holds the head for longer than `headHeldMs`. */
const checkLockedHead = ({ db, signer, kept, store }: SequencerContext, headHeldMs: number): Promise<void> =>
  withTransaction(db, 'none', async ({ sql }) => {
    await sql`select set_config('lock_timeout', ${String(headHeldMs)}, true)`
    const head = await checkHead(sql, await lockHead(sql, 'wait'), signer)
    await kept.require(sql, head, signer)
    await store?.require(sql, head)
  })

/** Does what there is to do, and says whether more is waiting. */
const step = async (
  context: SequencerContext,
  housekeeping: Housekeeping,
  headWatch: HeadWatch,
): Promise<boolean> => {
  const { pending, checkpoint, ...head } = await look(context)
  if (checkpoint !== context.kept.note) await keepPublished(context)
  let { size } = head
  let more = false
  if (pending) {
    const round = await sequenceRound(context)
    if (round === null) headWatch.locked(size)
    else {
      headWatch.free()
      housekeeping.noted(round)
      more = round.taken === BATCH
      size += round.sequenced
      context.log.debug({ ...round }, 'sequenced')
    }
  } else headWatch.free()
  if (isSignatureDue({ ...head, size }, context.clock())) await publishIfDue(context)
  await housekeeping.tick()
  return more
}

/** What is published, and what waits. */
interface Look extends Pick<LogHead, 'size' | 'checkpoint' | 'checkpointSize' | 'signedAt'> {
  readonly pending: boolean
}

/** A look without a lock or a transaction, so that an idle log costs the database next to nothing. */
const look = async ({ db }: SequencerContext): Promise<Look> => {
  const [row] = await db.sql<
    {
      pending: boolean
      size: string
      checkpoint: string | null
      checkpoint_size: string | null
      signed_at: string | null
    }[]
  >`
    select exists (select from audit_pending_0) or exists (select from audit_pending_1)
      or exists (select from audit_pending_2) as pending, size, checkpoint, checkpoint_size, signed_at
    from audit_head where id = 1`
  if (row === undefined) throw new LogFault('head-missing')
  return {
    pending: row.pending,
    size: Number(row.size),
    checkpoint: row.checkpoint,
    checkpointSize: row.checkpoint_size === null ? null : Number(row.checkpoint_size),
    signedAt: row.signed_at === null ? null : new Date(row.signed_at),
  }
}
