import { setTimeout } from 'node:timers/promises'
import { withSnapshot } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { SYSTEM_KEY_PURPOSES } from '../../keys/system-keys.ts'
import { auditEntries } from '../../testing/entries.ts'
import { insertVouched } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { checkContents } from '../audit/contents/check-contents.ts'
import { Findings } from '../audit/integrity/findings.ts'
import { OWNER } from '../backups/rows.ts'
import { importAll } from '../exports/testing/house.ts'
import { needsYouRouter } from '../needs-you/router.ts'
import { destroyFreeKeys } from './destroy.ts'
import { retireSystemKeys } from './retire.ts'
import { keysRouter } from './router.ts'
import { runRotations } from './run-rotations.ts'
import { keepKeyClocks } from './schedule.ts'
import { runOf, startOne } from './testing/rotations.ts'

const DAY_MS = 86_400_000
const reason = 'for the test'

let t: TestApp
let patientId: PatientId
beforeAll(async () => {
  t = await createTestApp({ keys: { settleMs: 0 } })
  await importAll(t, [
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Okafor' }] },
    {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { text: 'pulse' },
      subject: { reference: 'Patient/p' },
    },
  ])
  const [row] = await t.database.open('chartward_owner', 1).sql<{ id: PatientId }[]>`select id from patients`
  patientId = row?.id ?? patientId
})
afterAll(() => t.stop())

const callerOf = createCallerFactory(router({ keys: keysRouter, needsYou: needsYouRouter }))
const as = async (role: string, app = t.app) => callerOf((await signInAs(app, role)).context)
const signal = new AbortController().signal
const owner = () => t.database.open('chartward_owner', 1).sql
const lineOf = async (purpose: string) => {
  const { items } = await (await as('administrator')).keys.list({})
  const line = items.find((one) => one.purpose === purpose)
  if (line === undefined) throw new Error(`there is no line of ${purpose}`)
  return line
}

describe('a rotation by hand', () => {
  it('is begun by whoever keeps the keys, said in the log, and refused while one is under way', async () => {
    const admin = await as('administrator')
    expect(await admin.keys.cost({ purpose: 'kek' })).toEqual({
      things: SYSTEM_KEY_PURPOSES.length + 1,
      seconds: null,
    })
    const { id } = await admin.keys.rotate({ purpose: 'kek', cause: 'hand', reason })
    const [asked] = await auditEntries(t.app, 'key.rotation-asked')
    expect(asked).toMatchObject({ resource: { type: 'KeyRotation', id }, outcome: 'success' })
    await expect(admin.keys.rotate({ purpose: 'kek', cause: 'hand', reason })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    // Before every process knows it, nothing is wrapped with it.
    expect((await lineOf('kek')).versions.map(({ state }) => state)).toEqual(['pending', 'primary'])
    await admin.keys.pause({ id })
    await runRotations(t.app, signal)
    expect((await lineOf('kek')).rotation).toMatchObject({ state: 'paused', phase: 'pending' })
    await expect(admin.keys.pause({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
    await admin.keys.resume({ id })
    await runRotations(t.app, signal)
    expect(await lineOf('kek')).toMatchObject({ rotation: null, counts: { primary: 1, disabled: 1 } })
    const { items } = await admin.keys.history({})
    expect(items[0]).toMatchObject({ id, state: 'done', cause: 'hand', hold: null })
  })

  it('of two who begin it at once is begun by one', async () => {
    const [a, b] = [await as('administrator'), await as('security-officer')]
    const begun = await Promise.allSettled(
      [a, b].map(({ keys }) => keys.rotate({ purpose: 'mails', cause: 'hand', reason })),
    )
    expect(begun.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const versions = await owner()`select state from system_keys where purpose = 'mails'`
    expect(versions).toHaveLength(2)
    await runRotations(t.app, signal)
  })

  it('goes no further without the login of rotations, and says so', async () => {
    const without = await t.another({ rekey: undefined, keys: { settleMs: 0 } })
    const id = await startOne(t.app, { kind: 'system', purpose: 'directory' })
    expect(await runOf(without, id)).toMatchObject({
      state: 'running',
      blocked: 'no-login',
      phase: 'pending',
    })
    const { items } = await (await as('administrator')).needsYou.list({})
    expect(items).toMatchObject([{ kind: 'key-rotation', id, what: 'directory', room: 'keys' }])
    expect(await runOf(t.app, id)).toMatchObject({ state: 'done' })
    await without.close()
  })
})

describe('a patient’s key', () => {
  it('is rotated on suspicion by a privacy officer, whoever else has their own under way', async () => {
    const officer = await as('privacy-officer')
    const { id } = await officer.keys.rotatePatient({ patientId, reason })
    await expect(officer.keys.rotatePatient({ patientId, reason })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await expect(
      officer.keys.rotatePatient({ patientId: newId() as PatientId, reason }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await runOf(t.app, id)).toMatchObject({ state: 'done', done: 1 })
    expect(await lineOf('patients')).toMatchObject({ counts: { primary: 1, disabled: 1 } })
    // Which patient it was, the list of rotations does not tell.
    const [latest] = (await officer.keys.history({})).items
    expect(JSON.stringify(latest)).not.toContain(patientId)
    expect(latest).toMatchObject({ ofOne: true, cause: 'suspicion' })
  })

  it('that another process has put in the place of one is written with from then on, though nobody looked', async () => {
    const other = await t.another({ keys: { settleMs: 0 } })
    const patient = { resourceType: 'Patient', id: 'p', name: [{ family: 'Okafor-Ito' }] }
    // It has the key of before at hand.
    await importAll({ ...t, app: other }, [{ ...patient, gender: 'other' }])
    const id = await startOne(t.app, { kind: 'patient', patientId })
    await runOf(t.app, id)
    await importAll({ ...t, app: other }, [patient])
    const rows = await owner()<{ state: string }[]>`
      select distinct k.state from record_versions v join patient_keys k on k.id = envelope_key(v.identity)
      where v.patient_id = ${patientId}`
    expect(rows.map(({ state }) => state)).toEqual(['primary'])
    await other.close()
  })

  it('is forgotten by a process that looks, once its state has changed', async () => {
    const other = await t.another({ keys: { settleMs: 0 } })
    const keyOf = () => other.keyring.withPatientKeys(patientId, (keys) => keys.sealingKeyId)
    const before = await keyOf()
    const id = await startOne(t.app, { kind: 'patient', patientId })
    await runOf(t.app, id)
    expect(await keyOf()).toBe(before)
    await other.keyring.refresh()
    expect(await keyOf()).not.toBe(before)
    await other.close()
  })
})

describe('the clocks of keys', () => {
  it('warn at 75 days, rotate at 90, and once', async () => {
    const admin = await as('administrator')
    expect((await admin.needsYou.list({})).items.filter(({ kind }) => kind === 'key-due')).toEqual([])
    const aged = await t.another({
      clock: () => new Date(t.now.getTime() + 76 * DAY_MS),
      keys: { settleMs: 0 },
    })
    const later = await as('administrator', aged)
    const due = (await later.needsYou.list({})).items.filter(({ kind }) => kind === 'key-due')
    expect(due).toHaveLength(SYSTEM_KEY_PURPOSES.length + 1)
    expect((await later.keys.list({})).items.find(({ purpose }) => purpose === 'tokens')).toMatchObject({
      clock: 'soon',
    })
    await keepKeyClocks(aged, signal)
    expect((await later.keys.list({})).items.every(({ rotation }) => rotation === null)).toBe(true)
    const over = await t.another({
      clock: () => new Date(t.now.getTime() + 91 * DAY_MS),
      keys: { settleMs: 0 },
    })
    await keepKeyClocks(over, signal)
    await keepKeyClocks(over, signal)
    const { items } = await (await as('administrator', over)).keys.list({})
    for (const { purpose, rotation } of items)
      if (purpose !== 'patients') expect(rotation).toMatchObject({ cause: 'schedule', askedBy: null })
    await runRotations(over, signal)
    const after = (await (await as('administrator')).keys.list({})).items
    expect(after.every(({ rotation }) => rotation === null)).toBe(true)
    await aged.close()
    await over.close()
  })
})

describe('under load', () => {
  it('two processes write on while every key of theirs is rotated, and all of it is read', async () => {
    const live = { clock: () => new Date(), keys: { settleMs: 400 } }
    const [one, other] = [await t.another(live), await t.another(live)]
    let going = true
    let written = 0
    const write = async (app: typeof one, from: string) => {
      for (let n = 0; going; n++) {
        const patient = (id: string) => ({
          resourceType: 'Patient',
          id,
          name: [{ family: `Load-${from}${n}` }],
        })
        await importAll({ ...t, app }, [patient(`${from}${n}`), patient('p')])
        written++
      }
    }
    const look = async (app: typeof one) => {
      while (going) {
        await app.keyring.refresh()
        await setTimeout(50)
      }
    }
    const working = [write(one, 'a'), write(other, 'b'), look(one), look(other)]
    for (const purpose of ['integrity', 'source-ids', 'blind-index', 'row-seals', 'audit-notes'] as const)
      await startOne(one, { kind: 'system', purpose })
    await startOne(one, { kind: 'kek' })
    await startOne(one, { kind: 'patient', patientId })
    for (let open = 1; open > 0; ) {
      await runRotations(one, signal)
      open = (await one.db.sql`select from key_rotations where state <> 'done'`).length
    }
    going = false
    await Promise.all(working)
    expect(written).toBeGreaterThan(2)
    const { items } = await (await as('administrator', one)).keys.history({})
    expect(items.every(({ hold }) => hold === null || hold === 'stays' || hold === 'passes')).toBe(true)
    const findings = new Findings()
    await withSnapshot(one.db, 'all', ({ sql }) => checkContents(sql, one.keyring, findings))
    expect(findings.problems).toEqual([])
    await one.close()
    await other.close()
  })
})

describe('an earlier key', () => {
  it('is retired only once nothing stands that was made with it', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    const line = await lineOf('integrity')
    const earlier = line.versions.filter(({ state }) => state === 'decrypt-only')
    expect(earlier.length).toBeGreaterThan(0)
    for (const { rows } of earlier) expect(rows).toBeGreaterThan(0)
    expect(await retireSystemKeys(t.app, 'integrity')).toBe('stays')
    // As if none of what it has checked stood any more.
    await sql`set session_replication_role = replica`
    const inForce = line.versions[0]?.id ?? ''
    await sql`update record_versions set integrity_key_id = ${inForce}`
    await sql`update chart_segments set integrity_key_id = ${inForce}`
    expect(await retireSystemKeys(t.app, 'integrity')).toBe(null)
  })

  it('is destroyed when no backup is kept that may need it, and its bytes are gone', async () => {
    await t.app.keyring.refresh()
    await runOf(t.app, await startOne(t.app, { kind: 'kek' }))
    const [retired] = await owner()<{ id: string }[]>`select id from keks where state = 'disabled'`
    const states = async () =>
      (
        await owner()<{ state: string; bytes: number }[]>`
          select state, length(wrapped)::int as bytes from keks where id = ${retired?.id ?? ''}`
      ).map((row) => ({ ...row }))
    await destroyFreeKeys(t.app)
    expect(await states()).toMatchObject([{ state: 'disabled' }])
    const later = await t.another({ clock: () => new Date(t.now.getTime() + 40 * DAY_MS) })
    const backup = {
      id: newId(),
      owner: OWNER,
      kind: 'logical',
      place: 'test',
      startedAt: new Date(t.now.getTime() - DAY_MS),
      finishedAt: t.now,
      expiresAt: new Date(t.now.getTime() + 90 * DAY_MS),
      deletedAt: null,
      state: 'made',
      failure: null,
      bytes: 1,
      rows: 1,
      sha256: null,
      logSize: null,
      logRoot: null,
    } as const
    await insertVouched(later, 'backup', [backup])
    await destroyFreeKeys(later)
    expect(await states()).toMatchObject([{ state: 'disabled' }])
    // A row that says otherwise, and that Chartward has not written, has nothing destroyed by it.
    await owner()`update backups set seal = ''`
    await expect(destroyFreeKeys(later)).rejects.toMatchObject({ code: 'INTEGRITY' })
    const replica = t.database.open('chartward_owner', 1)
    await replica.sql`set session_replication_role = replica`
    await replica.sql`delete from backups`
    await destroyFreeKeys(later)
    expect(await states()).toEqual([{ state: 'destroyed', bytes: 0 }])
    expect(await owner()`select from patient_keys where state = 'disabled'`).toHaveLength(0)
    await later.close()
  })

  it('that something turns out to need opens again, and is not destroyed', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    const [kept] = await sql<{ id: string; version: number }[]>`
      select id, version from system_keys where purpose = 'source-ids' and state = 'decrypt-only'`
    // As a process would leave it that stood still for long, and wrote on.
    await sql`update system_keys set state = 'disabled', state_at = clock_timestamp() where id = ${kept?.id ?? ''}`
    const later = await t.another({ clock: () => new Date(t.now.getTime() + 40 * DAY_MS) })
    await destroyFreeKeys(later)
    const [row] = await sql<{ state: string }[]>`select state from system_keys where id = ${kept?.id ?? ''}`
    expect(row?.state).toBe('decrypt-only')
    await later.close()
  })
})
