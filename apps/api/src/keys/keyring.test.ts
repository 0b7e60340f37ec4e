import { classKey, LocalKms } from '@chartward/crypto'
import { withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newId } from '../core/ids.ts'
import { promote } from '../services/keys/promote.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { loadKeyring } from './keyring.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

/** A patient with a key as an import stores it, and nothing of it in the cache. */
const addPatient = async (): Promise<{ patientId: PatientId; key: Buffer }> => {
  const patientId: PatientId = newId()
  const { keys, kekId, wrapped } = test.app.keyring.newPatientKeys(patientId, newId())
  const owner = test.database.open('chartward_owner', 1)
  await owner.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
    values (${patientId}, ${keys.primary.id}, ${kekId}, ${wrapped}, 'primary')`
  return { patientId, key: classKey(keys.primary, 'clinical').key }
}

const keyOf = (patientId: PatientId): Promise<Buffer> =>
  test.app.keyring.withPatientKeys(patientId, (keys) => Buffer.from(keys.sealingKey('clinical').key))

const refusal = (patientId: PatientId) =>
  expect(keyOf(patientId)).rejects.toMatchObject({ code: 'INTEGRITY' })

describe('the cache of keys', () => {
  it('is swept by itself, so that what nobody asks for any more is wiped; and not after its end', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    try {
      const { app } = test
      const keyring = await loadKeyring(app.db, LocalKms.open(test.files.kms))
      const patientId: PatientId = newId()
      const { keys } = keyring.newPatientKeys(patientId, newId())
      keyring.keepPatientKeys(patientId, keys)
      vi.advanceTimersByTime(14 * 60_000)
      expect(keys.primary.key.every((byte) => byte === 0)).toBe(false)
      vi.advanceTimersByTime(3 * 60_000)
      expect(keys.primary.key.every((byte) => byte === 0)).toBe(true)
      keyring.close()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe("a patient's key", () => {
  it('is the one that was made for the patient', async () => {
    const { patientId, key } = await addPatient()
    expect(await keyOf(patientId)).toEqual(key)
  })

  it('does not open for another patient when whole rows change places', async () => {
    const [a, b] = [await addPatient(), await addPatient()]
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      const aside = newId()
      await sql`update patient_keys set patient_id = ${aside} where patient_id = ${a.patientId}`
      await sql`update patient_keys set patient_id = ${a.patientId} where patient_id = ${b.patientId}`
      await sql`update patient_keys set patient_id = ${b.patientId} where patient_id = ${aside}`
    })
    await refusal(a.patientId)
    await refusal(b.patientId)
  })

  it('does not open when wrapped bytes change places, with their ids or without', async () => {
    const [a, b] = [await addPatient(), await addPatient()]
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    await owner.sql`update patient_keys k set wrapped = other.wrapped from patient_keys other
      where k.patient_id in ${owner.sql([a.patientId, b.patientId])}
        and other.patient_id in ${owner.sql([a.patientId, b.patientId])} and other.patient_id <> k.patient_id`
    await refusal(a.patientId)
    await refusal(b.patientId)
  })

  it('of before that was tampered with takes nothing from what the one in force opens', async () => {
    const { patientId, key } = await addPatient()
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    await owner.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
      select patient_id, ${newId()}, kek_id, wrapped, 'decrypt-only' from patient_keys where patient_id = ${patientId}`
    expect(await keyOf(patientId)).toEqual(key)
  })
})

describe('a row that the application’s login put among the keys', () => {
  const load = () => loadKeyring(test.app.db, LocalKms.open(test.files.kms))

  it('keeps no process from its start, and none from its other keys', async () => {
    const { sql } = test.app.db
    const { kekId } = test.app.keyring
    await sql`insert into keks (id, version, provider, wrapped, state) values (${newId()}, 2, 'local', '\\x00', 'pending')`
    await sql`insert into system_keys (id, purpose, version, kek_id, wrapped, state)
      values (${newId()}, 'reasons', 2, ${kekId}, '\\x00', 'pending')`
    const keyring = await load()
    expect(keyring.keyInForce('reasons')).toEqual(test.app.keyring.keyInForce('reasons'))
    await keyring.refresh()
    keyring.close()
  })

  it('does not come into force, though a rotation names it', async () => {
    const id = newId()
    const { sql } = test.app.db
    await sql`insert into system_keys (id, purpose, version, kek_id, wrapped, state)
      values (${id}, 'directory', 2, ${test.app.keyring.kekId}, '\\x00', 'pending')`
    await test.app.keyring.refresh()
    const promoted = withTransaction(test.app.rekey ?? test.app.db, 'none', (tx) =>
      promote(tx, test.app, 'system', id),
    )
    await expect(promoted).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
