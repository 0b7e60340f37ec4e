import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database } from '@chartward/db'
import { testServer } from '@chartward/db/testing'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readHead } from '../../../audit/log/head.ts'
import { folderDisk } from '../../../audit/store/disk.ts'
import { LogStore } from '../../../audit/store/log-store.ts'
import { newId } from '../../../core/ids.ts'
import { readAppendKey } from '../../../keys/key-files.ts'
import type { SequencerContext } from '../../../sequencer/context.ts'
import { appendEntries, sabotaged, sequenceAll, sequencerOf } from '../../../sequencer/testing/log-kit.ts'
import { copyOfLog } from '../../../sequencer/testing/older-copy.ts'
import { auditEntries } from '../../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { checkDatabase } from '../check-database.ts'
import { checkStore, type StoreReport } from './check-store.ts'
import { recoverLog } from './recover-log.ts'

type Sql = Parameters<typeof checkStore>[0]

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url))

let test: TestApp
let owner: Database
let sequencer: SequencerContext
/** The store as the sequencer left it, and a copy for each test to damage. */
let folder: string
let copy: string
/** The log's entry ids, by index. */
let ids: string[]

beforeAll(async () => {
  test = await createTestApp()
  owner = test.database.open('chartward_owner', 2)
  folder = await mkdtemp(join(tmpdir(), 'chartward-store-'))
  sequencer = sequencerOf(test, new LogStore(folderDisk(folder)))
  await appendEntries(test, 300)
  await sequenceAll(sequencer)
  const patients: PatientId[] = [newId(), newId()]
  await appendEntries(test, 300, { action: 'patient.listed', facts: { patients } })
  await sequenceAll(sequencer)
  const rows = await test.app.db.sql<{ id: string }[]>`select entry_id as id from audit_leaves order by index`
  ids = rows.map(({ id }) => id)
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), 'chartward-store-copy-'))
  await cp(folder, copy, { recursive: true })
  return () => rm(copy, { recursive: true, force: true })
})

const check = (sql: Sql = owner.sql): Promise<StoreReport> =>
  checkStore(sql, new LogStore(folderDisk(copy)), test.app.settings.logVerifierKey)

const found = ({ problems }: StoreReport) => problems.map(({ code, index }) => [code, index])

const change = async (file: string, act: (bytes: Buffer) => Uint8Array): Promise<void> =>
  writeFile(join(copy, file), act(await readFile(join(copy, file))))

describe('log store and database', () => {
  it('agree, by the auditor’s login, also while the log grows', async () => {
    const { sql } = test.database.open('chartward_auditor', 1)
    expect(await check(sql)).toMatchObject({
      ok: true,
      storeHolds: true,
      problems: [],
      signed: { size: 600 },
    })
    const other = await createTestApp()
    const other_ = await mkdtemp(join(tmpdir(), 'chartward-store-'))
    const beside = new LogStore(folderDisk(other_))
    const growing = sequencerOf(other, beside)
    await appendEntries(other, 1)
    await sequenceAll(growing)
    let running = true
    const load = (async () => {
      while (running) {
        await appendEntries(other, 60)
        await sequenceAll(growing)
      }
    })()
    const reports: StoreReport[] = []
    for (let i = 0; i < 8; i++) {
      reports.push(await checkStore(other.app.db.sql, beside, other.app.settings.logVerifierKey))
    }
    running = false
    await load
    await other.stop()
    await rm(other_, { recursive: true, force: true })
    expect(reports.flatMap(({ problems }) => problems)).toEqual([])
  })

  it.each<[string, (file: string) => Promise<unknown>, [string, number | null][]]>([
    [
      'an entry is changed',
      () => change('tile/entries/001', (b) => b.map((byte, i) => (i === 50 ? byte ^ 1 : byte))),
      [
        ['leaf-differs', 256],
        ['store-root-mismatch', 600],
      ],
    ],
    [
      'a bundle is cut off',
      () => change('tile/entries/000', (b) => b.subarray(0, -9)),
      [['bundle-missing', 0]],
    ],
    ['a bundle is gone', () => rm(join(copy, 'tile/entries/001')), [['bundle-missing', 256]]],
    [
      'the last bundle is gone',
      () => rm(join(copy, 'tile/entries/002.p'), { recursive: true }),
      [['bundle-missing', 512]],
    ],
    [
      'the checkpoint is changed',
      () => change('checkpoint', (b) => Buffer.from(b.toString().replace('\n600\n', '\n599\n'))),
      [['store-checkpoint-invalid', null]],
    ],
    ['the checkpoint is gone', () => rm(join(copy, 'checkpoint')), [['store-empty', null]]],
    [
      'an earlier checkpoint takes its place',
      () => cp(join(copy, 'checkpoints/001'), join(copy, 'checkpoint')),
      [['store-behind', 300]],
    ],
    [
      'an earlier checkpoint is changed',
      () => writeFile(join(copy, 'checkpoints/001'), 'nothing'),
      [['history-mismatch', 256]],
    ],
    [
      'an earlier checkpoint stands where it does not belong',
      () => cp(join(copy, 'checkpoints/002'), join(copy, 'checkpoints/001')),
      [['history-mismatch', 256]],
    ],
    [
      'there is an entry that was never signed',
      () => new LogStore(folderDisk(copy)).putEntries(2, Array<Buffer>(89).fill(Buffer.from('x'))),
      [['store-surplus', 600]],
    ],
  ])('differ where in the folder %s', async (_, damage, expected) => {
    await damage(copy)
    const report = await check()
    const firsts = new Set(expected.map(([code]) => code))
    expect(found(report).filter(([code]) => firsts.has(String(code)))).toEqual(expected)
    expect(report.ok).toBe(false)
  })

  it.each<[string, string, [string, number | null][]]>([
    ['an entry is deleted', 'delete from audit_entries where id = $1', [['entry-missing', 7]]],
    [
      'an entry is changed',
      `update audit_entries set bytes = bytes || '\\x20' where id = $1`,
      [['entry-differs', 7]],
    ],
    ['a leaf is deleted', 'delete from audit_leaves where entry_id = $1', [['leaf-missing', 7]]],
    [
      'a leaf is changed',
      'update audit_leaves set leaf_hash = sha256(leaf_hash) where entry_id = $1',
      [['leaf-differs', 7]],
    ],
    [
      'the log is cut back',
      'update audit_head set size = 599 where $1::uuid is not null',
      [['database-behind', 599]],
    ],
    [
      'the checkpoint is gone',
      'update audit_head set checkpoint = null where $1::uuid is not null',
      [['published-invalid', null]],
    ],
  ])('differ where in the database %s, and the folder is in the right', async (_, damage, expected) => {
    const report = await sabotaged(owner, (sql) => sql.unsafe(damage, [ids[7] ?? '']), check)
    expect(found(report)).toEqual(expected)
    expect(report.storeHolds).toBe(true)
  })

  it('differ where another history was signed', async () => {
    const other = await createTestApp()
    await writeFile(other.files.signing, await readFile(test.files.signing))
    await appendEntries(other, 20)
    await sequenceAll(sequencerOf(other))
    expect(found(await check(other.app.db.sql))).toContainEqual(['fork', 20])
    await other.stop()
  })
})

describe('recovering', () => {
  /** All rows of the log, but for those of the recovery itself. */
  const rows = async (sql: Sql): Promise<unknown[]> => {
    const found = await Promise.all([
      sql`select * from audit_entries where action <> 'audit.recovered' order by id`,
      sql`select * from audit_leaves order by index`,
      sql`select * from audit_nodes order by level, index`,
      sql`select * from audit_entry_patients order by entry_id, patient_id`,
      sql`select id, size, frontier, root, checkpoint, checkpoint_size from audit_head`,
    ])
    return found.map((table) => [...table])
  }

  let restored: TestApp
  let database: Database
  let store: LogStore
  let place: string
  let context: SequencerContext
  beforeEach(async () => {
    restored = await createTestApp()
    database = restored.database.open('chartward_owner', 1)
    place = await mkdtemp(join(tmpdir(), 'chartward-store-'))
    store = new LogStore(folderDisk(place))
    context = sequencerOf(restored, store)
    const patients: PatientId[] = [newId(), newId()]
    await appendEntries(restored, 150)
    await appendEntries(restored, 150, { action: 'patient.listed', facts: { patients }, ip: '10.0.0.1' })
    await sequenceAll(context)
    return async () => {
      await restored.stop()
      await rm(place, { recursive: true, force: true })
    }
  })

  const recover = () =>
    recoverLog({ app: restored.app, owner: database, appendKey: readAppendKey(restored.files), store })

  const damage = async (...statements: string[]) => {
    await database.sql`set session_replication_role = replica`
    for (const statement of statements) await database.sql.unsafe(statement)
    await database.sql`set session_replication_role = origin`
  }

  /** Database and folder agree, the database holds, and the sequencer goes on from there. */
  const expectSound = async () => {
    await sequenceAll(context)
    const { logVerifierKey: verifierKey } = restored.app.settings
    expect((await checkStore(database.sql, store, verifierKey)).problems).toEqual([])
    const auditor = restored.database.open('chartward_auditor', 1)
    const report = await checkDatabase(auditor.sql, { appendKey: readAppendKey(restored.files), verifierKey })
    expect(report.problems).toEqual([])
    return report.size
  }

  it('does nothing where nothing is lacking', async () => {
    expect(await recover()).toBeNull()
    expect(await auditEntries(restored.app, 'audit.recovered')).toEqual([])
  })

  it.each([
    [
      'entries',
      ['delete from audit_entries where ctid in (select ctid from audit_entries limit 40)'],
      { entries: 40 },
    ],
    ['every entry', ['delete from audit_entries', 'delete from audit_entry_patients'], { entries: 300 }],
    [
      'leaves and nodes',
      ['delete from audit_leaves where index % 3 = 0', 'delete from audit_nodes where level > 3'],
      { leaves: 100 },
    ],
    [
      'the whole log',
      [
        'delete from audit_entries',
        'delete from audit_leaves',
        'delete from audit_nodes',
        'delete from audit_head',
        'delete from audit_entry_patients',
      ],
      { entries: 300, leaves: 300, from: 0, to: 300 },
    ],
  ])('puts back %s, byte for byte, with an entry of its own', async (_, statements, expected) => {
    const before = await rows(database.sql)
    await damage(...statements)
    expect(await rows(database.sql)).not.toEqual(before)
    expect(await recover()).toMatchObject(expected)
    expect(await rows(database.sql)).toEqual(before)
    const entries = await auditEntries(restored.app, 'audit.recovered')
    expect(entries).toHaveLength(1)
    expect(entries[0]?.change?.after).toMatchObject({ size: 300 })
    expect(await expectSound()).toBe(301)
  })

  it('brings an older copy forward, and what was written meanwhile comes after it', async () => {
    const restore = await copyOfLog(database)
    await appendEntries(restored, 90)
    await sequenceAll(context)
    const lost = await rows(database.sql)
    await restore()
    await appendEntries(restored, 5)
    const late = (await rows(database.sql))[0] as { id: string }[]
    expect(await recover()).toMatchObject({ entries: 90, leaves: 90, from: 300, to: 390 })
    expect((await rows(database.sql)).slice(1)).toEqual(lost.slice(1))
    // The five, and the recovery's own.
    expect(await expectSound()).toBe(396)
    const [row] = await database.sql<{ index: string }[]>`
      select min(index) as index from audit_leaves where entry_id = any(${late.slice(-5).map(({ id }) => id)}::uuid[])`
    expect(Number(row?.index)).toBeGreaterThanOrEqual(390)
  })

  it('overwrites nothing: a changed entry stays, and is named', async () => {
    await damage(
      `update audit_entries set bytes = bytes || '\\x20' where ctid in (select ctid from audit_entries limit 1)`,
    )
    expect(await recover()).toBeNull()
    const report = await checkStore(database.sql, store, restored.app.settings.logVerifierKey)
    expect(report.problems.map(({ code }) => code)).toEqual(['entry-differs'])
  })

  it('changes nothing where the database has another history', async () => {
    await damage(
      'delete from audit_entries',
      'update audit_leaves set leaf_hash = sha256(leaf_hash) where index = 299',
    )
    const before = await rows(database.sql)
    await expect(recover()).rejects.toThrow('another entry at index 299')
    expect(await rows(database.sql)).toEqual(before)
  })

  it('takes nothing from a folder that is not what was signed', async () => {
    await damage('delete from audit_entries')
    const file = join(place, 'tile/entries/000')
    await writeFile(
      file,
      (await readFile(file)).map((byte, i) => (i === 50 ? byte ^ 1 : byte)),
    )
    await expect(recover()).rejects.toThrow('not what was signed')
    expect(await database.sql`select 1 from audit_entries`).toHaveLength(0)
  })

  it('and comparing are done by the command line', async () => {
    const chartward = async (...args: string[]) => {
      const role = testServer().roleByParameter ? '' : undefined
      const url = (login: 'chartward_app' | 'chartward_owner' | 'chartward_auditor') =>
        `${restored.database.url(login)}${role === undefined || login === 'chartward_owner' ? '' : `?role=${login}`}`
      const child = spawn(process.execPath, [MAIN, ...args], {
        env: {
          DATABASE_URL: url('chartward_app'),
          CHARTWARD_OWNER_DATABASE_URL: url('chartward_owner'),
          CHARTWARD_AUDITOR_DATABASE_URL: url('chartward_auditor'),
          CHARTWARD_KEYS: dirname(restored.files.kms),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let text = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)))
      const [code] = await once(child, 'close')
      return { code, text }
    }
    await writeFile(restored.files.verifier, `${restored.app.settings.logVerifierKey}\n`)
    expect(await chartward('verify', '--store', place)).toMatchObject({
      code: 0,
      text: expect.stringContaining('300 entries'),
    })
    await damage('delete from audit_entries where ctid in (select ctid from audit_entries limit 2)')
    const differing = await chartward('verify', '--store', place)
    expect(differing).toMatchObject({ code: 1, text: expect.stringContaining('entry-missing') })
    expect(differing.text).toContain('the database was changed')
    const recovered = await chartward('verify', '--store', place, '--recover')
    expect(recovered.text).toContain('Put back: 2 entries')
    expect(recovered).toMatchObject({ code: 0, text: expect.stringContaining('The log holds') })
    expect((await chartward('verify', '--store', join(place, 'nothing'))).text).toContain(
      'There is no folder',
    )
    expect((await chartward('verify', '--recover')).text).toContain('Give --store')
    expect((await readHead(database.sql))?.size).toBe(300)
  })
})
