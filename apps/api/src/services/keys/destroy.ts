import { type Database, type Transaction, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { keyHash } from '../../keys/create-keys.ts'
import { freeIfRetiredBy } from './kept-backups.ts'
import { tellMovedOn } from './key-entries.ts'
import { moveSystemKey, unlessInUse } from './retire.ts'
import { FIRST_ID } from './rewrite/batch.ts'

const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const
const NOTHING = Buffer.alloc(0)

/** As many patients' keys are looked at in a statement. */
const PAGE = 500

interface Given {
  readonly app: App
  readonly rekey: Database
  /** Whether a key was retired for so long that no backup needs it, by the times of both clocks. */
  readonly isDue: (tx: Transaction) => ReturnType<Transaction['sql']>
}

/**
 * Destroys keys that were retired before the oldest backup that is still kept was begun: no row and no backup
 * needs them. One that rows turn out to need after all opens again instead: a process that stood still for
 * long may have made something with it.
 */
export const destroyFreeKeys = async (app: App): Promise<void> => {
  const { rekey } = app
  if (rekey === null) return
  const by = (await freeIfRetiredBy(app)).toISOString()
  const given: Given = {
    app,
    rekey,
    isDue: ({ sql }) => sql`state_at <= ${by}::timestamptz and state_at <= now() - interval '24 hours'`,
  }
  await destroySystemKeys(given)
  await destroyPatientKeys(given)
  await destroyKeks(given)
}

interface Retired {
  readonly id: string
  readonly version: number
}

const destroySystemKeys = async ({ app, rekey, isDue }: Given): Promise<void> => {
  const rows = await withTransaction(
    app.db,
    'all',
    (tx) => tx.sql<(Retired & { purpose: string; isNeeded: boolean; isDue: boolean })[]>`
      select id, purpose, version, system_key_in_use(purpose, id, version) as "isNeeded",
        ${isDue(tx)} as "isDue" from system_keys where state = 'disabled' order by id`,
  )
  for (const { id, purpose, version, ...row } of rows) {
    const key = { id, purpose, version }
    const isDone = !row.isNeeded && (!row.isDue || (await unlessInUse(destroySystemKey({ app, rekey }, key))))
    if (!isDone) await moveSystemKey(app, key, ['disabled', 'decrypt-only'])
  }
}

const destroySystemKey = (
  { app, rekey }: Pick<Given, 'app' | 'rekey'>,
  key: { readonly id: string; readonly purpose: string; readonly version: number },
): Promise<void> =>
  withTransaction(rekey, 'all', async (tx) => {
    const [row] = await tx.sql<{ kek_id: string }[]>`
      update system_keys set state = 'destroyed', wrapped = ${NOTHING} where id = ${key.id} and state = 'disabled'
      returning kek_id`
    if (row === undefined) return
    const told = { ...key, keyHash: keyHash({ kekId: row.kek_id, wrapped: NOTHING }), state: 'destroyed' }
    await tellMovedOn(tx, app, BY, told, { state: 'disabled' })
  })

const destroyKeks = async ({ app, rekey, isDue }: Given): Promise<void> => {
  const rows = await withTransaction(
    app.db,
    'none',
    (tx) => tx.sql<Retired[]>`
      select id, version from keks where state = 'disabled' and ${isDue(tx)} order by version`,
  )
  for (const { id, version } of rows)
    await withTransaction(rekey, 'all', async (tx) => {
      const { count } = await tx.sql`
        update keks set state = 'destroyed', wrapped = ${NOTHING} where id = ${id} and state = 'disabled'`
      const hash = keyHash({ kekId: null, wrapped: NOTHING })
      const told = { id, purpose: 'kek', version, keyHash: hash, state: 'destroyed' }
      if (count === 1) await tellMovedOn(tx, app, BY, told, { state: 'disabled' })
    })
}

interface RetiredOfPatient {
  readonly id: string
  readonly patient_id: PatientId
  readonly isNeeded: boolean
  readonly isDue: boolean
}

/**
 * Whether something needs one is asked soon after it was retired, and before it is destroyed: each time all
 * of the patient's versions are gone through.
 */
const destroyPatientKeys = async ({ app, rekey, isDue }: Given): Promise<void> => {
  for (let after: string | null = FIRST_ID; after !== null; ) {
    const rows: readonly RetiredOfPatient[] = await withTransaction(
      app.db,
      'all',
      (tx) => tx.sql<RetiredOfPatient[]>`
        select id, patient_id, patient_key_in_use(patient_id, id) as "isNeeded", ${isDue(tx)} as "isDue"
        from patient_keys where state = 'disabled' and id > ${after}
          and (state_at > now() - interval '3 hours' or ${isDue(tx)}) order by id limit ${PAGE}`,
    )
    for (const row of rows) {
      const move = (to: string) => movePatientKey(app, rekey, row, to)
      const isDone = !row.isNeeded && (!row.isDue || (await unlessInUse(move('destroyed'))))
      if (!isDone) await move('decrypt-only')
    }
    after = rows.at(-1)?.id ?? null
  }
}

/** Has a patient's key that was retired go on to `destroyed`, or back to `decrypt-only`, with its entry. */
const movePatientKey = (
  app: App,
  rekey: Database,
  { id, patient_id: patientId }: Pick<RetiredOfPatient, 'id' | 'patient_id'>,
  to: string,
): Promise<void> =>
  withTransaction(rekey, [patientId], async (tx) => {
    const { count } = await tx.sql`
      update patient_keys set state = ${to}, wrapped = case when ${to} = 'destroyed' then ${NOTHING} else wrapped end
      where patient_id = ${patientId} and id = ${id} and state = 'disabled'`
    if (count === 1)
      await app.audit.append(tx, {
        ...BY,
        action: 'key.patient-retired',
        outcome: 'success',
        resource: { type: 'Key', id },
        patientId,
        change: { before: { key: id, state: 'disabled' }, after: { key: id, state: to } },
      })
  })
