import { addressKey } from '@chartward/contract'
import { type Connection, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { type ChartwardCode, ChartwardError } from '../../core/errors.ts'
import { toChartwardError } from '../../trpc/to-chartward-error.ts'
import { notify } from '../notices/notify.ts'
import type { AuthEntry } from './auth-entry.ts'

/** This many failures in a row lock for `LOCK_MS`. */
const MOST_FAILURES = 5
export const LOCK_MS = 30 * 60_000

/**
 * Who is guessed at, as a keyed hash: neither the table nor the audit log tells which addresses were typed.
 */
type AttemptSubject = string

const subjectOf = ({ keyring }: App, kind: 'password' | 'factor', value: string): AttemptSubject =>
  keyring.mac('attempt-counters', `${kind}\0${value}`).toString('hex')

/** The passwords tried for an address, whether or not there is an account behind it. */
export const passwordAttempts = (app: App, email: string): AttemptSubject =>
  subjectOf(app, 'password', addressKey(email))

/** The codes tried for a person's second factor, wherever it is asked for. */
export const factorAttempts = (app: App, userId: UserId): AttemptSubject => subjectOf(app, 'factor', userId)

/**
 * Counts an attempt, as failed until `forgetAttempts` says otherwise, before anything is checked: of a burst
 * of guesses just the first five are checked, however they interleave. Throws LOCKED_OUT for the others. True
 * for the one that locks, if it fails.
 */
const countAttempt = async ({ attempts, db, clock }: App, subject: AttemptSubject): Promise<boolean> => {
  const now = clock()
  // What was counted here may have been taken away since; the log tells it all the same.
  const told = attempts.of(subject, now)
  if (told.lockedUntil !== null) throw new ChartwardError('LOCKED_OUT')
  const lockedUntil = new Date(now.getTime() + LOCK_MS).toISOString()
  const [row] = await db.sql<{ failures: number }[]>`
    insert into attempt_counters as c (subject, failures, window_started_at, locked_until)
    values (${subject}, ${told.failures + 1}, ${now.toISOString()},
      case when ${told.failures + 1 >= MOST_FAILURES} then ${lockedUntil}::timestamptz end)
    on conflict (subject) do update set
      failures = case when c.locked_until is null then greatest(c.failures, ${told.failures}) + 1 else 1 end,
      window_started_at = case when c.locked_until is null then c.window_started_at else excluded.window_started_at end,
      locked_until = case when c.locked_until is null and greatest(c.failures, ${told.failures}) + 1 >= ${MOST_FAILURES}
        then ${lockedUntil}::timestamptz end
    where c.locked_until is null or c.locked_until <= ${now.toISOString()}
    returning failures`
  if (row === undefined) throw new ChartwardError('LOCKED_OUT')
  return row.failures >= MOST_FAILURES
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
    update attempt_counters set failures = failures - 1,
      locked_until = case when failures - 1 >= ${MOST_FAILURES} then locked_until end
    where subject = ${subject} and failures > 0`
}

/**
 * Counters are kept this long after the first failure and until no lock is in force: four failures a
 * day lock nobody.
 */
const KEPT_MS = 24 * 60 * 60_000

/** Deletes counters of long ago: whoever types addresses at random leaves one for each. */
export const purgeAttempts = async ({ db, clock }: App): Promise<void> => {
  const now = clock()
  await db.sql`
    delete from attempt_counters
    where window_started_at < ${new Date(now.getTime() - KEPT_MS).toISOString()}
      and (locked_until is null or locked_until <= ${now.toISOString()})`
}

/**
 * The lockout's entry, and word to whoever is guessed at. Where an address is nobody's the same statements
 * are made about nobody, so that it takes as long.
 */
const tellOfLockout = (app: App, entry: AuthEntry): Promise<void> =>
  withTransaction(app.db, 'none', async (tx) => {
    await app.audit.append(tx, entry.draft('success', 'LOCKED_OUT', 'auth.lockout'))
    await notify(tx, app, entry.userId, { word: 'lockout' })
  })

/**
 * Checks a secret under its counter. `check` throws where the secret is wrong; the fifth such failure in a
 * row is audited as the lockout that it is, and any other error takes the attempt back. `check` itself
 * forgets the attempts when it succeeds.
 */
export const withAttemptCounted = async <T>(
  app: App,
  entry: AuthEntry,
  subject: AttemptSubject,
  check: () => Promise<T>,
): Promise<T> => {
  entry.fact({ attemptsOn: subject })
  const locksOnFailure = await countAttempt(app, subject)
  try {
    return await check()
  } catch (error) {
    if (!WRONG_SECRET.has(toChartwardError(error).code)) {
      // Where even this fails, the attempt stays counted, and the caller is told what went wrong first.
      await takeBackAttempt(app, subject).catch((failure: unknown) =>
        app.log.error({ err: failure }, 'an attempt could not be taken back'),
      )
    } else if (locksOnFailure) {
      await tellOfLockout(app, entry)
    }
    throw error
  }
}
