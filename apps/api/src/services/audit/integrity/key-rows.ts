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

/**
 * Compares KEKs and system keys with the entries that tell of them: purpose, version, state, and what is
 * wrapped. Their ids are kept until the end, so that a key of which no entry tells is named too.
 */
export class KeyWitness implements Witness {
  readonly #sql: Connection['sql']
  readonly #findings: Findings
  readonly #told = new Map<string, Place>()

  constructor(sql: Connection['sql'], findings: Findings) {
    this.#sql = sql
    this.#findings = findings
  }

  async see(entries: readonly LoggedEntry[]): Promise<void> {
    const created = entries.filter(
      ({ entry }) => entry.action === 'key.created' && entry.outcome === 'success',
    )
    if (created.length === 0) return
    const rows = new Map((await this.#rows()).map((row) => [row.id, row]))
    for (const { leaf, entry } of created) {
      const { id } = entry.resource
      if (id === null) continue
      this.#told.set(id, leaf)
      const after = entry.change?.after ?? {}
      const row = rows.get(id)
      if (row === undefined) this.#findings.add('key-missing', `key ${id} is gone`, leaf)
      else if (row.purpose !== after.purpose || row.version !== after.version || row.state !== after.state)
        this.#findings.add('key-changed', `key ${id} has another purpose, version or state`, leaf)
      else if (storedKeyHash(row.kek_id, row.wrapped_hash) !== after.keyHash)
        this.#findings.add('key-changed', `key ${id} is not the one that was made`, leaf)
    }
  }

  async end(): Promise<void> {
    // Whoever installs logs the keys in the transaction that makes them: a log without one is no
    // installation's.
    if (this.#told.size === 0) return
    for (const { id } of await this.#rows())
      if (!this.#told.has(id)) this.#findings.add('key-unlogged', `no entry tells that key ${id} was made`)
  }

  #rows(): Promise<KeyRow[]> {
    return this.#sql<KeyRow[]>`
      select id, 'kek' as purpose, 1 as version, state, null::uuid as kek_id, wrapped_hash from keks
      union all select id, purpose, version, state, kek_id, wrapped_hash from system_keys order by id`
  }
}
