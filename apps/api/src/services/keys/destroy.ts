import { type Database, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { keyHash } from '../../keys/create-keys.ts'
import type { SystemKeyPurpose } from '../../keys/system-keys.ts'
import { SYSTEM_KEY_PURPOSES } from '../../keys/system-keys.ts'
import { keptSince } from './kept-backups.ts'
import { tellMovedOn } from './key-entries.ts'
import { moveSystemKey } from './retire.ts'
import { countUses, usesOf } from './uses.ts'

const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const
const NOTHING = Buffer.alloc(0)

interface Given {
  readonly app: App
  readonly rekey: Database
  /** Whether a key that was retired then may still be needed. */
  readonly isKept: (retired: Date) => boolean
}

interface Retired {
  readonly id: string
  readonly version: number
  readonly kek_id: string | null
  readonly wrapped: Buffer
  /** When it was retired, in milliseconds since 1970. */
  readonly retired: number
}

/**
 * Destroys keys that were retired before the oldest backup that is still kept was begun: no row and no backup
 * needs them. One that rows turn out to need after all opens again instead: a process that stood still for
 * long may have made something with it.
 */
export const destroyFreeKeys = async (app: App): Promise<void> => {
  const { rekey } = app
  if (rekey === null) return
  const given = { app, rekey, isKept: await keptSince(app) }
  for (const purpose of SYSTEM_KEY_PURPOSES) await destroySystemKeys(given, purpose)
  await destroyPatientKeys(given)
  await destroyKeks(given)
}

const destroySystemKeys = async ({ app, rekey, isKept }: Given, purpose: SystemKeyPurpose): Promise<void> => {
  const rows = await app.db.sql<Retired[]>`
    select id, version, kek_id, wrapped,
      (extract(epoch from state_at) * 1000)::float8 as retired from system_keys where purpose = ${purpose} and state = 'disabled'`
  if (rows.length === 0) return
  const counted = await withTransaction(app.db, 'all', (tx) => countUses(tx, purpose))
  for (const { id, version, kek_id: kekId, wrapped, retired } of rows) {
    const key = { id, purpose, version, keyHash: keyHash({ kekId, wrapped }) }
    // What does not say by which key it was made may need this one.
    if (counted === null && purpose !== 'attempt-counters') continue
    if (counted !== null && usesOf(counted, key) > 0) {
      await moveSystemKey(app, key, ['disabled', 'decrypt-only'])
    } else if (!isKept(new Date(retired)))
      await withTransaction(rekey, 'none', async (tx) => {
        const { count } = await tx.sql`
          update system_keys set state = 'destroyed', state_at = clock_timestamp(), wrapped = ${NOTHING}
          where id = ${id} and state = 'disabled'`
        const told = { ...key, keyHash: keyHash({ kekId, wrapped: NOTHING }), state: 'destroyed' }
        if (count === 1) await tellMovedOn(tx, app, BY, told, { state: 'disabled' })
      })
  }
}

const destroyKeks = async ({ app, rekey, isKept }: Given): Promise<void> => {
  const rows = await app.db.sql<Retired[]>`
    select id, version, null::uuid as kek_id, wrapped,
      (extract(epoch from state_at) * 1000)::float8 as retired from keks where state = 'disabled'`
  for (const { id, version, retired } of rows) {
    if (isKept(new Date(retired))) continue
    await withTransaction(rekey, 'all', async (tx) => {
      const { count } = await tx.sql`
        update keks set state = 'destroyed', state_at = clock_timestamp(), wrapped = ${NOTHING}
        where id = ${id} and state = 'disabled'`
      const hash = keyHash({ kekId: null, wrapped: NOTHING })
      const told = { id, purpose: 'kek', version, keyHash: hash, state: 'destroyed' }
      if (count === 1) await tellMovedOn(tx, app, BY, told, { state: 'disabled' })
    })
  }
}

const destroyPatientKeys = async ({ app, rekey, isKept }: Given): Promise<void> => {
  const rows = await withTransaction(
    app.db,
    'all',
    ({ sql }) => sql<{ id: string; patient_id: PatientId; retired: number }[]>`
      select id, patient_id, (extract(epoch from state_at) * 1000)::float8 as retired from patient_keys where state = 'disabled' order by id limit 1000`,
  )
  for (const { id, patient_id: patientId, retired } of rows) {
    if (isKept(new Date(retired))) continue
    await withTransaction(rekey, [patientId], async (tx) => {
      const { count } = await tx.sql`
        update patient_keys set state = 'destroyed', state_at = clock_timestamp(), wrapped = ${NOTHING}
        where patient_id = ${patientId} and id = ${id} and state = 'disabled'`
      if (count === 1)
        await app.audit.append(tx, {
          ...BY,
          action: 'key.patient-retired',
          outcome: 'success',
          resource: { type: 'Key', id },
          patientId,
          change: { before: { key: id, state: 'disabled' }, after: { key: id, state: 'destroyed' } },
        })
    })
  }
}
