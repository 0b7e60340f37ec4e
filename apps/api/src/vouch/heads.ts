import type { Connection, Database } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { idTime, madeAt } from '../core/ids.ts'
import type { Logger } from '../core/log.ts'
import { readEntries } from '../sequencer/follow/read-entries.ts'
import { addTo, type HeadSeals, NO_HEADS, type RowHead } from './head-seals.ts'

/** Heads, or entries, that are read at a time. */
const PAGE = 5_000
/** A session is over by then, whatever its row says; what the log says of it is not kept longer. */
export const SESSION_KEPT_MS = 9 * 60 * 60_000

interface Row {
  readonly kind: string
  readonly id: string
  readonly owner: UserId | null
  readonly version: number
  readonly hash: Buffer
  readonly log_index: string
  readonly mac: Buffer
}

const headOf = (row: Row): RowHead => ({
  kind: row.kind,
  id: row.id,
  owner: row.owner,
  version: row.version,
  hash: row.hash.toString('hex'),
  logIndex: Number(row.log_index),
})

export interface HeadsOptions {
  readonly db: Database
  readonly seals: HeadSeals
  /** Whether the application wrote these bytes. */
  readonly isOwn: (bytes: Uint8Array, mac: Uint8Array) => boolean
  readonly log: Logger
}

/**
 * What the log last said of the rows of people's accounts, held by this process: some 150 bytes a row. It
 * only goes forward, so a row that is put back to an earlier state in the database, together with all that
 * the database holds of it, is older than what is known here.
 */
export class Heads {
  readonly #options: HeadsOptions
  readonly #heads = new Map<string, RowHead>()
  readonly #ofOwner = new Map<string, Set<string>>()
  #next = 0

  constructor(options: HeadsOptions) {
    this.#options = options
  }

  /** What the log last said of a row, as far as this process knows; undefined where it said nothing. */
  of(kind: string, id: string): RowHead | undefined {
    return this.#heads.get(keyOf(kind, id))
  }

  /** Rows of this kind that the log knows of whom they are, and that are not among `ids`. */
  missing(kind: string, owner: string, ids: ReadonlySet<string>): RowHead[] {
    return [...(this.#ofOwner.get(owner) ?? [])].flatMap((key) => {
      const head = this.#heads.get(key)
      return head !== undefined && head.kind === kind && !ids.has(head.id) ? [head] : []
    })
  }

  /**
   * Takes over what the follower of rows has kept. Where that is not its own work any more, it says so in the
   * process's log and reads the whole audit log instead.
   */
  async load(): Promise<void> {
    const { db, log } = this.#options
    const kept = await db.sql.begin('isolation level repeatable read read only', (sql) => this.#readKept(sql))
    if (kept !== null) {
      for (const head of kept.heads) this.#take(head)
      this.#next = kept.next
      return
    }
    log.error('what is kept of rows was changed behind the application: the log is read again from its start')
    await this.#replay()
  }

  /** Takes what the log has said since. */
  async look(): Promise<void> {
    const { db, seals, log } = this.#options
    for (;;) {
      const rows = await db.sql<Row[]>`
        select kind, id, owner, version, hash, log_index, mac from row_heads
        where log_index >= ${this.#next} and owner is not null order by log_index, kind, id limit ${PAGE}`
      for (const row of rows) {
        const head = headOf(row)
        if (seals.holds(head, row.mac)) this.#take(head)
        else
          log.error({ rowKind: row.kind, rowId: row.id }, 'what is kept of a row was changed: it is left out')
      }
      const last = rows.at(-1)
      // Rows of one entry may stand on both sides of a page: its end is read again.
      if (last !== undefined)
        this.#next = rows.length < PAGE ? Number(last.log_index) + 1 : Number(last.log_index)
      if (rows.length < PAGE) break
    }
    this.#forgetSessions()
  }

  async #readKept(sql: Connection['sql']): Promise<{ heads: RowHead[]; next: number } | null> {
    const { seals } = this.#options
    const [state] = await sql<{ next_index: string; sum: Buffer; mac: Buffer }[]>`
      select next_index, sum, mac from row_heads_state where id = 1`
    const next = Number(state?.next_index ?? 0)
    if (state !== undefined && !seals.stateHolds(next, state.sum, state.mac)) return null
    const heads: RowHead[] = []
    let sum: Buffer = NO_HEADS
    for await (const rows of sql<Row[]>`
      select kind, id, owner, version, hash, log_index, mac from row_heads where owner is not null`.cursor(
      PAGE,
    )) {
      for (const row of rows) {
        const head = headOf(row)
        if (!seals.holds(head, row.mac)) return null
        sum = addTo(sum, row.mac)
        heads.push(head)
      }
    }
    return sum.equals(state?.sum ?? NO_HEADS) ? { heads, next } : null
  }

  async #replay(): Promise<void> {
    const { db, isOwn } = this.#options
    const [head] = await db.sql<{ size: string }[]>`select size from audit_head where id = 1`
    const size = Number(head?.size ?? 0)
    for (let from = 0; from < size; from += PAGE) {
      const to = Math.min(from + PAGE, size)
      for (const { index, entry } of await readEntries(db.sql, isOwn, from, to)) {
        for (const row of entry.rows) if (row.owner !== null) this.#take({ ...row, logIndex: index })
      }
    }
    this.#next = size
    this.#forgetSessions()
  }

  #take(head: RowHead): void {
    const key = keyOf(head.kind, head.id)
    const known = this.#heads.get(key)
    if (known !== undefined && known.version > head.version) return
    this.#heads.set(key, head)
    if (head.owner === null) return
    const keys = this.#ofOwner.get(head.owner)
    if (keys === undefined) this.#ofOwner.set(head.owner, new Set([key]))
    else keys.add(key)
  }

  #forgetSessions(): void {
    const before = idTime() - SESSION_KEPT_MS
    for (const [key, { kind, id, owner }] of this.#heads) {
      if (kind !== 'session' || madeAt(id) >= before) continue
      this.#heads.delete(key)
      if (owner !== null) this.#ofOwner.get(owner)?.delete(key)
    }
  }
}

const keyOf = (kind: string, id: string): string => `${kind}/${id}`
