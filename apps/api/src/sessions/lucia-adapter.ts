import { type Connection, type Database, type Transaction, withTransaction } from '@chartward/db'
import type { Id, PatientId, RoleAssignment, SessionId, UserId } from '@chartward/policy'
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia'
import { SharedRead } from '../core/shared-read.ts'
import type { SessionEndReason, SessionStage } from './session.ts'
import { earliest, later } from './time.ts'

/** A session ends this long after the last thing the person did, at the latest (design 05). */
export const IDLE_MS = 15 * 60_000
/**
 * What the person does is noted at most this often: so a session ends 14 to 15 minutes after the last of it.
 */
export const RENEW_AFTER_MS = 60_000
/** Whatever the person does, a session ends this long after it began. */
export const ABSOLUTE_MS = 8 * 60 * 60_000

/** What a session carries through Lucia besides its id (the hash of its token), its user and its expiry. */
interface SessionAttributes {
  /** The row's id: what the audit log and the console call the session by. It outlives each of its tokens. */
  readonly publicId: SessionId
  readonly stage: SessionStage
  readonly startedAt: Date
  readonly factorAt: Date | null
  /** Written, and not read back with each request. */
  readonly origin?: Origin
  /** Read: Lucia's own expiry is the earlier of this and the absolute end. */
  readonly idleExpiresAt?: Date
}

/** Where a session is begun from. */
export interface Origin {
  readonly ip: string | null
  readonly userAgent: string | null
}

interface UserAttributes {
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
  /** Reads a session with its person by the token's hash; see `readSignedIn`. */
  readonly find: (tokenHash: string) => Promise<readonly SignedInRow[]>
  readonly clock: () => Date
  /** What `deleteSession` and `deleteUserSessions` write on the rows. */
  readonly ending: Ending
  /** Told of every session that ends, in the transaction in which it does. */
  readonly ended?: (tx: Transaction, sessions: readonly EndedSession[]) => Promise<void>
}

interface SessionRow {
  readonly id: SessionId
  readonly user_id: UserId
  readonly stage: SessionStage
  readonly created_at: string
  readonly factor_at: string | null
  readonly idle_expires_at: string
  readonly expires_at: string
}

/** One row per role assignment, or one with nulls for a person who has none. */
export interface SignedInRow extends SessionRow {
  readonly token_hash: string
  readonly status: string
  readonly email: string
  readonly display_name: string
  readonly practitioner_id: string | null
  readonly patient_id: PatientId | null
  readonly assignment_id: string | null
  readonly role: string
  readonly starts_at: string
  readonly ends_at: string | null
}

/** Sessions with their people, by the hashes of their tokens: those of many requests in one statement. */
export const readSignedIn = ({ sql }: Database): SharedRead<string, SignedInRow[]> =>
  new SharedRead(async (hashes) => {
    const rows = await sql<SignedInRow[]>`
      select s.token_hash, s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at,
        u.status, u.email, u.display_name, u.practitioner_id, u.patient_id,
        a.id as assignment_id, a.role, a.starts_at, a.ends_at
      from sessions s join users u on u.id = s.user_id left join role_assignments a on a.user_id = s.user_id
      where s.token_hash = any(${[...new Set(hashes)]}) and s.ended_at is null`
    const found = Map.groupBy(rows, ({ token_hash }) => token_hash)
    return hashes.map((hash) => found.get(hash) ?? [])
  })

/**
 * Lucia's store over our `sessions` table. Lucia knows a session by its token's SHA-256 and proposes
 * expiries; this adapter has the last word on them (15 minutes idle, 8 hours in all, by the application's
 * clock), keeps ended sessions as rows that no token opens any more, and reads session, person and role
 * assignments in one statement.
 */
export class LuciaAdapter implements Adapter {
  readonly #connection: Database | Transaction
  readonly #options: AdapterOptions

  constructor(connection: Database | Transaction, options: AdapterOptions) {
    this.#connection = connection
    this.#options = options
  }

  /** The user is null where the account doesn't count: deactivated, or not yet active and past enrolment. */
  async getSessionAndUser(tokenHash: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const rows = await this.#options.find(tokenHash)
    const [row] = rows
    if (row === undefined) return [null, null]
    const counts = row.status === 'active' || (row.status === 'invited' && row.stage === 'enrol')
    return [this.#sessionOf(tokenHash, row), counts ? userOf(row, rows) : null]
  }

  async getUserSessions(userId: UserId): Promise<DatabaseSession[]> {
    const { sql }: Connection = this.#connection
    const rows = await sql<(SessionRow & { token_hash: string })[]>`
      select token_hash, id, user_id, stage, created_at, factor_at, idle_expires_at, expires_at
      from sessions where user_id = ${userId} and ended_at is null order by created_at`
    return rows.map((row) => this.#sessionOf(row.token_hash, row))
  }

  async setSession({ id, userId, expiresAt, attributes }: DatabaseSession): Promise<void> {
    const { publicId, stage, startedAt, factorAt, origin } = attributes
    const now = this.#options.clock()
    const idleExpiresAt = earliest(
      this.#fromLucia(expiresAt),
      later(now, IDLE_MS),
      later(startedAt, ABSOLUTE_MS),
    )
    const { sql }: Connection = this.#connection
    await sql`
      insert into sessions (id, token_hash, user_id, stage, created_at, last_active_at, idle_expires_at, expires_at,
        factor_at, ip, user_agent)
      values (${publicId}, ${id}, ${userId}, ${stage}, ${startedAt.toISOString()}, ${now.toISOString()},
        ${idleExpiresAt.toISOString()}, ${later(startedAt, ABSOLUTE_MS).toISOString()},
        ${factorAt?.toISOString() ?? null}, ${origin?.ip ?? null}, ${origin?.userAgent ?? null})`
  }

  /** Renews the idle window, never past 15 minutes from now nor past the session's absolute end. */
  async updateSessionExpiration(tokenHash: string, expiresAt: Date): Promise<void> {
    const now = this.#options.clock()
    const idleExpiresAt = earliest(this.#fromLucia(expiresAt), later(now, IDLE_MS))
    const { sql }: Connection = this.#connection
    await sql`
      with seen as (
        update sessions
        set last_active_at = ${now.toISOString()}, idle_expires_at = least(${idleExpiresAt.toISOString()}, expires_at)
        where token_hash = ${tokenHash} and ended_at is null
        returning user_id, stage)
      update users set last_seen_at = ${now.toISOString()} from seen where users.id = seen.user_id and seen.stage = 'full'`
  }

  async deleteSession(tokenHash: string): Promise<void> {
    await this.#end((sql) => sql`token_hash = ${tokenHash}`)
  }

  async deleteUserSessions(userId: UserId): Promise<void> {
    await this.endUserSessions(userId, null)
  }

  /** Ends a person's sessions, but for one if so wished, and tells which. */
  async endUserSessions(userId: UserId, exceptId: SessionId | null): Promise<EndedSession[]> {
    return this.#end((sql) => sql`user_id = ${userId} and id is distinct from ${exceptId}`)
  }

  /** Ends one session by its public id. */
  async endSession(publicId: SessionId): Promise<EndedSession[]> {
    return this.#end((sql) => sql`id = ${publicId}`)
  }

  async deleteExpiredSessions(): Promise<void> {
    const now = this.#options.clock().toISOString()
    await this.#end((sql) => sql`least(idle_expires_at, expires_at) <= ${now}`)
  }

  /**
   * Gives a session a new token and the stage it has reached; the old token opens nothing from then on. False
   * where it has ended, or was given another factor meanwhile.
   */
  async rekey(
    session: { readonly id: SessionId; readonly stage: SessionStage; readonly factorAt: Date | null },
    next: { readonly tokenHash: string; readonly stage: SessionStage; readonly factorAt: Date },
  ): Promise<boolean> {
    const now = this.#options.clock()
    const { sql }: Connection = this.#connection
    const rows = await sql`
      update sessions
      set token_hash = ${next.tokenHash}, stage = ${next.stage}, factor_at = ${next.factorAt.toISOString()},
        last_active_at = ${now.toISOString()},
        idle_expires_at = least(${later(now, IDLE_MS).toISOString()}, expires_at)
      where id = ${session.id} and ended_at is null and stage = ${session.stage}
        and factor_at is not distinct from ${session.factorAt?.toISOString() ?? null}
        and least(idle_expires_at, expires_at) > ${now.toISOString()}
      returning id`
    return rows.length === 1
  }

  /**
   * Ended rows stay, but no longer hold a token's hash: nothing that is presented can ever match them again.
   */
  async #end(which: (sql: Transaction['sql']) => ReturnType<Transaction['sql']>): Promise<EndedSession[]> {
    const now = this.#options.clock().toISOString()
    const { reason, by } = this.#options.ending
    return withTransaction(this.#connection, 'none', async (tx) => {
      const ended = await tx.sql<EndedSession[]>`
        update sessions
        set token_hash = 'ended/' || id,
          ended_at = least(idle_expires_at, expires_at, ${now}),
          end_reason = case when least(idle_expires_at, expires_at) <= ${now} then 'expired' else ${reason} end,
          ended_by = case when least(idle_expires_at, expires_at) <= ${now} then null else ${by}::uuid end
        where ended_at is null and ${which(tx.sql)}
        returning id, user_id as "userId", stage, end_reason as reason, ended_by as by`
      if (ended.length > 0) await this.#options.ended?.(tx, ended)
      return [...ended]
    })
  }

  #sessionOf(tokenHash: string, row: SessionRow): DatabaseSession {
    return {
      id: tokenHash,
      userId: row.user_id,
      expiresAt: this.#toLucia(earliest(new Date(row.idle_expires_at), new Date(row.expires_at))),
      attributes: {
        publicId: row.id,
        stage: row.stage,
        startedAt: new Date(row.created_at),
        factorAt: row.factor_at === null ? null : new Date(row.factor_at),
        idleExpiresAt: new Date(row.idle_expires_at),
      },
    }
  }

  // Lucia compares with the process's clock; the rows keep the application's, which in tests is another one.
  #toLucia(at: Date): Date {
    return new Date(at.getTime() + Date.now() - this.#options.clock().getTime())
  }

  #fromLucia(at: Date): Date {
    return new Date(at.getTime() - Date.now() + this.#options.clock().getTime())
  }
}

const userOf = (row: SignedInRow, rows: readonly SignedInRow[]): DatabaseUser => ({
  id: row.user_id,
  attributes: {
    email: row.email,
    displayName: row.display_name,
    practitionerId: row.practitioner_id,
    patientId: row.patient_id,
    assignments: rows.flatMap(({ assignment_id, role, starts_at, ends_at }) =>
      assignment_id === null
        ? []
        : [
            {
              assignmentId: assignment_id,
              name: role,
              startsAt: new Date(starts_at),
              endsAt: ends_at === null ? null : new Date(ends_at),
            },
          ],
    ),
  },
})
