import type { Action, JsonObject } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import { storedKeyHash } from '../../../keys/create-keys.ts'
import type { Findings } from './findings.ts'
import type { LoggedEntry, Place } from './logged-entry.ts'
import type { Witness } from './witness.ts'

interface KeyRow {
  readonly id: string
  readonly purpose: string
  readonly version: number
  readonly state: string
  readonly kek_id: string | null
  readonly wrapped_hash: Buffer
}

/** What tells of a key: each says all of it, so that the last entry of a key is what its row has to be. */
const TELLING: ReadonlySet<string> = new Set<Action>(['key.created', 'key.moved'])

interface Told {
  readonly place: Place
  readonly after: JsonObject
}

/**
 * Compares KEKs and system keys with the last entry that tells of each: purpose, version, state, and what is
 * wrapped. A key of which no entry tells is named too.
 */
export class KeyWitness implements Witness {
  readonly #sql: Connection['sql']
  readonly #findings: Findings
  readonly #told = new Map<string, Told>()

  constructor(sql: Connection['sql'], findings: Findings) {
    this.#sql = sql
    this.#findings = findings
  }

  async see(entries: readonly LoggedEntry[]): Promise<void> {
    for (const { leaf, entry } of entries) {
      const { id } = entry.resource
      if (id === null || entry.outcome !== 'success' || !TELLING.has(entry.action)) continue
      this.#told.set(id, { place: leaf, after: entry.change?.after ?? {} })
    }
  }

  async end(): Promise<void> {
    // Whoever installs logs the keys in the transaction that makes them: a log without one is no
    // installation's.
    if (this.#told.size === 0) return
    const rows = new Map((await this.#rows()).map((row) => [row.id, row]))
    for (const [id, told] of this.#told) this.#compare(id, told, rows.get(id))
    for (const id of rows.keys())
      if (!this.#told.has(id)) this.#findings.add('key-unlogged', `no entry tells that key ${id} was made`)
  }

  #compare(id: string, { place, after }: Told, row: KeyRow | undefined): void {
    if (row === undefined) this.#findings.add('key-missing', `key ${id} is gone`, place)
    else if (row.purpose !== after.purpose || row.version !== after.version || row.state !== after.state)
      this.#findings.add('key-changed', `key ${id} has another purpose, version or state`, place)
    else if (storedKeyHash(row.kek_id, row.wrapped_hash) !== after.keyHash)
      this.#findings.add('key-changed', `key ${id} is not the one that the log tells of`, place)
  }

  #rows(): Promise<KeyRow[]> {
    return this.#sql<KeyRow[]>`
      select id, 'kek' as purpose, 1 as version, state, null::uuid as kek_id, wrapped_hash from keks
      union all select id, purpose, version, state, kek_id, wrapped_hash from system_keys order by id`
  }
}
