import { type Database, databaseFault, type Transaction, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { keyHash } from '../../keys/create-keys.ts'
import type { StoredPatientKey } from '../../keys/keyring.ts'
import type { SystemKeyPurpose } from '../../keys/system-keys.ts'
import { tellMovedOn } from './key-entries.ts'
import { AFTERLIFE } from './targets.ts'
import { countUses, usesOf } from './uses.ts'

/**
 * Why an earlier key is kept: something stands that was made with it (`in-use`); it is to open or check that
 * for as long as it stands (`stays`) or until it is gone by itself (`passes`); or what took its place does
 * not open (`canary`).
 */
export type Kept = 'in-use' | 'passes' | 'stays' | 'canary'

const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const

/** As many keys are unwrapped for a trial before those are given up that they were wrapped under. */
const CANARIES = 32

/** Counters of attempts last an hour at most: a day after their key was in force none is left. */
const COUNTERS_LAST_MS = 86_400_000

/** Refused by a trigger: something stands that needs the key. */
const IN_USE = '23001'

/** No other login changes the states of keys. Throws UNAVAILABLE where it is not set up. */
const rekeyOf = ({ rekey }: App): Database => {
  if (rekey === null) throw new ChartwardError('UNAVAILABLE', 'Set CHARTWARD_REKEY_DATABASE_URL.')
  return rekey
}

/** Retires KEKs under which no key is wrapped any more. */
export const retireKeks = async (app: App): Promise<Kept | null> => {
  if (!(await keysUnwrap(app))) return 'canary'
  const rows = await app.db.sql<{ id: string; version: number }[]>`
    select id, version from keks where state = 'decrypt-only' order by version`
  for (const { id, version } of rows) {
    const done = await unlessInUse(
      withTransaction(rekeyOf(app), 'all', async (tx) => {
        const [row] = await tx.sql<{ wrapped: Buffer }[]>`
          update keks set state = 'disabled' where id = ${id} and state = 'decrypt-only' returning wrapped`
        if (row === undefined) return
        const hash = keyHash({ kekId: null, wrapped: row.wrapped })
        const key = { id, purpose: 'kek', version, keyHash: hash, state: 'disabled' }
        await tellMovedOn(tx, app, BY, key, { state: 'decrypt-only' })
      }),
    )
    if (!done) return 'in-use'
  }
  return null
}

/** Whether keys of patients, drawn by chance, unwrap under the KEK in force. */
const keysUnwrap = async ({ db, keyring }: App): Promise<boolean> => {
  const rows = await withTransaction(
    db,
    'all',
    ({ sql }) => sql<(Omit<StoredPatientKey, 'state'> & { patient_id: PatientId })[]>`
      select patient_id, id, kek_id, wrapped from patient_keys
      where kek_id = ${keyring.kekId} and state in ('primary', 'decrypt-only')
      order by random() limit ${CANARIES}`,
  )
  try {
    for (const row of rows) (await keyring.rewrapPatientKey(row.patient_id, row)).fill(0)
    return true
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'INTEGRITY') return false
    throw error
  }
}

/** Retires keys of a purpose that nothing needs any more. */
export const retireSystemKeys = async (app: App, purpose: SystemKeyPurpose): Promise<Kept | null> => {
  const rows = await app.db.sql<{ id: string; version: number; ms: number }[]>`
    select id, version, (extract(epoch from now() - state_at) * 1000)::float8 as ms
    from system_keys where purpose = ${purpose} and state = 'decrypt-only' order by version`
  if (rows.length === 0) return null
  const counted = await withTransaction(app.db, 'all', (tx) => countUses(tx, purpose))
  let kept: Kept | null = null
  for (const { id, version, ms } of rows) {
    const isFree =
      counted === null
        ? purpose === 'attempt-counters' && ms > COUNTERS_LAST_MS
        : usesOf(counted, { id, version }) === 0
    if (!isFree) {
      const afterlife = AFTERLIFE[purpose]
      kept = afterlife === 'anew' ? 'in-use' : afterlife
      continue
    }
    if (!(await unlessInUse(moveSystemKey(app, { id, purpose, version }, ['decrypt-only', 'disabled']))))
      kept = 'in-use'
  }
  return kept
}

/** Has a key of the system go from one state to another, with its entry, where it still has the first. */
export const moveSystemKey = (
  app: App,
  key: { readonly id: string; readonly purpose: string; readonly version: number },
  [from, to]: readonly [string, string],
): Promise<void> =>
  withTransaction(rekeyOf(app), 'all', async (tx) => {
    // What is told is what the row has now: it may have been rewrapped since it was read.
    const [row] = await tx.sql<{ kek_id: string; wrapped: Buffer }[]>`
      update system_keys set state = ${to} where id = ${key.id} and state = ${from} returning kek_id, wrapped`
    if (row === undefined) return
    const hash = keyHash({ kekId: row.kek_id, wrapped: row.wrapped })
    await tellMovedOn(tx, app, BY, { ...key, keyHash: hash, state: to }, { state: from })
  })

/**
 * Retires earlier keys of patients, of one or of all: the database refuses each that anything is sealed with.
 */
export const retirePatientKeys = async (
  app: App,
  rekey: Database,
  patientId: PatientId | null,
): Promise<Kept | null> => {
  let kept: Kept | null = null
  for (let after: string | null = null; ; ) {
    const rows: readonly { id: string; patient_id: PatientId }[] = await withTransaction(
      app.db,
      patientId === null ? 'all' : [patientId],
      ({ sql }) => sql<{ id: string; patient_id: PatientId }[]>`
        select id, patient_id from patient_keys
        where state = 'decrypt-only' and (${after}::uuid is null or id > ${after}::uuid)
          and state_at <= now() - ${app.settings.keys.settleMs} * interval '1 millisecond'
        order by id limit 50`,
    )
    if (rows.length > 0) {
      const scope = [...new Set(rows.map((row) => row.patient_id))]
      const retired = await withTransaction(rekey, scope, (tx) => retireFree(tx, app, rows))
      if (retired < rows.length) kept = 'in-use'
    }
    after = rows.at(-1)?.id ?? null
    if (after === null) return kept
  }
}

/**
 * Retires those of the keys that nothing is sealed with, and gives how many: a trigger looks at each again.
 */
const retireFree = async (
  tx: Transaction,
  app: App,
  keys: readonly { readonly id: string; readonly patient_id: PatientId }[],
): Promise<number> => {
  const retired = await tx.sql<{ id: string; patient_id: PatientId }[]>`
    update patient_keys set state = 'disabled'
    where id = any(${keys.map(({ id }) => id)}::uuid[]) and state = 'decrypt-only' and not patient_key_in_use(patient_id, id)
    returning id, patient_id`
  await Promise.all(
    retired.map(({ id, patient_id: patientId }) =>
      app.audit.append(tx, {
        ...BY,
        action: 'key.patient-retired',
        outcome: 'success',
        resource: { type: 'Key', id },
        patientId,
        change: { before: { key: id, state: 'decrypt-only' }, after: { key: id, state: 'disabled' } },
      }),
    ),
  )
  return retired.length
}

/** Whether it was done: false where the database says that something needs the key. */
export const unlessInUse = async (work: Promise<void>): Promise<boolean> => {
  try {
    await work
    return true
  } catch (error) {
    if (databaseFault(error)?.sqlState === IN_USE) return false
    throw error
  }
}
