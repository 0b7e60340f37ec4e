import { type Database, schema, selectInScope, withTransaction } from '@chartward/db'
import type { Id, PatientId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../core/errors.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { Vouching } from '../vouch/vouching.ts'

const { shreds } = schema

interface Parts {
  readonly db: Database
  readonly keyring: Keyring
  readonly vouching: Vouching
}

/** That a patient's keys were destroyed. */
export interface Destruction {
  readonly id: Id<'shred'>
  readonly at: Date
}

/**
 * Whose keys were destroyed, as this process knows. It looks every second (`watchLog`), also in the process
 * that has done it: within two seconds of the commit no process has such a key in memory any more. Only rows
 * that are vouched for count, so that nobody who writes rows makes a patient unreadable.
 */
export class ShreddedPatients {
  readonly #parts: Parts
  readonly #known = new Map<PatientId, Destruction>()
  /** How many rows there were when all of them counted. */
  #seen = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The destruction of a patient's keys, or undefined. */
  of(patientId: PatientId): Destruction | undefined {
    return this.#known.get(patientId)
  }

  /** Throws DESTROYED, with the day and the certificate's number, where a patient's keys were destroyed. */
  refuse(patientId: PatientId): void {
    const found = this.#known.get(patientId)
    if (found === undefined) return
    throw new ChartwardError(
      'DESTROYED',
      `The keys of this patient were destroyed on ${found.at.toISOString().slice(0, 10)}: nothing of the record can be read any more. Certificate ${found.id}.`,
    )
  }

  /** Learns of those that have been destroyed since, and forgets their keys. */
  async look(): Promise<void> {
    const { db, keyring, vouching } = this.#parts
    const [{ count } = { count: 0 }] = await selectInScope<{ count: number }>(
      db,
      'all',
      `select count(*)::int as count from shreds where state = 'done'`,
      [],
    )
    if (count === this.#seen) return
    const rows = await withTransaction(db, 'all', (tx) =>
      tx.orm.select().from(shreds).where(eq(shreds.state, 'done')),
    )
    let counting = 0
    for (const row of rows) {
      if (!(await vouching.admits('shred', row))) continue
      const { patientId } = row
      this.#known.set(patientId, { id: row.id, at: row.decidedAt ?? row.requestedAt })
      keyring.forgetPatientKeys(patientId)
      counting += 1
    }
    // Where one did not count, or has changed meanwhile, it is looked at again.
    if (counting === rows.length) this.#seen = rows.length
  }
}
