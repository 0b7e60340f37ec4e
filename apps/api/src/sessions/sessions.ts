import { newToken } from '@chartward/crypto'
import type { Database, Transaction } from '@chartward/db'
import type { SessionId, UserId } from '@chartward/policy'
import { Lucia, TimeSpan } from 'lucia'
import type { AuditLog } from '../audit/audit-log.ts'
import { ChartwardError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { Vouching } from '../vouch/vouching.ts'
import {
  type EndedSession,
  type Ending,
  LuciaAdapter,
  type Origin,
  RENEW_AFTER_MS,
  type readSignedIn,
  type SessionLimits,
} from './lucia-adapter.ts'
import type { readOwnAccounts } from './own-account.ts'
import { NO_PLACES, withPlace } from './place.ts'
import type { Session, SessionStage, SignedIn } from './session.ts'
import { earliest, later } from './time.ts'

/**
 * The cookie that holds the token. `__Host-`: Secure, Path=/ and no Domain, or browsers refuse it (RFC
 * 6265bis 4.1.3.2).
 */
export const SESSION_COOKIE = '__Host-chartward'

/** What sessions need of the application. */
interface SessionParts {
  readonly db: Database
  readonly reads: {
    readonly signedIn: ReturnType<typeof readSignedIn>
    readonly ownAccounts: ReturnType<typeof readOwnAccounts>
  }
  readonly audit: Pick<AuditLog, 'append'>
  readonly keyring: Pick<Keyring, 'mac' | 'macs'>
  readonly vouching: Vouching
  readonly settings: { readonly sessions: SessionLimits }
  readonly clock: () => Date
}

/** What newToken() makes. Anything else is nobody's token and never reaches the database. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/**
 * Lucia knows a session by this and never sees its token: a MAC under a key that the database holds only
 * wrapped, so that nobody who can write rows makes a session for a token of their own.
 */
const luciaId = ({ keyring }: SessionParts, token: string): string =>
  keyring.mac('tokens', textOf(token)).toString('hex')

/** The same under every key that a session may have been begun under. */
const luciaIds = ({ keyring }: SessionParts, token: string): string[] =>
  keyring.macs('tokens', textOf(token)).map((mac) => mac.toString('hex'))

const textOf = (token: string): string => `session\0${token}`

/**
 * Lucia renews in the second half of its period, and the adapter cuts what it proposes to 15 minutes. So a
 * period of 28 minutes renews as soon as less than 14 of the 15 are left; a period of nothing never renews.
 */
const attended = ({ settings }: SessionParts) =>
  new TimeSpan(2 * (settings.sessions.idleMs - RENEW_AFTER_MS), 'ms')
const BACKGROUND = new TimeSpan(0, 'ms')

const adapterFor = (
  app: SessionParts,
  connection: Database | Transaction,
  ending: Ending,
  from: Origin | null = null,
) =>
  new LuciaAdapter(connection, {
    limits: app.settings.sessions,
    from,
    find: (tokenHash) => app.reads.signedIn.ask(tokenHash),
    ownAccount: (userId) => app.reads.ownAccounts.ask(userId),
    vouching: app.vouching,
    clock: app.clock,
    renewAfterMs: RENEW_AFTER_MS,
    ending,
    ended: (tx, sessions) => recordEnds(app, tx, sessions),
  })

const luciaOver = (adapter: LuciaAdapter, period: TimeSpan) =>
  new Lucia(adapter, {
    sessionExpiresIn: period,
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>
  }
}

/** What Lucia ends by itself has run out, or its account no longer counts. */
const UNATTENDED_ENDING: Ending = { reason: 'deactivated', by: null }

/**
 * Who holds this token, or null. One statement, and once a minute a second one that notes the activity;
 * with `background` the session is looked at but not kept alive, nor is it for a request that comes `from`
 * where no factor was given. A session found at its end is ended
 * and audited here.
 */
export const findSignedIn = async (
  app: SessionParts,
  token: string,
  { background, from }: { readonly background: boolean; readonly from: Origin },
): Promise<SignedIn | null> => {
  if (!TOKEN.test(token)) return null
  const { idleMs, absoluteMs } = app.settings.sessions
  const adapter = adapterFor(app, app.db, UNATTENDED_ENDING, from)
  const lucia = luciaOver(adapter, background ? BACKGROUND : attended(app))
  const { session, user } = await firstOf(luciaIds(app, token), (id) => lucia.validateSession(id))
  if (session === null) return null
  const { elsewhere = false } = session
  const expiresAt = session.endsAt ?? later(session.startedAt, absoluteMs)
  const renewed = later(app.clock(), idleMs)
  return {
    session: {
      id: session.publicId,
      userId: session.userId,
      stage: session.stage,
      createdAt: session.startedAt,
      factorAt: session.factorAt,
      idleExpiresAt: earliest(
        session.fresh && !elsewhere ? renewed : (session.idleExpiresAt ?? renewed),
        expiresAt,
      ),
      expiresAt,
      places: session.places,
      elsewhere,
    },
    user: {
      id: user.id,
      kind: user.kind,
      email: user.email,
      displayName: user.displayName,
      practitionerId: user.practitionerId,
      patientId: user.patientId,
    },
    assignments: user.assignments,
  }
}

type Validated = Awaited<ReturnType<ReturnType<typeof luciaOver>['validateSession']>>

const firstOf = async (
  ids: readonly string[],
  validate: (id: string) => Promise<Validated>,
): Promise<Validated> => {
  for (const id of ids) {
    const found = await validate(id)
    if (found.session !== null) return found
  }
  return { session: null, user: null }
}

interface StartedSession {
  /** For the cookie, and for nothing else. */
  readonly token: string
  readonly session: Session
}

/**
 * Begins a session in the caller's transaction. A full one ends the person's others ("replaced"), but for as
 * many as they may have.
 */
export const startSession = async (
  tx: Transaction,
  app: SessionParts,
  start: {
    readonly userId: UserId
    readonly stage: SessionStage
    readonly factorAt: Date | null
    readonly origin: Origin
  },
): Promise<StartedSession> => {
  const token = newToken()
  const now = app.clock()
  const id: SessionId = newId()
  const { idleMs, absoluteMs } = app.settings.sessions
  const places = withPlace(NO_PLACES, start.origin)
  const lucia = luciaOver(adapterFor(app, tx, UNATTENDED_ENDING), attended(app))
  await lucia.createSession(
    start.userId,
    {
      publicId: id,
      stage: start.stage,
      startedAt: now,
      factorAt: start.factorAt,
      places,
      origin: start.origin,
    },
    { sessionId: luciaId(app, token) },
  )
  if (start.stage === 'full') await replaceOthers(tx, app, start.userId, id)
  return {
    token,
    session: {
      id,
      userId: start.userId,
      stage: start.stage,
      createdAt: now,
      factorAt: start.factorAt,
      idleExpiresAt: later(now, idleMs),
      expiresAt: later(now, absoluteMs),
      places,
      elsewhere: false,
    },
  }
}

/**
 * Makes a session full, or renews its factor, under a new token: the same row and id, so that the audit
 * log can be followed through, while the old token is dead at once. Where the factor was given `from` is
 * remembered in it. `endedOther` says whether another
 * full session of the person was ended for it. Throws UNAUTHENTICATED where the session has ended or
 * changed meanwhile.
 */
export const renewSession = async (
  tx: Transaction,
  app: SessionParts,
  session: Session,
  factorAt: Date,
  from: Origin | null = null,
): Promise<StartedSession & { readonly endedOther: boolean }> => {
  const token = newToken()
  const renewed = await adapterFor(app, tx, UNATTENDED_ENDING).rekey(session, {
    tokenHash: luciaId(app, token),
    stage: 'full',
    factorAt,
    from,
  })
  if (!renewed) throw new ChartwardError('UNAUTHENTICATED')
  await tx.sql`update users set last_seen_at = ${app.clock().toISOString()} where id = ${session.userId}`
  const ended = await replaceOthers(tx, app, session.userId, session.id)
  return {
    token,
    session: {
      ...session,
      stage: 'full',
      factorAt,
      idleExpiresAt: earliest(later(app.clock(), app.settings.sessions.idleMs), session.expiresAt),
      places: from === null ? session.places : withPlace(session.places, from),
      elsewhere: from === null && session.elsewhere,
    },
    endedOther: ended.some(({ stage, reason }) => stage === 'full' && reason === 'replaced'),
  }
}

const replaceOthers = (
  tx: Transaction,
  app: SessionParts,
  userId: UserId,
  keptId: SessionId,
): Promise<EndedSession[]> =>
  adapterFor(app, tx, { reason: 'replaced', by: userId }).endTooMany(userId, keptId)

/** Ends the session of a token, if there is one, in the caller's transaction. */
export const endSession = async (
  tx: Transaction,
  app: SessionParts,
  token: string,
  ending: Ending,
): Promise<void> => {
  const lucia = luciaOver(adapterFor(app, tx, ending), BACKGROUND)
  for (const id of luciaIds(app, token)) await lucia.invalidateSession(id)
}

/** Ends a session by its id. */
export const endSessionById = (
  tx: Transaction,
  app: SessionParts,
  id: SessionId,
  ending: Ending,
): Promise<EndedSession[]> => adapterFor(app, tx, ending).endSession(id)

/** Ends all sessions of a person and tells which: at the next request they are signed out everywhere. */
export const endSessionsOf = (
  tx: Transaction,
  app: SessionParts,
  userId: UserId,
  ending: Ending,
): Promise<EndedSession[]> => adapterFor(app, tx, ending).endUserSessions(userId, null)

/** Ends those of a person's sessions that are named, and tells which were open. */
export const endNamedSessions = (
  tx: Transaction,
  app: SessionParts,
  { userId, ids }: { readonly userId: UserId; readonly ids: readonly SessionId[] },
  ending: Ending,
): Promise<EndedSession[]> => adapterFor(app, tx, ending).endSessions(userId, ids)

/** Ends all sessions of a person but one, and tells which. */
export const endOtherSessionsOf = (
  tx: Transaction,
  app: SessionParts,
  { userId, keptId }: { readonly userId: UserId; readonly keptId: SessionId },
  ending: Ending,
): Promise<EndedSession[]> => adapterFor(app, tx, ending).endUserSessions(userId, keptId)

const recordEnds = async (
  app: SessionParts,
  tx: Transaction,
  sessions: readonly EndedSession[],
): Promise<void> => {
  for (const { id, userId, stage, reason, by } of sessions) {
    // Signing out is an entry of its own, with the request that did it.
    if (reason === 'sign-out') continue
    await app.audit.append(tx, {
      action: 'auth.session.ended',
      outcome: 'success',
      actor: by === null ? { kind: 'system', name: 'sessions' } : { kind: 'user', id: by },
      sessionId: id,
      resource: { type: 'session', id },
      facts: { reason, stage, user: userId },
    })
  }
}
