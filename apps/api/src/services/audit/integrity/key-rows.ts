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

/** What an entry says of a key: what its row is compared with until another entry tells of it. */
interface Told {
  readonly leaf: Place
  readonly purpose: unknown
  readonly version: unknown
  readonly state: unknown
  readonly keyHash: unknown
}

/**
 * Compares KEKs and system keys with what the last entry that tells of each says: purpose, version, state,
 * and what is wrapped. There are few, so what is said is kept until the end of the log.
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
      const { id, type } = entry.resource
      const after = entry.change?.after
      // Of patients' keys other entries tell, that name the patient.
      if (type !== 'Key' || id === null || entry.outcome !== 'success' || entry.patientId !== null) continue
      if (after?.keyHash === undefined) continue
      const { purpose, version, state, keyHash } = after
      this.#told.set(id, { leaf, purpose, version, state, keyHash })
    }
  }

  async end(): Promise<void> {
    // Whoever installs logs the keys in the transaction that makes them: a log without one is no
    // installation's.
    if (this.#told.size === 0) return
    const rows = new Map((await this.#rows()).map((row) => [row.id, row]))
    for (const [id, told] of this.#told) {
      const row = rows.get(id)
      if (row === undefined) this.#findings.add('key-missing', `key ${id} is gone`, told.leaf)
      else if (row.purpose !== told.purpose || row.version !== told.version || row.state !== told.state)
        this.#findings.add('key-changed', `key ${id} has another purpose, version or state`, told.leaf)
      else if (storedKeyHash(row.kek_id, row.wrapped_hash) !== told.keyHash)
        this.#findings.add('key-changed', `key ${id} is not the one that was last told of`, told.leaf)
    }
    for (const id of rows.keys())
      if (!this.#told.has(id)) this.#findings.add('key-unlogged', `no entry tells that key ${id} was made`)
  }

  #rows(): Promise<KeyRow[]> {
    return this.#sql<KeyRow[]>`
      select id, 'kek' as purpose, version, state, null::uuid as kek_id, wrapped_hash from keks
      union all select id, purpose, version, state, kek_id, wrapped_hash from system_keys order by id`
  }
}
