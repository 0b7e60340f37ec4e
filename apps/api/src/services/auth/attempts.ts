import { type Connection, schema, type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { type ChartwardCode, ChartwardError } from '../../core/errors.ts'
import { toChartwardError } from '../../trpc/to-chartward-error.ts'
import { notify } from '../notices/notify.ts'
import type { AuthEntry } from './auth-entry.ts'
import { guessedAt, type Whose } from './whose.ts'

/** This many failures in a row lock for `LOCK_MS`. */
const MOST_FAILURES = 5
export const LOCK_MS = 30 * 60_000
/**
 * This many since the last success, locks or not, and the secret is refused where it was guessed at until it
 * is another one (NIST SP 800-63B-4 section 3.2.2).
 */
export const MOST_IN_A_ROW = 100

/**
 * What is guessed at and from where, as a keyed hash: neither the table nor the audit log tells which
 * addresses were typed. All browsers in which the person has not signed in before share one; each in which
 * they have has its own (ADR 071).
 */
type AttemptSubject = string

const subjectOf = (
  { keyring }: Pick<App, 'keyring'>,
  kind: 'password' | 'factor',
  value: string,
  device: KnownDevice,
): AttemptSubject =>
  keyring
    .mac('attempt-counters', [kind, value, ...(device === null ? [] : [device.id])].join('\0'))
    .toString('hex')

/** The device that it is tried on, where the person has signed in there before. */
type KnownDevice = { readonly id: string } | null

/** The passwords tried for an address, whether or not there is an account behind it. */
export const passwordAttempts = (
  app: Pick<App, 'keyring'>,
  whose: Whose,
  device: KnownDevice = null,
): AttemptSubject => subjectOf(app, 'password', guessedAt(whose), device)

/** The codes tried for a person's second factor, wherever it is asked for. */
export const factorAttempts = (
  app: Pick<App, 'keyring'>,
  userId: UserId,
  device: KnownDevice = null,
): AttemptSubject => subjectOf(app, 'factor', userId, device)

/** What an attempt does if it fails. */
interface Counted {
  readonly locks: boolean
  /** It is the last that is looked at before the secret is another one. */
  readonly ends: boolean
}

const REFUSED =
  'Too many failed attempts here. Sign in on another device that you have used before, or have your password or factor set anew.'

const refusal = (isRefused: boolean): ChartwardError =>
  isRefused ? new ChartwardError('LOCKED_OUT', REFUSED) : new ChartwardError('LOCKED_OUT')

/**
 * Counts an attempt, as failed until `forgetAttempts` says otherwise, before anything is checked: of a burst
 * of guesses just the first five are checked, however they interleave. Throws LOCKED_OUT for the others, and
 * for all once a hundred have failed.
 */
const countAttempt = async ({ attempts, db, clock }: App, subject: AttemptSubject): Promise<Counted> => {
  const now = clock()
  // What was counted here may have been taken away since; the log tells it all the same.
  const told = attempts.of(subject, now)
  const isRefused = told.isRefused || told.run >= MOST_IN_A_ROW
  if (isRefused || told.lockedUntil !== null) throw refusal(isRefused)
  const lockedUntil = new Date(now.getTime() + LOCK_MS).toISOString()
  const dayAgo = new Date(now.getTime() - WINDOW_MS).toISOString()
  const goesOn = db.sql`c.locked_until is null and c.window_started_at >= ${dayAgo}`
  const failures = db.sql`
    case when c.locked_until is not null then 0
      when ${goesOn} then greatest(c.failures, ${told.failures}) else ${told.failures} end + 1`
  const [row] = await db.sql<{ failures: number; run: number }[]>`
    insert into attempt_counters as c (subject, failures, run, window_started_at, last_at, locked_until)
    values (${subject}, ${told.failures + 1}, ${told.run + 1}, ${now.toISOString()}, ${now.toISOString()},
      case when ${told.failures + 1 >= MOST_FAILURES} then ${lockedUntil}::timestamptz end)
    on conflict (subject) do update set
      failures = ${failures},
      run = greatest(c.run, ${told.run}) + 1,
      window_started_at = case when ${goesOn} then c.window_started_at else excluded.window_started_at end,
      last_at = excluded.last_at,
      locked_until = case when ${failures} >= ${MOST_FAILURES} then ${lockedUntil}::timestamptz end
    where (c.locked_until is null or c.locked_until <= ${now.toISOString()}) and c.run < ${MOST_IN_A_ROW}
    returning failures, run`
  if (row !== undefined) return { locks: row.failures >= MOST_FAILURES, ends: row.run >= MOST_IN_A_ROW }
  const [refused] = await db.sql<{ run: number }[]>`
    select run from attempt_counters where subject = ${subject}`
  throw refusal(refused !== undefined && refused.run >= MOST_IN_A_ROW)
}

/** After a success, in its transaction where it has one. */
export const forgetAttempts = async (
  { sql }: Connection,
  { attempts, clock }: Pick<App, 'attempts' | 'clock'>,
  subject: AttemptSubject,
): Promise<void> => {
  attempts.succeeded(subject, clock())
  await sql`delete from attempt_counters where subject = ${subject}`
}

/**
 * What says that a secret is wrong; any other error is none of the person's doing, or came after the
 * secret was right.
 */
const WRONG_SECRET: ReadonlySet<ChartwardCode> = new Set([
  'WRONG_CREDENTIALS',
  'WRONG_CODE',
  'CODE_ALREADY_USED',
])

/**
 * Takes back an attempt that turned out to be none, with the lock where there are fewer failures
 * than make one.
 */
const takeBackAttempt = async ({ db }: App, subject: AttemptSubject): Promise<void> => {
  await db.sql`
    update attempt_counters set failures = failures - 1, run = run - 1,
      locked_until = case when failures - 1 >= ${MOST_FAILURES} then locked_until end
    where subject = ${subject} and failures > 0 and run > 0`
}

/** Failures lock together within this time: four a day lock nobody. */
const WINDOW_MS = 24 * 60 * 60_000
/** A run of failures is remembered this long after the last of them; one that is at its most, for good. */
const RUN_KEPT_MS = 30 * 24 * 60 * 60_000

/**
 * Deletes counters of long ago: whoever types addresses at random leaves one for each. Of whom they are makes
 * no difference, or how an address is answered would tell whether it is somebody's.
 */
export const purgeAttempts = async ({ db, clock }: App): Promise<void> => {
  const now = clock()
  await db.sql`
    delete from attempt_counters
    where last_at < ${new Date(now.getTime() - RUN_KEPT_MS).toISOString()} and run < ${MOST_IN_A_ROW}
      and (locked_until is null or locked_until <= ${now.toISOString()})`
}

/**
 * The entry of a lockout, or of a secret that is refused from now on, and word to whoever is guessed at.
 * Where an address is nobody's the same statements are made about nobody, so that it takes as long.
 */
const tellOf = (app: App, entry: AuthEntry, what: 'auth.lockout' | 'auth.authenticator.refused') =>
  withTransaction(app.db, 'none', async (tx) => {
    await app.audit.append(tx, entry.draft('success', 'LOCKED_OUT', what))
    const word = what === 'auth.lockout' ? 'lockout' : 'authenticator-refused'
    await notify(tx, app, entry.userId, { word })
  })

/**
 * Checks a secret under its counter. `check` throws where the secret is wrong; the fifth such failure in a
 * row is audited as the lockout that it is, and the hundredth as the end of it; any other error takes the
 * attempt back. `check` itself forgets the attempts when it succeeds.
 */
export const withAttemptCounted = async <T>(
  app: App,
  entry: AuthEntry,
  subject: AttemptSubject,
  check: () => Promise<T>,
): Promise<T> => {
  entry.fact({ attemptsOn: subject })
  const { locks, ends } = await countAttempt(app, subject)
  try {
    return await check()
  } catch (error) {
    if (!WRONG_SECRET.has(toChartwardError(error).code)) {
      // Where even this fails, the attempt stays counted, and the caller is told what went wrong first.
      await takeBackAttempt(app, subject).catch((failure: unknown) =>
        app.log.error({ err: failure }, 'an attempt could not be taken back'),
      )
    } else {
      if (locks) await tellOf(app, entry, 'auth.lockout')
      if (ends) await tellOf(app, entry, 'auth.authenticator.refused')
    }
    throw error
  }
}

/**
 * A secret is another one from now on: what was guessed at the one before counts no more, on any device. With
 * an entry, which ends it in the log's memory too. `subjectOn` gives what guesses on a device are counted by.
 */
export const rebind = async (
  tx: Transaction,
  app: Pick<App, 'attempts' | 'audit' | 'clock'>,
  userId: UserId,
  what: 'password' | 'factor',
  subjectOn: (device: KnownDevice) => AttemptSubject,
): Promise<void> => {
  const { knownDevices } = schema
  const devices = await tx.orm
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .where(eq(knownDevices.userId, userId))
  const subjects = [null, ...devices].map(subjectOn)
  const gone = await tx.sql<{ subject: string }[]>`
    delete from attempt_counters where subject = any(${subjects}) returning subject`
  const counted = new Set(gone.map(({ subject }) => subject))
  const now = app.clock()
  const ended = subjects.filter((subject) => counted.has(subject) || app.attempts.tells(subject, now))
  if (ended.length === 0) return
  await app.audit.append(tx, {
    action: 'auth.authenticator.rebound',
    outcome: 'success',
    actor: { kind: 'user', id: userId },
    resource: { type: 'user', id: userId },
    facts: { authenticator: what, attemptsOn: ended },
  })
  tx.settled((outcome) => {
    if (outcome === 'committed') app.attempts.rebound(ended, now)
  })
}
