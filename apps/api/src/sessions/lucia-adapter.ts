import { type Connection, type Database, schema, type Transaction, withTransaction } from '@chartward/db'
import {
  heldByPatient,
  type Id,
  type PatientId,
  type RoleAssignment,
  type SessionId,
  type UserId,
} from '@chartward/policy'
import { and, desc, eq, gt, inArray, isNull, lte, ne, notInArray, or, type SQL } from 'drizzle-orm'
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia'
import { closeToEntries } from '../audit/live-sessions.ts'
import { SharedRead } from '../core/shared-read.ts'
import { type Kind, type RowOf, type SealedRow, sealedColumns } from '../vouch/kinds.ts'
import type { Vouching } from '../vouch/vouching.ts'
import type { OwnAccount } from './own-account.ts'
import { isElsewhere, type Places, withPlace } from './place.ts'
import type { SessionEndReason, SessionStage } from './session.ts'
import { earliest, later } from './time.ts'

const { sessions } = schema

/** How long sessions last, as the operator has set it (`env.ts`), in milliseconds. */
export interface SessionLimits {
  /** A session ends this long after the last thing the person did, at the latest (design 05). */
  readonly idleMs: number
  /** Whatever the person does, a session ends this long after it began. */
  readonly absoluteMs: number
  /** How many full ones a person has at once: one more ends the oldest. */
  readonly perPerson: number
}

/** The longest that there are. */
export const USUAL_SESSIONS: SessionLimits = {
  idleMs: 15 * 60_000,
  absoluteMs: 8 * 60 * 60_000,
  perPerson: 1,
}
/**
 * What the person does is noted at most this often: so a session ends 14 to 15 minutes after the last of it.
 */
export const RENEW_AFTER_MS = 60_000

/** What a session carries through Lucia besides its id (the MAC of its token), its user and its expiry. */
interface SessionAttributes {
  /** The row's id: what the audit log and the console call the session by. It outlives each of its tokens. */
  readonly publicId: SessionId
  readonly stage: SessionStage
  readonly startedAt: Date
  readonly factorAt: Date | null
  readonly places: Places
  /** Written, and not read back with each request. */
  readonly origin?: Origin
  /** Read: Lucia's own expiry is the earlier of this and the absolute end. */
  readonly idleExpiresAt?: Date
  /** The absolute end. */
  readonly endsAt?: Date
  readonly elsewhere?: boolean
}

/** Where a session is begun from. */
export interface Origin {
  readonly ip: string | null
  readonly userAgent: string | null
}

interface UserAttributes {
  readonly kind: RowOf<'user'>['kind']
  readonly email: string
  readonly displayName: string
  readonly practitionerId: string | null
  readonly patientId: PatientId | null
  readonly assignments: readonly RoleAssignment[]
}

declare module 'lucia' {
  interface Register {
    UserId: Id<'user'>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserAttributes
  }
}

/** Why and by whom a session is ended. One whose time was up has expired all the same, by nobody. */
export interface Ending {
  readonly reason: SessionEndReason
  readonly by: UserId | null
}

export interface EndedSession {
  readonly id: SessionId
  readonly userId: UserId
  readonly stage: SessionStage
  readonly reason: SessionEndReason
  readonly by: UserId | null
}

interface AdapterOptions {
  /** Reads a session with its person by the MAC of its token; see `readSignedIn`. */
  readonly find: (tokenHash: string) => Promise<SignedInRows | null>
  /** What an account of a patient is, while it is open; see `readOwnAccounts`. */
  readonly ownAccount: (userId: UserId) => Promise<OwnAccount | null>
  readonly vouching: Vouching
  readonly clock: () => Date
  readonly limits: SessionLimits
  /** Whence a request comes that looks its session up; null where none does. */
  readonly from: Origin | null
  /** What the person does is noted again so long after the last time. */
  readonly renewAfterMs: number
  /** What `deleteSession` and `deleteUserSessions` write on the rows. */
  readonly ending: Ending
  /** Told of every session that ends, in the transaction in which it does. */
  readonly ended?: (tx: Transaction, sessions: readonly EndedSession[]) => Promise<void>
}

type SessionRow = RowOf<'session'>

/** A session with its person, and every role assignment that they ever had. */
export interface SignedInRows {
  readonly session: SealedRow<'session'> & { readonly id: SessionId }
  readonly user: SealedRow<'user'> & Pick<RowOf<'user'>, 'id' | 'kind' | 'email' | 'displayName' | 'status'>
  readonly assignments: readonly (SealedRow<'role-assignment'> & { readonly id: string })[]
}

type Prefixed = Readonly<Record<string, unknown>>

/** The columns of a kind, each under a name that says whose it is. */
const columnsOf = (kind: Kind, alias: string): { text: string; read: (row: Prefixed) => object } => {
  const columns = sealedColumns(kind).map((column) => ({ ...column, as: `${alias}.${column.name}` }))
  return {
    text: columns.map(({ column, as }) => `${alias}.${column} as "${as}"`).join(', '),
    read: (row) => {
      const read: Record<string, unknown> = {}
      for (const { name, as } of columns) read[name] = row[as]
      return read
    },
  }
}

const SESSION = columnsOf('session', 's')
const USER = columnsOf('user', 'u')
const ASSIGNMENT = columnsOf('role-assignment', 'a')

const SIGNED_IN = `
  select ${SESSION.text}, ${USER.text}, ${ASSIGNMENT.text}
  from sessions s join users u on u.id = s.user_id left join role_assignments a on a.user_id = s.user_id
  where s.token_hash = any($1) and s.ended_at is null`

/** Sessions with their people, by the MACs of their tokens: those of many requests in one statement. */
export const readSignedIn = ({ sql }: Database): SharedRead<string, SignedInRows | null> =>
  new SharedRead(async (hashes) => {
    const rows = await sql.unsafe<Prefixed[]>(SIGNED_IN, [[...new Set(hashes)]], { prepare: true })
    const found = Map.groupBy(rows, (row) => row['s.tokenHash'])
    return hashes.map((hash) => rowsOf(found.get(hash) ?? []))
  })

// What the statement selects is what the kinds' columns are: each object is whole by construction.
const rowsOf = (rows: readonly Prefixed[]): SignedInRows | null => {
  const [first] = rows
  if (first === undefined) return null
  return {
    session: SESSION.read(first) as SignedInRows['session'],
    user: USER.read(first) as SignedInRows['user'],
    assignments: rows.flatMap((row) =>
      row['a.id'] === null ? [] : [ASSIGNMENT.read(row) as SignedInRows['assignments'][number]],
    ),
  }
}

/**
 * Lucia's store over our `sessions` table. Lucia knows a session by the MAC of its token and proposes
 * expiries; this adapter has the last word on them (15 minutes idle, 8 hours in all, by the application's
 * clock), keeps ended sessions as rows that no token opens any more, and reads session, person and role
 * assignments in one statement.
 */
export class LuciaAdapter implements Adapter {
  readonly #connection: Database | Transaction
  readonly #options: AdapterOptions
  /** When the person of the session that this adapter has found last did something, as it is noted. */
  #notedAt = 0
  /** That the session which it has found is asked for from where no factor was given. */
  #isElsewhere = false

  constructor(connection: Database | Transaction, options: AdapterOptions) {
    this.#connection = connection
    this.#options = options
  }

  /**
   * The user is null where the account doesn't count: deactivated, not yet active and past enrolment, or no
   * patient's any more though it was made for one.
   * There is no session where one of the rows that it gives something by is none that the application vouches
   * for.
   */
  async getSessionAndUser(tokenHash: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const rows = await this.#options.find(tokenHash)
    if (rows === null) return [null, null]
    const { session, user, assignments } = rows
    const { vouching } = this.#options
    const counts =
      (await vouching.admits('session', session)) &&
      (await vouching.admits('user', user)) &&
      (await vouching.admitsAll('role-assignment', user.id, assignments))
    if (!counts) return [null, null]
    this.#notedAt = new Date(session.lastActiveAt).getTime()
    const { from } = this.#options
    this.#isElsewhere = session.stage === 'full' && from !== null && isElsewhere(session, from)
    const isOpen = user.status === 'active' || (user.status === 'invited' && session.stage === 'enrol')
    return [this.#sessionOf(tokenHash, session), isOpen ? await this.#userOf(user, assignments) : null]
  }

  async getUserSessions(userId: UserId): Promise<DatabaseSession[]> {
    const { orm }: Connection = this.#connection
    const rows = await orm
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
      .orderBy(sessions.createdAt)
    return rows.map((row) => this.#sessionOf(row.tokenHash, row))
  }

  async setSession({ id, userId, expiresAt, attributes }: DatabaseSession): Promise<void> {
    const { publicId, stage, startedAt, factorAt, places, origin } = attributes
    const { clock, limits } = this.#options
    const now = clock()
    const end = later(startedAt, limits.absoluteMs)
    const idleExpiresAt = earliest(this.#fromLucia(expiresAt), later(now, limits.idleMs), end)
    await this.#inTransaction((tx) =>
      this.#options.vouching.insert(tx, 'session', [
        {
          id: publicId,
          tokenHash: id,
          userId,
          stage,
          createdAt: startedAt,
          lastActiveAt: now,
          idleExpiresAt,
          expiresAt: end,
          factorAt,
          ...places,
          ip: origin?.ip ?? null,
          userAgent: origin?.userAgent ?? null,
        },
      ]),
    )
  }

  /**
   * Renews the idle window, never past 15 minutes from now nor past the session's absolute end, and not for a
   * request from elsewhere, whose person nobody knows yet. Of requests that come together one does so: the
   * first. Lucia goes by when the session ends alone, so in its last
   * minutes it asks for this with each request.
   */
  async updateSessionExpiration(tokenHash: string, expiresAt: Date): Promise<void> {
    const now = this.#options.clock()
    const due = later(now, -this.#options.renewAfterMs)
    if (this.#isElsewhere || this.#notedAt > due.getTime()) return
    const idleExpiresAt = earliest(this.#fromLucia(expiresAt), later(now, this.#options.limits.idleMs))
    await this.#inTransaction(async (tx) => {
      const here = and(
        eq(sessions.tokenHash, tokenHash),
        isNull(sessions.endedAt),
        lte(sessions.lastActiveAt, due),
      )
      const [seen] = await this.#options.vouching.pass(tx, 'session', here, ({ expiresAt: end }) => ({
        lastActiveAt: now,
        idleExpiresAt: earliest(idleExpiresAt, end),
      }))
      if (seen?.stage !== 'full') return
      await tx.sql`update users set last_seen_at = ${now.toISOString()} where id = ${seen.userId}`
    })
  }

  async deleteSession(tokenHash: string): Promise<void> {
    await this.#end(eq(sessions.tokenHash, tokenHash))
  }

  async deleteUserSessions(userId: UserId): Promise<void> {
    await this.endUserSessions(userId, null)
  }

  /** Ends a person's sessions, but for one if so wished, and tells which. */
  async endUserSessions(userId: UserId, exceptId: SessionId | null): Promise<EndedSession[]> {
    return this.#end(
      and(eq(sessions.userId, userId), exceptId === null ? undefined : ne(sessions.id, exceptId)),
    )
  }

  /**
   * Ends what a person has more than they may have beside the session `keptId`: what is half signed in, and
   * of the full ones the oldest.
   */
  async endTooMany(userId: UserId, keptId: SessionId): Promise<EndedSession[]> {
    const open = await this.#connection.orm
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(
          eq(sessions.userId, userId),
          isNull(sessions.endedAt),
          eq(sessions.stage, 'full'),
          ne(sessions.id, keptId),
        ),
      )
      .orderBy(desc(sessions.createdAt), desc(sessions.id))
      .limit(this.#options.limits.perPerson - 1)
    const kept = [keptId, ...open.map(({ id }) => id)]
    return this.#end(and(eq(sessions.userId, userId), notInArray(sessions.id, kept)))
  }

  /** Ends those of a person's sessions that are named, by their public ids, and tells which. */
  async endSessions(userId: UserId, publicIds: readonly SessionId[]): Promise<EndedSession[]> {
    return this.#end(and(eq(sessions.userId, userId), inArray(sessions.id, [...publicIds])))
  }

  /** Ends one session by its public id. */
  async endSession(publicId: SessionId): Promise<EndedSession[]> {
    return this.#end(eq(sessions.id, publicId))
  }

  async deleteExpiredSessions(): Promise<void> {
    const now = this.#options.clock()
    await this.#end(or(lte(sessions.idleExpiresAt, now), lte(sessions.expiresAt, now)))
  }

  /**
   * Gives a session a new token and the stage it has reached; the old token opens nothing from then on. False
   * where it has ended, or was given another factor meanwhile.
   */
  async rekey(
    session: { readonly id: SessionId; readonly stage: SessionStage; readonly factorAt: Date | null },
    next: {
      readonly tokenHash: string
      readonly stage: SessionStage
      readonly factorAt: Date
      readonly from: Origin | null
    },
  ): Promise<boolean> {
    const now = this.#options.clock()
    const asKnown = and(
      eq(sessions.id, session.id),
      isNull(sessions.endedAt),
      eq(sessions.stage, session.stage),
      session.factorAt === null ? isNull(sessions.factorAt) : eq(sessions.factorAt, session.factorAt),
      gt(sessions.idleExpiresAt, now),
      gt(sessions.expiresAt, now),
    )
    const { from, ...patch } = next
    return this.#inTransaction(async (tx) => {
      const rekeyed = await this.#options.vouching.change(tx, 'session', asKnown, (row) => ({
        ...patch,
        ...(from === null ? {} : withPlace(row, from)),
        lastActiveAt: now,
        idleExpiresAt: earliest(later(now, this.#options.limits.idleMs), row.expiresAt),
      }))
      return rekeyed.length === 1
    })
  }

  /**
   * What is under way in these sessions is in the log before they end, or never (`audit/live-sessions.ts`).
   * Ended rows stay, but no longer hold a token's MAC: nothing that is presented can ever match them again.
   */
  async #end(which: SQL | undefined): Promise<EndedSession[]> {
    const now = this.#options.clock()
    const { reason, by } = this.#options.ending
    return this.#inTransaction(async (tx) => {
      const found = await tx.orm
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(isNull(sessions.endedAt), which))
      const ids = found.map(({ id }) => id)
      if (ids.length === 0) return []
      await closeToEntries(tx, ids)
      const open = and(isNull(sessions.endedAt), inArray(sessions.id, ids))
      const rows = await this.#options.vouching.end(tx, 'session', open, (row) => {
        const over = earliest(row.idleExpiresAt, row.expiresAt)
        const hasExpired = over <= now
        return {
          tokenHash: `ended/${row.id}`,
          endedAt: earliest(over, now),
          endReason: hasExpired ? 'expired' : reason,
          endedBy: hasExpired ? null : by,
        }
      })
      const ended = rows.map(({ id, userId, stage, endReason, endedBy }) => ({
        id,
        userId,
        stage,
        reason: endReason ?? reason,
        by: endedBy,
      }))
      if (ended.length > 0) await this.#options.ended?.(tx, ended)
      return ended
    })
  }

  #inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const connection = this.#connection
    return connection.kind === 'transaction' ? work(connection) : withTransaction(connection, 'none', work)
  }

  #sessionOf(tokenHash: string, row: SignedInRows['session'] | SessionRow): DatabaseSession {
    const idleExpiresAt = new Date(row.idleExpiresAt)
    return {
      id: tokenHash,
      userId: row.userId,
      expiresAt: this.#toLucia(earliest(idleExpiresAt, new Date(row.expiresAt))),
      attributes: {
        publicId: row.id,
        stage: row.stage,
        startedAt: new Date(row.createdAt),
        factorAt: row.factorAt === null ? null : new Date(row.factorAt),
        idleExpiresAt,
        endsAt: new Date(row.expiresAt),
        places: { networks: row.networks, browsers: row.browsers },
        elsewhere: this.#isElsewhere,
      },
    }
  }

  /** A patient's account holds what patients do, and whatever else may stand in its rows is nothing to it. */
  async #userOf(
    user: SignedInRows['user'],
    assignments: SignedInRows['assignments'],
  ): Promise<DatabaseUser | null> {
    if (user.kind !== 'patient') return staffOf(user, assignments)
    const own = await this.#options.ownAccount(user.id)
    if (own === null) return null
    const { email, displayName, patientId } = own
    const attributes = { kind: user.kind, email, displayName, practitionerId: null, patientId }
    return { id: user.id, attributes: { ...attributes, assignments: [heldByPatient(user.id)] } }
  }

  // Lucia compares with the process's clock; the rows keep the application's, which in tests is another one.
  #toLucia(at: Date): Date {
    return new Date(at.getTime() + Date.now() - this.#options.clock().getTime())
  }

  #fromLucia(at: Date): Date {
    return new Date(at.getTime() - Date.now() + this.#options.clock().getTime())
  }
}

const staffOf = (user: SignedInRows['user'], assignments: SignedInRows['assignments']): DatabaseUser => ({
  id: user.id,
  attributes: {
    kind: user.kind,
    email: user.email,
    displayName: user.displayName,
    practitionerId: user.practitionerId,
    patientId: null,
    assignments: assignments.map(({ id, role, roleVersion, startsAt, endsAt }) => ({
      assignmentId: id,
      name: role,
      version: roleVersion,
      startsAt: new Date(startsAt),
      endsAt: endsAt === null ? null : new Date(endsAt),
    })),
  },
})
