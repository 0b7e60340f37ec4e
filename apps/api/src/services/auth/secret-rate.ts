import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { networkOf } from '../../core/network.ts'
import type { RequestContext } from '../../guard/request-context.ts'

const MINUTE_MS = 60_000
/** Secrets tried from one address in a minute, by all who have no session: a shift that begins behind one. */
const MOST_OF_ADDRESS = 120
/** And within one session, whatever else comes from its address. */
const MOST_OF_SESSION = 60

/** Rows of long past minutes are of no use. */
const KEPT_MS = 60 * MINUTE_MS

/**
 * Counts that a secret is tried: password, code, recovery code or invitation, in the database and so for all
 * processes together, before it is looked at. Whoever has a session counts by it, so that strangers behind
 * the same address keep nobody from stepping up. Throws TOO_MANY_REQUESTS over the limit of a minute.
 */
export const countSecret = async (request: RequestContext): Promise<void> => {
  const { app } = request
  const signedIn = await request.signedIn()
  const [subject, most] =
    signedIn === null
      ? ([`address\0${networkOf(request.ip)}`, MOST_OF_ADDRESS] as const)
      : ([`session\0${signedIn.session.id}`, MOST_OF_SESSION] as const)
  await countTry(app, subject, most)
}

/**
 * Counts that something was tried in this minute by whom `subject` stands for, for all processes together.
 * Throws TOO_MANY_REQUESTS over `most`.
 */
export const countTry = async (app: App, subject: string, most: number): Promise<void> => {
  const minute = new Date(Math.floor(app.clock().getTime() / MINUTE_MS) * MINUTE_MS).toISOString()
  const [row] = await app.db.sql<{ tried: number }[]>`
    insert into secret_rates as r (subject, minute, tried)
    values (${app.keyring.mac('attempt-counters', subject).toString('hex')}, ${minute}, 1)
    on conflict (subject) do update set
      tried = case when r.minute >= excluded.minute then r.tried + 1 else 1 end,
      minute = greatest(r.minute, excluded.minute)
    returning tried`
  if (row === undefined || row.tried > most) throw new ChartwardError('TOO_MANY_REQUESTS')
}

/** Deletes what is of no use any more. */
export const purgeSecretRates = async ({ db, clock }: App): Promise<void> => {
  await db.sql`
    delete from secret_rates where minute < ${new Date(clock().getTime() - KEPT_MS).toISOString()}`
}
