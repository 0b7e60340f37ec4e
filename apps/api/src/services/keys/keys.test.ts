import { setTimeout } from 'node:timers/promises'
import { uuidToBytes } from '@chartward/crypto'
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
import { beginBackup, OWNER, settleBackup } from '../backups/rows.ts'
import { importAll } from '../exports/testing/house.ts'
import { needsYouRouter } from '../needs-you/router.ts'
import { destroyFreeKeys } from './destroy.ts'
import { retireSystemKeys } from './retire.ts'
import { keysRouter } from './router.ts'
import { runRotations } from './run-rotations.ts'
import { keepKeyClocks } from './schedule.ts'
import { runOf, startOne } from './testing/rotations.ts'
import { USES } from './uses.ts'

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
    const copy = { kind: 'logical', place: 'vault', keepDays: 400, operator: 'test' } as const
    const [gone, kept] = [await beginBackup(t.app, copy), await beginBackup(t.app, copy)]
    await settleBackup(t.app, gone.id, { state: 'failed', failure: 'interrupted' }, 'test')
    t.now = new Date(t.now.getTime() + 1000)
    const { id, backups } = await officer.keys.rotatePatient({ patientId, reason })
    // The earlier key opens them, whoever has it: each is named, and in the log too.
    expect(backups).toMatchObject([{ id: kept.id, kind: 'logical' }])
    const [asked] = await auditEntries(t.app, 'key.patient-rotation-asked')
    expect(asked).toMatchObject({ patientId, change: { after: { kept: 1, backups: [kept.id] } } })
    await settleBackup(t.app, kept.id, { state: 'failed', failure: 'interrupted' }, 'test')
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
    // By the database's own clock it was retired just now.
    await destroyFreeKeys(later)
    expect(await states()).toMatchObject([{ state: 'disabled' }])
    const replica = t.database.open('chartward_owner', 1)
    await replica.sql`set session_replication_role = replica`
    for (const table of ['keks', 'system_keys', 'patient_keys'])
      await replica.sql`update ${replica.sql(table)} set state_at = state_at - interval '24 hours' where state = 'disabled'`
    const backup = {
      id: newId(),
      owner: OWNER,
      kind: 'logical',
      place: 'test',
      startedAt: new Date(t.now.getTime() - 3 * DAY_MS),
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
    await replica.sql`delete from backups`
    await destroyFreeKeys(later)
    expect(await states()).toEqual([{ state: 'destroyed', bytes: 0 }])
    expect(await owner()`select from patient_keys where state = 'disabled'`).toHaveLength(0)
    await later.close()
  })

  it('that something turns out to need opens again, and is not destroyed', async () => {
    await t.app.keyring.refresh()
    await runOf(t.app, await startOne(t.app, { kind: 'system', purpose: 'source-ids' }))
    const { sql } = t.database.open('chartward_owner', 1)
    const [kept] = await sql<{ id: string }[]>`
      select id from system_keys where purpose = 'source-ids' and state = 'decrypt-only'`
    // As a process would leave it that stood still for long, and wrote on.
    await sql`set session_replication_role = replica`
    await sql`update system_keys set state = 'disabled' where id = ${kept?.id ?? ''}`
    const later = await t.another({ clock: () => new Date(t.now.getTime() + 40 * DAY_MS) })
    await destroyFreeKeys(later)
    const [row] = await sql<{ state: string }[]>`select state from system_keys where id = ${kept?.id ?? ''}`
    expect(row?.state).toBe('decrypt-only')
    await later.close()
  })

  it('of a patient that something turns out to need opens again, however many are kept before it', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    await sql`set session_replication_role = replica`
    const needed = 'ffffffff-ffff-7fff-bfff-ffffffffffff'
    await sql`
      insert into patient_keys (patient_id, id, kek_id, wrapped, state)
      select patient_id, made.id, kek_id, wrapped, 'disabled' from patient_keys, (
        select gen_random_uuid() as id from generate_series(1, 600) union all select ${needed}::uuid) made
      where patient_id = ${patientId} and state = 'primary'`
    const content = Buffer.concat([Buffer.of(1, 1), uuidToBytes(needed), Buffer.alloc(40)])
    await sql`delete from care_lists where patient_id = ${patientId}`
    await sql`insert into care_lists (patient_id, id, content, digest, standing, narrowed, looked_up, row_version, seal)
      values (${patientId}, ${newId()}, ${content}, '', 'none', false, '0', 1, '')`
    await destroyFreeKeys(t.app)
    const [row] = await sql<{ state: string }[]>`select state from patient_keys where id = ${needed}`
    expect(row?.state).toBe('decrypt-only')
    const told = (await auditEntries(t.app, 'key.patient-retired')).filter(
      ({ resource }) => resource.id === needed,
    )
    expect(told).toMatchObject([{ change: { after: { state: 'decrypt-only' } } }])
  })
})

/** Columns of bytes in which no envelope, seal or key of a system key's stands, each with why. */
const NAMES_NO_SYSTEM_KEY: Readonly<Record<string, string>> = {
  'account_links.token_hash': 'a MAC under `tokens`, which is never retired',
  'audit_entries.bytes': 'what the entry says, in clear',
  'audit_entries.leaf_hash': 'a hash',
  'audit_entries.mac': 'made with append.key',
  'audit_head.frontier': 'hashes',
  'audit_head.root': 'a hash',
  'audit_leaves.leaf_hash': 'a hash',
  'audit_nodes.hash': 'a hash',
  'backups.log_root': 'a hash',
  'backups.sha256': 'a hash',
  'care_due.token': 'as the directory entry’s, which says its version',
  'care_lists.content': 'sealed with a key of the patient',
  'care_lists.digest': 'a hash',
  'care_tokens.token': 'as the directory entry’s, which says its version',
  'chart_segments.content': 'sealed with a key of the patient',
  'chart_segments.mac': 'its key is named beside it',
  'claim_tokens.token': 'its version stands beside it',
  'directory_entries.content_tag': 'its version stands beside it',
  'directory_entries.earlier': 'hashes',
  'directory_entries.npi_token': 'its version stands beside it',
  'directory_entries.source_token': 'its version stands beside it',
  'factor_resets.token_hash': 'a MAC under `tokens`',
  'invitations.token_hash': 'a MAC under `tokens`',
  'keks.wrapped': 'wrapped by the key store',
  'keks.wrapped_hash': 'a hash',
  'passkey_challenges.challenge': 'random, sent to a browser',
  'passkey_challenges.mac': 'a MAC under `tokens`',
  'passkey_challenges.user_handle': 'random, kept by a passkey',
  'passkeys.credential_id': 'the passkey’s own',
  'passkeys.public_key': 'the passkey’s own',
  'passkeys.user_handle': 'random, kept by a passkey',
  'patient_accounts.account_token': 'a MAC under `tokens`',
  'patient_accounts.content': 'sealed with a key of the patient',
  'patient_keys.wrapped': 'wrapped under a KEK',
  'patient_keys.wrapped_hash': 'a hash',
  'people_changes.plan_hash': 'a hash',
  'people_changes.sha256': 'a hash',
  'record_versions.billing': 'sealed with a key of the patient',
  'record_versions.clinical': 'sealed with a key of the patient',
  'record_versions.contact': 'sealed with a key of the patient',
  'record_versions.digests': 'their key is named beside them',
  'record_versions.identity': 'sealed with a key of the patient',
  'record_versions.mac': 'its key is named beside it',
  'record_versions.narrative': 'sealed with a key of the patient',
  'record_versions.previous_mac': 'its key is named beside the version before',
  'record_versions.unmapped': 'sealed with a key of the patient',
  'row_heads.hash': 'a hash',
  'row_heads.mac': 'made with a key of the sequencer',
  'row_heads_state.mac': 'made with a key of the sequencer',
  'row_heads_state.sum': 'a sum of such MACs',
  'search_tokens.token': 'its version stands beside it',
  'shreds.ledger_hash': 'a hash',
  'source_bases.token': 'its version stands beside it',
  'source_ids.content': 'its version stands beside it',
  'source_ids.earlier': 'hashes',
  'source_ids.token': 'its version stands beside it',
  'system_keys.wrapped': 'wrapped under a KEK',
  'system_keys.wrapped_hash': 'a hash',
  'uploads.sha256': 'a hash',
}

describe('what names a key of the system', () => {
  it('is asked for by the database in the same columns as it is counted in', async () => {
    const [row] = await owner()<{ text: string }[]>`
      select prosrc as text from pg_proc where proname = 'system_key_in_use'`
    const ways = { 'FROM 3': 'envelope', 'FROM 2': 'seal', of_key: 'id', of_version: 'version' } as const
    const asked = [...(row?.text ?? '').matchAll(/WHEN '([a-z-]+)' THEN(.*?)(?=WHEN '|ELSE)/gs)].map(
      ([, purpose, body]) => [
        purpose,
        [
          ...(body ?? '').matchAll(
            /FROM (\w+) WHERE (?:npi_token IS NOT NULL AND )?(?:substring\((\w+) (FROM [23]) FOR 16\) = named|(\w+) = (of_key|of_version))\)/g,
          ),
        ].map(([, table, bytes, way, column, other]) => ({
          table,
          column: bytes ?? column,
          by: ways[(way ?? other) as keyof typeof ways],
        })),
      ],
    )
    expect(Object.fromEntries(asked)).toEqual({ ...USES, tokens: undefined, 'attempt-counters': [] })
  })

  it('stands in a column that is counted, and in no other that holds bytes', async () => {
    const rows = await owner()<{ name: string }[]>`
      select c.table_name || '.' || c.column_name as name from information_schema.columns c
      where c.table_schema = 'public' and c.data_type = 'bytea'
        and c.table_name not in (select inhrelid::regclass::text from pg_inherits)`
    const counted = Object.values(USES).flatMap((uses) => uses ?? [])
    const isCounted = (name: string) => counted.some(({ table, column }) => name === `${table}.${column}`)
    const others = rows.map(({ name }) => name).filter((name) => !isCounted(name))
    expect(others.toSorted()).toEqual(Object.keys(NAMES_NO_SYSTEM_KEY).toSorted())
  })
})
