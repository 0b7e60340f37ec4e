import type { IntegrityReport } from '@chartward/contract'
import { type Database, withTransaction } from '@chartward/db'
import type { EntryId, PatientId, RecordId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { readAppendKey } from '../../keys/key-files.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import { appendEntries, sabotaged, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { importAll } from '../exports/testing/house.ts'
import { checkDatabase } from './check-database.ts'

let test: TestApp
let sequencer: SequencerContext
let owner: Database
/** The log's entry ids, by index. */
let ids: string[]
/** A write of three record versions, and its patient. */
let write: { entryId: EntryId; index: number; patientId: PatientId; recordIds: RecordId[] }

type Sql = Parameters<typeof checkDatabase>[0]

const check = (sql: Sql): Promise<IntegrityReport> =>
  checkDatabase(sql, {
    appendKey: readAppendKey(test.files),
    verifierKey: test.app.settings.logVerifierKey,
  })

const writeRecords = async (): Promise<Omit<typeof write, 'index'>> => {
  const observation = (id: string) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'pulse' },
    subject: { reference: 'Patient/p' },
  })
  const resources = [{ resourceType: 'Patient', id: 'p' }, observation('one'), observation('two')]
  const entry = resources.map((resource) => ({ resource }))
  await importAll(test, [{ resourceType: 'Bundle', type: 'collection', entry }])
  const rows = await withTransaction(
    test.app.db,
    'all',
    ({ sql }) => sql<{ entry_id: EntryId; patient_id: PatientId; record_id: RecordId }[]>`
      select entry_id, patient_id, record_id from record_versions order by record_id = patient_id, record_id`,
  )
  const [first] = rows
  if (first === undefined) throw new Error('nothing was written')
  const { entry_id: entryId, patient_id: patientId } = first
  return { entryId, patientId, recordIds: rows.map(({ record_id }) => record_id) }
}

beforeAll(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
  owner = test.database.open('chartward_owner', 2)
  await appendEntries(test, 5)
  const written = await writeRecords()
  await sequenceAll(sequencer)
  await appendEntries(test, 600)
  await sequenceAll(sequencer)
  const rows = await test.app.db.sql<
    { entry_id: EntryId }[]
  >`select entry_id from audit_leaves order by index`
  ids = rows.map(({ entry_id }) => entry_id)
  write = { ...written, index: ids.indexOf(written.entryId) }
})
afterAll(() => test.stop())

/** The codes found, each with the index it names. */
const found = ({ problems }: IntegrityReport) => problems.map(({ code, index }) => [code, index])

describe('a sound database', () => {
  it('has no problem, by the auditor’s login and by the application’s', async () => {
    const byAuditor = await check(test.database.open('chartward_auditor', 1).sql)
    expect(byAuditor).toMatchObject({ ok: true, problems: [], size: 606, checked: 606 })
    const byApp = await withTransaction(test.app.db, 'all', ({ sql }) => check(sql))
    expect(byApp).toMatchObject({ ok: true, problems: [], size: 606 })
  })

  it('entries that wait for the sequencer are no problem, nor is a log that grows while it is read', async () => {
    const reports: IntegrityReport[] = []
    const other = await createTestApp()
    const beside = sequencerOf(other)
    let running = true
    const load = (async () => {
      while (running) {
        await appendEntries(other, 40)
        await sequenceAll(beside)
        await appendEntries(other, 10)
      }
    })()
    const auditor = other.database.open('chartward_auditor', 1)
    for (let i = 0; i < 5; i++) {
      reports.push(
        await checkDatabase(auditor.sql, {
          appendKey: readAppendKey(other.files),
          verifierKey: other.app.settings.logVerifierKey,
        }),
      )
    }
    running = false
    await load
    await other.stop()
    expect(reports.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('an empty log holds', async () => {
    const other = await createTestApp()
    const report = await checkDatabase(other.app.db.sql, {
      appendKey: null,
      verifierKey: other.app.settings.logVerifierKey,
    })
    await other.stop()
    expect(report).toMatchObject({ ok: true, size: 0, checked: 0 })
  })
})

describe('behind the application’s back, a superuser', () => {
  const at = (index: number): string => ids[index] ?? ''

  it('changes the bytes of an entry: just that entry is named', async () => {
    const report = await sabotaged(
      owner,
      (
        sql,
      ) => sql`update audit_entries set bytes = replace(convert_from(bytes, 'UTF8'), 'home.viewed', 'user.listed')::bytea
        where id = ${at(100)}`,
      check,
    )
    expect(report.problems).toMatchObject([{ code: 'entry-changed', index: 100, entryId: at(100) }])
  })

  it('changes bytes, leaf hash and column alike: the entry is named all the same', async () => {
    const report = await sabotaged(
      owner,
      async (sql) => {
        await sql`update audit_entries set action = 'user.listed',
          bytes = replace(convert_from(bytes, 'UTF8'), 'home.viewed', 'user.listed')::bytea where id = ${at(100)}`
        await sql`update audit_entries set leaf_hash = sha256('\\x00'::bytea || bytes) where id = ${at(100)}`
      },
      check,
    )
    expect(found(report)).toEqual([['entry-changed', 100]])
  })

  it('changes the leaf too: the MAC, the nodes above and the signed root give it away', async () => {
    const report = await sabotaged(
      owner,
      async (sql) => {
        await sql`update audit_entries set action = 'user.listed',
          bytes = replace(convert_from(bytes, 'UTF8'), 'home.viewed', 'user.listed')::bytea where id = ${at(100)}`
        await sql`update audit_entries set leaf_hash = sha256('\\x00'::bytea || bytes) where id = ${at(100)}`
        await sql`update audit_leaves l set leaf_hash = e.leaf_hash from audit_entries e where e.id = l.entry_id`
      },
      check,
    )
    expect(found(report)[0]).toEqual(['bad-mac', 100])
    expect(report.problems.map(({ code }) => code)).toContain('node-changed')
    expect(report.problems.map(({ code }) => code)).toContain('checkpoint-mismatch')
  })

  it.each([
    ['actor_id', `'somebody'`, 'actorId'],
    ['at', `at + interval '1 microsecond'`, 'at'],
    ['outcome', `'refused'`, 'outcome'],
    ['patient_id', 'gen_random_uuid()', 'patientId'],
    ['ip', `'10.0.0.1'`, 'ip'],
  ])('changes the column %s: entry and column are named', async (column, value, name) => {
    const report = await sabotaged(
      owner,
      (sql) => sql.unsafe(`update audit_entries set ${column} = ${value} where id = '${at(599)}'`),
      check,
    )
    expect(found(report)).toEqual([['column-changed', 599]])
    expect(report.problems[0]?.detail).toContain(name)
  })

  it('changes the leaf hash beside an entry', async () => {
    const report = await sabotaged(
      owner,
      (sql) => sql`update audit_entries set leaf_hash = sha256(leaf_hash) where id = ${at(3)}`,
      check,
    )
    expect(found(report)).toEqual([['leaf-hash-changed', 3]])
  })

  it('deletes an entry', async () => {
    const report = await sabotaged(
      owner,
      (sql) => sql`delete from audit_entries where id = ${at(250)}`,
      check,
    )
    expect(report.problems).toMatchObject([{ code: 'entry-missing', index: 250, entryId: at(250) }])
  })

  it('deletes an entry and its leaf', async () => {
    const report = await sabotaged(
      owner,
      async (sql) => {
        await sql`delete from audit_entries where id = ${at(250)}`
        await sql`delete from audit_leaves where index = 250`
      },
      check,
    )
    expect(found(report)).toEqual([['leaf-missing', 250]])
  })

  it('inserts an entry that was never queued', async () => {
    const forged = newId()
    const report = await sabotaged(
      owner,
      (sql) => sql`insert into audit_entries
        select (jsonb_populate_record(e, jsonb_build_object('id', ${forged}::text))).* from audit_entries e where id = ${at(7)}`,
      check,
    )
    expect(report.problems).toMatchObject([{ code: 'entry-unsequenced', entryId: forged }])
  })

  it('inserts a leaf, or deletes one: the entry that lost its leaf is named too', async () => {
    const added = await sabotaged(
      owner,
      (sql) => sql`insert into audit_leaves values (606, ${newId()}, sha256(''))`,
      check,
    )
    expect(found(added)).toEqual([['leaf-surplus', 606]])
    const removed = await sabotaged(owner, (sql) => sql`delete from audit_leaves where index = 42`, check)
    expect(found(removed)).toEqual([
      ['leaf-missing', 42],
      ['entry-unsequenced', null],
    ])
    expect(removed.problems[1]?.entryId).toBe(at(42))
  })

  it('changes a leaf: just that leaf is named, by its entry', async () => {
    const report = await sabotaged(
      owner,
      (sql) => sql`update audit_leaves set leaf_hash = sha256(leaf_hash) where index = 300`,
      check,
    )
    expect(report.problems).toMatchObject([{ code: 'leaf-changed', index: 300, entryId: at(300) }])
  })

  it('changes, deletes or adds a node: that node is named', async () => {
    const changed = await sabotaged(
      owner,
      (sql) => sql`update audit_nodes set hash = sha256(hash) where level = 3 and index = 9`,
      check,
    )
    expect(changed.problems).toMatchObject([
      { code: 'node-changed', detail: expect.stringContaining('node 9 of level 3') },
    ])
    const deleted = await sabotaged(
      owner,
      (sql) => sql`delete from audit_nodes where level = 2 and index = 5`,
      check,
    )
    expect(found(deleted)).toEqual([['node-missing', null]])
    const added = await sabotaged(
      owner,
      (sql) => sql`insert into audit_nodes values (4, 1000, sha256('')), (0, 0, sha256(''))`,
      check,
    )
    expect(found(added)).toEqual([
      ['node-surplus', null],
      ['node-surplus', null],
    ])
  })

  it('cuts the log off, with its head, at an earlier size: the signed checkpoint says where it ended', async () => {
    const report = await sabotaged(
      owner,
      async (sql) => {
        await sql`delete from audit_entries where id in (select entry_id from audit_leaves where index >= 512)`
        await sql`delete from audit_leaves where index >= 512`
        await sql`delete from audit_nodes where index >= 512 >> level`
        await sql`update audit_head set size = 512, root = (select hash from audit_nodes where level = 9),
          frontier = '\\x0000000000000200'::bytea || (select hash from audit_nodes where level = 9)`
      },
      check,
    )
    expect(found(report)).toEqual([
      ['truncated', 512],
      ['checkpoint-mismatch', null],
    ])
    expect(report.size).toBe(606)
  })

  it('empties the log', async () => {
    const report = await sabotaged(
      owner,
      async (sql) => {
        await sql`delete from audit_entries`
        await sql`delete from audit_leaves`
      },
      check,
    )
    expect(found(report)[0]).toEqual(['truncated', 0])
  })

  it.each([
    ['the head’s root', 'update audit_head set root = sha256(root)', 'head-mismatch'],
    ['the frontier', `update audit_head set frontier = ''`, 'head-mismatch'],
    ['the whole head', 'delete from audit_head', 'head-missing'],
    [
      'the checkpoint',
      `update audit_head set checkpoint = replace(checkpoint, '606', '605')`,
      'checkpoint-invalid',
    ],
    [
      'the checkpoint, taken away',
      'update audit_head set checkpoint = null, checkpoint_size = null',
      'checkpoint-missing',
    ],
  ])('changes %s', async (_, statement, code) => {
    const report = await sabotaged(owner, (sql) => sql.unsafe(statement), check)
    expect(report.problems.map((problem) => problem.code)).toContain(code)
  })

  it('deletes, changes or adds a record version: the entry of the write is named', async () => {
    const [record = ''] = write.recordIds
    const named = { code: 'records-mismatch', index: write.index, entryId: write.entryId }
    const deleted = await sabotaged(
      owner,
      (sql) => sql`delete from record_versions where record_id = ${record}`,
      check,
    )
    expect(deleted.problems).toMatchObject([named, { code: 'record-mismatch' }])
    expect(deleted.problems[0]?.detail).toContain('2 of the 3')
    const changed = await sabotaged(
      owner,
      (sql) => sql`update record_versions set mac = sha256(mac) where record_id = ${record}`,
      check,
    )
    expect(changed.problems).toMatchObject([named])
    const added = await sabotaged(
      owner,
      (sql) => sql`insert into record_versions
        (patient_id, record_id, version, authored_at, author, entry_id, digests, integrity_key_id, mac)
        select patient_id, record_id, 2, authored_at, author, ${at(1)}, digests, integrity_key_id, mac
        from record_versions where record_id = ${record}`,
      check,
    )
    expect(added.problems).toMatchObject([
      { code: 'records-unlogged', entryId: at(1) },
      { code: 'record-mismatch', entryId: at(1) },
    ])
  })

  it('hides a record, or shows an older version of it', async () => {
    const [record = ''] = write.recordIds
    const hidden = await sabotaged(owner, (sql) => sql`delete from records where id = ${record}`, check)
    expect(hidden.problems).toMatchObject([{ code: 'record-mismatch', entryId: write.entryId }])
    const rolledBack = await sabotaged(
      owner,
      (sql) => sql`update records set version = 0 where id = ${record}`,
      check,
    )
    expect(rolledBack.problems).toMatchObject([{ code: 'record-mismatch', entryId: write.entryId }])
  })

  it('puts in an entry that is refused when it is to be sequenced: it stays named', async () => {
    const report = await sabotaged(
      owner,
      (sql) => sql`insert into audit_quarantine (entry_id, problem) values (${newId()}, 'bad-mac')`,
      check,
    )
    expect(found(report)).toEqual([['quarantined', null]])
  })

  it.each([
    [
      'takes away the trigger that refuses rewriting',
      'drop trigger audit_entries_append_only on audit_entries',
      'trigger public.audit_entries.audit_entries_append_only is gone',
    ],
    [
      'lets the application rewrite the log',
      'grant update on audit_entries to chartward_app',
      'grant on table public.audit_entries to chartward_app is not what our migrations made',
    ],
    [
      'plants a rule that keeps entries out',
      'create rule planted as on insert to audit_entries do instead nothing',
      'rule public.audit_entries.planted is not of ours',
    ],
  ])('%s: it is named, with what it means', async (_, statement, detail) => {
    const report = await sabotaged(owner, (sql) => sql.unsafe(statement), check)
    expect(report.problems[0]).toMatchObject({
      code: 'schema-changed',
      detail: expect.stringMatching(new RegExp(`^${detail}: \\S`)),
    })
    expect(new Set(report.problems.map(({ code }) => code))).toEqual(new Set(['schema-changed']))
  })

  it('repeats no value of an entry in what it finds', async () => {
    const report = await sabotaged(
      owner,
      (sql) =>
        sql`update audit_entries set actor_id = 'planted-value', bytes = 'planted-value' where id = ${at(9)}`,
      check,
    )
    expect(report.ok).toBe(false)
    expect(JSON.stringify(report)).not.toContain('planted-value')
  })
})
