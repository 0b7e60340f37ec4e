import { setImmediate } from 'node:timers/promises'
import { byteaArray, type Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { ChartwardError } from '../../../core/errors.ts'
import { keyHash } from '../../../keys/create-keys.ts'
import type { StoredPatientKey } from '../../../keys/keyring.ts'
import { packRewrapped } from '../../../keys/rewrapped-keys.ts'
import { tellMovedOn } from '../key-entries.ts'
import { afterOf, type Batch, FIRST_ID, type Rewrite } from './batch.ts'

/** As many keys in a transaction: its entry names each. */
const BATCH = 1000
const AT_ONCE = 100

const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const

type Stored = Omit<StoredPatientKey, 'state'>

/**
 * Wraps keys of the system under the KEK in force, all in one transaction: there are few. Their rows are held
 * from when they are read, so that the state that is told is the one that they have.
 */
export const rewrapSystemKeys: Rewrite = async (tx, app) => {
  const kekId = app.keyring.kekId
  const rows = await tx.sql<(Stored & { purpose: string; version: number; state: string })[]>`
    select id, purpose, version, kek_id, wrapped, state from system_keys
    where kek_id <> ${kekId} and state <> 'destroyed' order by id for update`
  let done = 0
  for (const row of rows) {
    const wrapped = await rewrapped(() => app.keyring.rewrapSystemKey(row.purpose, row))
    if (wrapped === null) continue
    const { count } = await tx.sql`
      update system_keys set kek_id = ${kekId}, wrapped = ${wrapped} where id = ${row.id} and wrapped = ${row.wrapped}`
    done += count
    const { id, purpose, version, state } = row
    if (count === 1)
      await tellMovedOn(
        tx,
        app,
        BY,
        { id, purpose, version, state, keyHash: keyHash({ kekId, wrapped }) },
        { state },
      )
  }
  return { after: null, done, skipped: rows.length - done, tell: null }
}

/** Wraps patients' keys under the KEK in force: no record is opened, and none is read. */
export const rewrapPatientKeys: Rewrite = async (tx, app, after) => {
  const kekId = app.keyring.kekId
  const rows = await tx.sql<(Stored & { patient_id: PatientId })[]>`
    select id, patient_id, kek_id, wrapped from patient_keys
    where kek_id <> ${kekId} and state <> 'destroyed' and id > ${after ?? FIRST_ID} order by id limit ${BATCH}`
  const made: { id: string; before: Buffer; wrapped: Buffer }[] = []
  for (const [at, row] of rows.entries()) {
    // Others in this process have their turn.
    if (at % AT_ONCE === 0) await setImmediate()
    const wrapped = await rewrapped(() => app.keyring.rewrapPatientKey(row.patient_id, row))
    if (wrapped !== null) made.push({ id: row.id, before: row.wrapped, wrapped })
  }
  const changed = new Set(await putInPlace(tx, kekId, made))
  const told = made.filter(({ id }) => changed.has(id))
  return {
    after: afterOf(rows, BATCH),
    done: told.length,
    skipped: rows.length - told.length,
    tell: told.length === 0 ? null : entryOf(kekId, told),
  }
}

/** Puts each in the place of what was read, and gives the ids of those that were still there. */
const putInPlace = async (
  tx: Transaction,
  kekId: string,
  made: readonly { readonly id: string; readonly before: Buffer; readonly wrapped: Buffer }[],
): Promise<string[]> => {
  const bytes = (column: 'before' | 'wrapped') =>
    byteaArray(
      tx.sql,
      made.map((one) => one[column]),
    )
  const rows = await tx.sql<{ id: string }[]>`
    update patient_keys k set kek_id = ${kekId}, wrapped = made.wrapped
    from unnest(${made.map(({ id }) => id)}::uuid[], ${bytes('before')}, ${bytes('wrapped')}) made (id, before, wrapped)
    where k.id = made.id and k.wrapped = made.before returning k.id`
  return rows.map(({ id }) => id)
}

const entryOf = (
  kekId: string,
  told: readonly { readonly id: string; readonly wrapped: Buffer }[],
): Batch['tell'] => ({
  action: 'key.rewrapped',
  resource: { type: 'Key', id: kekId },
  count: told.length,
  facts: {
    kek: kekId,
    keys: packRewrapped(told.map(({ id, wrapped }) => ({ id, hash: keyHash({ kekId, wrapped }) }))),
  },
})

/**
 * Null for a key that was changed, or put in the place of another: it is left as it is, for the check to
 * name.
 */
const rewrapped = async (work: () => Promise<Buffer>): Promise<Buffer | null> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'INTEGRITY') return null
    throw error
  }
}
