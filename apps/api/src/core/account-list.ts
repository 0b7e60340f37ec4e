import type { UserStatus } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { SharedRead } from './shared-read.ts'

/** As much of an account as a list of users is filtered, counted and ordered by. */
export interface Account {
  readonly id: UserId
  readonly email: string
  readonly displayName: string
  readonly status: UserStatus
  /** The names of the roles in force. */
  readonly roles: readonly string[]
  readonly mfa: boolean
  readonly lastSeenAt: string | null
  readonly department: string | null
  readonly managerId: UserId | null
  readonly employeeNumber: string | null
}

interface Assigned {
  readonly role: string
  readonly from: number
  readonly until: number | null
}

interface Row extends Omit<Account, 'roles'> {
  /** Role, start and end in milliseconds. */
  readonly assigned: readonly (readonly [string, number, number | null])[]
}

interface Kept {
  /** What the database said. */
  readonly said: string
  readonly assigned: readonly Assigned[]
  readonly account: Account
  /** When another role is in force, in milliseconds. */
  readonly stands: number
}

interface Look {
  readonly since: string
  readonly users: string
  /** Whose rows may have changed since the look before. */
  readonly changed: readonly string[]
}

/** The first look of a process reads all of them. */
const LOOKS = { timeoutMs: 60_000 }
/** As many accounts as one statement reads. */
const AT_ONCE = 5_000

/**
 * All accounts of the workforce, as the database has them now, kept between looks: of tens of thousands a
 * look reads those alone that have changed. What has changed is told by PostgreSQL itself: the transaction
 * that wrote a row stands beside it (`xmin`), and a look asks for what no snapshot of the look before could
 * have seen. So a change is there for whoever looks after it, whichever process made it. What is counted here
 * is what the database says; nothing is decided by it, and what decides is looked at row by row.
 */
export class AccountList {
  readonly #sql: Connection['sql']
  readonly #looks: SharedRead<null, readonly Account[]>
  readonly #kept = new Map<string, Kept>()
  #accounts: readonly Account[] = []
  #before: Promise<unknown> = Promise.resolve()
  #since: string | null = null
  #at = 0

  constructor({ sql }: Pick<Connection, 'sql'>, clock: () => Date) {
    this.#sql = sql
    this.#looks = new SharedRead(async (questions) => {
      // One after the other: what a slow look read is never put over what a later one has.
      const look = this.#before.catch(() => undefined).then(() => this.#look(clock().getTime()))
      this.#before = look
      const all = await look
      return questions.map(() => all)
    }, LOOKS)
  }

  /** Each account is the same object for as long as nothing of it changes. */
  all(): Promise<readonly Account[]> {
    return this.#looks.ask(null)
  }

  async #look(now: number): Promise<readonly Account[]> {
    const { since, users, changed } = await this.#changed()
    for (let from = 0; from < changed.length; from += AT_ONCE)
      await this.#read(changed.slice(from, from + AT_ONCE), now)
    if (this.#kept.size !== Number(users)) await this.#readAll(now)
    let isOther = changed.length > 0 || this.#accounts.length !== this.#kept.size
    for (const [id, kept] of this.#kept)
      if (kept.stands <= now || now < this.#at) {
        isOther = true
        this.#kept.set(id, { ...keep(kept.account, kept.assigned, now), said: kept.said })
      }
    if (isOther) this.#accounts = [...this.#kept.values()].map(({ account }) => account)
    this.#since = since
    this.#at = now
    return this.#accounts
  }

  async #changed(): Promise<Look> {
    const since = this.#since
    const [look] = await this.#sql<Look[]>`
      with changed as (
        select id from users where ${since}::text is not null and age(xmin) <= age(${since ?? '3'}::xid)
        union select user_id from role_assignments
          where ${since}::text is not null and age(xmin) <= age(${since ?? '3'}::xid)
        union select user_id from totp_factors
          where ${since}::text is not null and age(xmin) <= age(${since ?? '3'}::xid)
        union select user_id from passkeys
          where ${since}::text is not null and age(xmin) <= age(${since ?? '3'}::xid))
      select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text as since,
        (select count(*)::text from users where kind = 'workforce') as users,
        array(select id::text from changed) as changed`
    if (look === undefined) throw new Error('the database has not answered')
    return look
  }

  async #readAll(now: number): Promise<void> {
    const ids = await this.#sql<{ id: string }[]>`select id from users where kind = 'workforce'`
    for (let from = 0; from < ids.length; from += AT_ONCE)
      await this.#read(
        ids.slice(from, from + AT_ONCE).map(({ id }) => id),
        now,
      )
  }

  async #read(ids: readonly string[], now: number): Promise<void> {
    const rows = await this.#sql<Row[]>`
      select u.id, u.email, u.display_name as "displayName", u.status, u.last_seen_at as "lastSeenAt",
        u.department, u.manager_id as "managerId", u.employee_number as "employeeNumber",
        coalesce((select json_agg(json_build_array(a.role, extract(epoch from a.starts_at) * 1000,
            extract(epoch from a.ends_at) * 1000))
          from role_assignments a where a.user_id = u.id), '[]') as assigned,
        exists (select from totp_factors f
          where f.user_id = u.id and f.confirmed_at is not null and not f.disabled)
        or exists (select from passkeys k where k.user_id = u.id and not k.disabled) as mfa
      from users u where u.id = any(${ids}::uuid[]) and u.kind = 'workforce'`
    for (const row of rows) {
      const { assigned, ...account } = row
      const said = JSON.stringify(row)
      const kept = this.#kept.get(account.id)
      // Somebody else's long transaction has much read again that has not changed.
      if (kept?.said === said && kept.stands > now) continue
      const roles = assigned.map(([role, from, until]) => ({ role, from, until }))
      this.#kept.set(account.id, { ...keep({ ...account, roles: [] }, roles, now), said })
    }
  }
}

const keep = (account: Account, assigned: readonly Assigned[], now: number): Omit<Kept, 'said'> => {
  const inForce = assigned.filter(({ from, until }) => from <= now && (until === null || until > now))
  const turns = assigned.flatMap(({ from, until }) => [from, until ?? from]).filter((at) => at > now)
  return {
    assigned,
    account: { ...account, roles: [...new Set(inForce.map(({ role }) => role))] },
    stands: Math.min(Number.POSITIVE_INFINITY, ...turns),
  }
}
