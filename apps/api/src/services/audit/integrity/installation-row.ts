import { AuditError, LogKeys } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import { plannedText } from '../../../core/installation.ts'
import type { Findings } from './findings.ts'
import { type LoggedEntry, textFact } from './logged-entry.ts'
import type { Witness } from './witness.ts'

interface Row {
  readonly log_origin: string
  readonly mode: string
  readonly planned_patients: number
  readonly name_bits: number
  readonly initialised: boolean
}

/**
 * Compares what the database says it is with the key that the log is signed by, and with what the log has
 * said since its first key was made.
 */
export class InstallationWitness implements Witness {
  readonly #sql: Connection['sql']
  readonly #verifierKey: string
  readonly #findings: Findings
  #mode: string | null = null
  #planned: string | null = null
  #initialised = false

  constructor(sql: Connection['sql'], verifierKey: string, findings: Findings) {
    this.#sql = sql
    this.#verifierKey = verifierKey
    this.#findings = findings
  }

  async see(entries: readonly LoggedEntry[]): Promise<void> {
    for (const logged of entries) {
      const { action, outcome } = logged.entry
      if (action === 'key.created') {
        this.#mode ??= textFact(logged, 'mode')
        this.#planned ??= textFact(logged, 'planned')
      }
      if (action === 'installation.initialised' && outcome === 'success') this.#initialised = true
    }
  }

  async end(): Promise<void> {
    const [row] = await this.#sql<Row[]>`
      select log_origin, mode, planned_patients, name_bits, initialised_at is not null as initialised
      from installation`
    for (const detail of row === undefined ? ['its row is gone'] : this.#differences(row))
      this.#findings.add('installation-changed', detail)
  }

  #differences(row: Row): string[] {
    return [
      row.log_origin === originOf(this.#verifierKey)
        ? []
        : ['its log has another origin than the key that the log is signed by'],
      this.#mode === null || row.mode === this.#mode ? [] : ['its mode is not the one it was installed in'],
      this.#planned === null || plannedText(row.planned_patients, row.name_bits) === this.#planned
        ? []
        : ['what its name tokens are planned for is not what it was installed with'],
      this.#initialised === row.initialised
        ? []
        : ['whether it has its first administrators is not what the log says'],
    ].flat()
  }
}

/** Null for a key that is none, which the checkpoint's check names. */
const originOf = (verifierKey: string): string | null => {
  try {
    return LogKeys.pinned(verifierKey).origin
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}
