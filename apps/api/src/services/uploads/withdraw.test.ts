import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Database, withTransaction } from '@chartward/db'
import { isWithdrawn, type RecordFields } from '@chartward/fhir'
import type { PatientId, RecordId } from '@chartward/policy'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { signInAs, type TestSignIn } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory } from '../../trpc/trpc.ts'
import { checkDatabase } from '../audit/check-database.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { storedRecords } from '../import/stored-versions.ts'
import { condition, importTexts, ndjson, patient } from '../import/testing/inputs.ts'
import { patientsRouter } from '../patients/router.ts'
import { finishWork } from '../works/testing/finish-work.ts'
import { uploadsRouter } from './router.ts'
import { receive, uploadAll } from './testing/uploading.ts'

const caller = createCallerFactory(uploadsRouter)
const RUN_WORK = fileURLToPath(new URL('testing/run-work-child.ts', import.meta.url))
const reason = 'The file was of another hospital'

let house: TestApp
let owner: Database
let administrator: TestSignIn
beforeAll(async () => {
  house = await createTestHouse()
  owner = house.database.open('chartward_owner', 2)
})
beforeEach(async () => {
  administrator = await signInAs(house.app, 'administrator')
})
afterAll(() => house?.stop())

/** Withdraws an upload and gives what that came to. */
const withdraw = async (id: string) => {
  const { workId } = await caller(administrator.context).withdraw({ id, reason })
  await finishWork(house.app, workId)
  return (await caller(administrator.context).get({ id })).withdrawn
}

let people = 0
/** An id of a patient, and a family name, that no other test has. */
const person = () => {
  people += 1
  return [`p${people}`, `Family${'abcdefghij'.charAt(people % 10)}${people}`] as const
}

const found = async (family: string): Promise<string[]> => {
  const { context } = await signInAs(house.app, 'privacy-officer')
  const { items } = await createCallerFactory(patientsRouter)(context).search({ by: 'name', text: family })
  return items.map(({ id }) => id)
}

/** The patient whom this upload has written last, and what their records hold now. */
const recordsOf = async (id: string) => {
  const [row] = await owner.sql<{ patient_id: PatientId }[]>`
    select e.patient_id from audit_entries e join uploads u on u.request_id = e.request_id
    where u.id = ${id} and e.patient_id is not null order by e.id desc limit 1`
  const patientId = row?.patient_id as PatientId
  const ids = await owner.sql<{ id: RecordId; version: number }[]>`
    select id, version from records where patient_id = ${patientId} order by id`
  const opened = await withTransaction(house.app.db, [patientId], (tx) =>
    storedRecords(
      tx,
      house.app.keyring,
      patientId,
      ids.map((one) => one.id),
    ),
  )
  const stands = (fields: RecordFields) => (isWithdrawn(fields) ? 'withdrawn' : 'stands')
  const records = ids.map((one) => {
    const fields = opened.get(one.id)?.fields ?? {}
    const said = JSON.stringify(fields)
    return { version: one.version, is: stands(fields), said, trusted: opened.get(one.id)?.trusted }
  })
  return { patientId, records, of: (word: string) => records.find(({ said }) => said.includes(word)) }
}

const problems = async () => {
  const auditor = house.database.open('chartward_auditor', 1)
  const report = await checkDatabase(auditor.sql, { appendKey: null, verifierKey: '' })
  return report.problems.filter(({ code }) => /^(record|directory)/.test(code))
}

describe('an upload that is withdrawn', () => {
  it('leaves records that say so, every version before, and nobody to be found', async () => {
    const [p, family] = person()
    const id = await uploadAll(administrator, [patient(p, family), condition(`${p}c`, p, 'Asthma')])
    expect(await found(family)).toHaveLength(1)
    expect(await withdraw(id)).toEqual({
      patients: 1,
      withdrawn: 2,
      restored: 0,
      kept: 0,
      careEnded: 0,
      entries: 0,
    })
    const { records, patientId } = await recordsOf(id)
    expect(records).toMatchObject([
      { version: 2, is: 'withdrawn', trusted: true },
      { version: 2, is: 'withdrawn', trusted: true },
    ])
    const versions = await owner.sql`select from record_versions where patient_id = ${patientId}`
    expect(versions).toHaveLength(4)
    expect(await found(family)).toEqual([])
    const entry = (await auditEntries(house.app, 'record.withdrawn')).at(-1)
    expect(entry).toMatchObject({
      patientId,
      count: 2,
      facts: { upload: id, askedBy: administrator.userId, withdrawn: 2 },
      records: { count: 2 },
    })
    expect(await problems()).toEqual([])
  })

  it('gives back what another upload had said before it, and is itself given back', async () => {
    const [p, family] = person()
    const a = await uploadAll(administrator, [patient(p, family), condition(`${p}c`, p, 'Asthma')])
    const b = await uploadAll(administrator, [condition(`${p}c`, p, 'Measles')])
    expect(await withdraw(b)).toMatchObject({ withdrawn: 0, restored: 1, kept: 0 })
    expect((await recordsOf(a)).of('Asthma')).toMatchObject({ version: 3, is: 'stands' })
    expect(await withdraw(a)).toMatchObject({ withdrawn: 2, restored: 0, kept: 0 })
    expect((await recordsOf(a)).of('Asthma')).toMatchObject({ version: 4, is: 'withdrawn' })
    expect(await found(family)).toEqual([])
    expect(await problems()).toEqual([])
  })

  it('touches nothing that another upload has said since, and says so', async () => {
    const [p, family] = person()
    const a = await uploadAll(administrator, [patient(p, family), condition(`${p}c`, p, 'Asthma')])
    const b = await uploadAll(administrator, [condition(`${p}c`, p, 'Measles')])
    // The patient stays as well: another's record stands under it.
    expect(await withdraw(a)).toMatchObject({ withdrawn: 0, restored: 0, kept: 2 })
    expect((await recordsOf(b)).of('Measles')).toMatchObject({ version: 2, is: 'stands' })
    expect(await found(family)).toHaveLength(1)
    // Nothing is left under it then, and it goes with the last.
    expect(await withdraw(b)).toMatchObject({ withdrawn: 2, restored: 0, kept: 0 })
    expect(await found(family)).toEqual([])
    expect(await problems()).toEqual([])
  })

  it('touches nothing that the operator has imported', async () => {
    const [p, family] = person()
    const [, mallory] = person()
    await importTexts(house.app, { 'p.ndjson': ndjson(patient(p, family), condition(`${p}c`, p, 'Asthma')) })
    // By the name of the operator's own source, and with its ids.
    const lines = [patient(p, mallory), condition(`${p}c`, p, 'Measles')]
    const id = await uploadAll(administrator, lines, 'main')
    expect(await found(mallory)).toHaveLength(1)
    expect(await withdraw(id)).toMatchObject({ patients: 1, withdrawn: 2 })
    expect(await found(mallory)).toEqual([])
    const [own] = await found(family)
    const versions = await owner.sql`select from record_versions where patient_id = ${own ?? ''}`
    expect(versions).toHaveLength(2)
  })

  it('may be uploaded again, and then stands', async () => {
    const [p, family] = person()
    const lines = [patient(p, family), condition(`${p}c`, p, 'Asthma')]
    await withdraw(await uploadAll(administrator, lines))
    const again = await uploadAll(administrator, lines)
    expect((await caller(administrator.context).get({ id: again })).report).toMatchObject({
      updated: 2,
      rejected: 0,
    })
    expect((await recordsOf(again)).of('Asthma')).toMatchObject({ version: 3, is: 'stands' })
    expect(await found(family)).toHaveLength(1)
  })

  it('empties its entries of the directory, and no others', async () => {
    const practitioner = (id: string, family: string) => ({
      resourceType: 'Practitioner',
      id,
      name: [{ family }],
    })
    await uploadAll(administrator, [practitioner('d1', 'Reed'), practitioner('d2', 'Moss')])
    const b = await uploadAll(administrator, [practitioner('d2', 'Mallory'), practitioner('d3', 'Vale')])
    expect(await withdraw(b)).toMatchObject({ patients: 0, entries: 2 })
    const rows = await owner.sql<{ empty: boolean }[]>`
      select content is null as empty from directory_entries where type = 'Practitioner' order by id`
    expect(rows.filter(({ empty }) => empty)).toHaveLength(2)
    expect(rows.filter(({ empty }) => !empty)).toHaveLength(1)
    expect(await problems()).toEqual([])
  })

  it('ends the relationships that its records had made', async () => {
    const [p, family] = person()
    const encounter = {
      resourceType: 'Encounter',
      id: `${p}e`,
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: `Patient/${p}` },
      participant: [{ individual: { reference: `Practitioner/${p}d` } }],
      period: { start: '2020-03-01', end: '2020-03-02' },
    }
    const id = await uploadAll(administrator, [
      { resourceType: 'Practitioner', id: `${p}d`, name: [{ family: 'Reed' }] },
      patient(p, family),
      encounter,
    ])
    const relationships = async () =>
      owner.sql<{ trusted: boolean; narrowed: boolean }[]>`
        select trusted, narrowed from care_relationships c join audit_entries e on e.patient_id = c.patient_id
        join uploads u on u.request_id = e.request_id where u.id = ${id} limit 1`
    expect(await relationships()).toEqual([{ trusted: false, narrowed: false }])
    expect(await withdraw(id)).toMatchObject({ careEnded: 1 })
    expect(await relationships()).toEqual([{ trusted: false, narrowed: true }])
  })
})

describe('a withdrawal is refused', () => {
  it('to others than administrators, and without a fresh factor', async () => {
    const [p, family] = person()
    const id = await uploadAll(administrator, [patient(p, family)])
    for (const role of ['clinician', 'billing', 'privacy-officer', 'auditor']) {
      const { context } = await signInAs(house.app, role)
      expect([role, await refusalOf(caller(context).withdraw({ id, reason }))]).toEqual([role, 'FORBIDDEN'])
    }
    const { context } = await signInAs(house.app, 'administrator', { factorAt: null })
    expect(await refusalOf(caller(context).withdraw({ id, reason }))).toBe('STEP_UP_REQUIRED')
    expect(await found(family)).toHaveLength(1)
  })

  it('while the upload is still imported, and once it is withdrawn', async () => {
    const [p, family] = person()
    const { id, workId } = await receive(administrator, ndjson(patient(p, family)))
    expect(await refusalOf(caller(administrator.context).withdraw({ id, reason }))).toBe('CONFLICT')
    await finishWork(house.app, workId)
    await withdraw(id)
    expect(await refusalOf(caller(administrator.context).withdraw({ id, reason }))).toBe('CONFLICT')
  })

  it('of an upload whose row says what nobody wrote', async () => {
    const [p, family] = person()
    const id = await uploadAll(administrator, [patient(p, family)])
    const other = await uploadAll(administrator, [patient(`${p}x`, family)])
    await owner.sql`
      update uploads set request_id = (select request_id from uploads where id = ${other}) where id = ${id}`
    expect(await refusalOf(caller(administrator.context).withdraw({ id, reason }))).toBe('INTEGRITY')
  })
})

describe('a withdrawal whose process is killed', () => {
  it(
    'comes to the same as one that is not',
    async () => {
      const patients = Array.from({ length: 3 * KILLS }, () => person())
      const records = patients.flatMap(([p, family]) => [
        patient(p, family),
        ...Array.from({ length: 4 }, (_, i) => condition(`${p}c${i}`, p, 'Asthma')),
      ])
      const id = await uploadAll(administrator, records)
      const { workId } = await caller(administrator.context).withdraw({ id, reason })
      const random = seeded(58)
      for (let round = 0; round < KILLS; round++) {
        const child = runChild(workId)
        await Promise.race([once(child, 'exit'), begun(child).then(() => setTimeout(random() * 120))])
        await kill(child)
      }
      await finishWork(house.app, workId)
      const { withdrawn, withdrawal } = await caller(administrator.context).get({ id })
      expect(withdrawal?.state).toBe('done')
      expect(withdrawn).toEqual({
        patients: patients.length,
        withdrawn: records.length,
        restored: 0,
        kept: 0,
        careEnded: 0,
        entries: 0,
      })
      const versions = await owner.sql<{ versions: number; n: number }[]>`
        select r.version as versions, count(*)::int as n from records r
        where r.patient_id in (select e.patient_id from audit_entries e join uploads u on u.request_id = e.request_id
          where u.id = ${id}) group by 1`
      expect(versions).toEqual([{ versions: 2, n: records.length }])
      expect(await problems()).toEqual([])
    },
    KILLING_MS,
  )
})

const runChild = (workId: string): ChildProcess => {
  const config = { url: house.database.url('chartward_app'), files: house.files, workId }
  return spawn(process.execPath, [RUN_WORK, JSON.stringify(config)], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Resolves once the child has its application and takes the work up. */
const begun = async (child: ChildProcess): Promise<void> => {
  if (child.stdout !== null) await once(child.stdout, 'data')
}
