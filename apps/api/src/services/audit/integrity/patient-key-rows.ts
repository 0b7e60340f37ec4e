import type { Connection } from '@chartward/db'
import { storedKeyHash } from '../../../keys/create-keys.ts'
import { rewrappedKeys } from '../../../keys/rewrapped-keys.ts'
import type { Findings } from './findings.ts'
import { type LoggedEntry, type Place, textFact } from './logged-entry.ts'
import type { Witness } from './witness.ts'

/** What an entry says that a patient's key is wrapped as: its hash in hex, or the beginning of it. */
interface Told {
  readonly id: string
  readonly hash: string
  readonly leaf: Place
}

/**
 * Compares patients' keys with what the last entry that tells of each says of its wrapped bytes. A row that
 * is not what an entry says may be what a later one does, when it was wrapped under another KEK: those are
 * held until the end of the log.
 */
export class PatientKeyWitness implements Witness {
  readonly #sql: Connection['sql']
  readonly #findings: Findings
  readonly #open = new Map<string, Place>()

  constructor(sql: Connection['sql'], findings: Findings) {
    this.#sql = sql
    this.#findings = findings
  }

  async see(entries: readonly LoggedEntry[]): Promise<void> {
    const told = entries.flatMap(toldBy)
    if (told.length === 0) return
    const hashes = await this.#hashes(told.map(({ id }) => id))
    for (const { id, hash, leaf } of told)
      if (hashes.get(id)?.startsWith(hash) === true) this.#open.delete(id)
      else this.#open.set(id, leaf)
  }

  async end(): Promise<void> {
    const ids = [...this.#open.keys()]
    const there = await this.#hashes(ids)
    for (const [id, leaf] of this.#open)
      if (there.has(id))
        this.#findings.add('key-changed', `key ${id} of a patient is not the one that was last told of`, leaf)
      else this.#findings.add('key-missing', `key ${id} of a patient is gone`, leaf)
  }

  /** By key: the hash of what it is wrapped as, or that it is destroyed. */
  async #hashes(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#sql<{ id: string; kek_id: string; wrapped_hash: Buffer; state: string }[]>`
      select id, kek_id, wrapped_hash, state from patient_keys where id = any(${[...ids]}::uuid[])`
    return new Map(
      rows.map(({ id, kek_id, wrapped_hash, state }) => [
        id,
        state === DESTROYED ? state : storedKeyHash(kek_id, wrapped_hash),
      ]),
    )
  }
}

const DESTROYED = 'destroyed'

const toldBy = (logged: LoggedEntry): Told[] => {
  const { leaf, entry } = logged
  if (entry.outcome !== 'success') return []
  const [id, hash] = [textFact(logged, 'patientKey'), textFact(logged, 'patientKeyHash')]
  if (id !== null && hash !== null) return [{ id, hash, leaf }]
  if (entry.action === 'shred.carried-out') return destroyedBy(logged)
  if (entry.action === 'key.patient-retired' && entry.resource.id !== null)
    return entry.change?.after?.state === DESTROYED ? [{ id: entry.resource.id, hash: DESTROYED, leaf }] : []
  const packed = entry.action === 'key.rewrapped' ? textFact(logged, 'keys') : null
  return packed === null ? [] : rewrappedKeys(packed).map((one) => ({ ...one, leaf }))
}

/** Of a patient whose keys two people had destroyed: every one of them. */
const destroyedBy = ({ leaf, entry }: LoggedEntry): Told[] => {
  const keys = entry.change?.after?.keys
  if (!Array.isArray(keys)) return []
  return keys.flatMap((id) => (typeof id === 'string' ? [{ id, hash: DESTROYED, leaf }] : []))
}
