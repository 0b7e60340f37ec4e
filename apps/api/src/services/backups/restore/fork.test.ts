import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEntry, toHex, verifyCheckpoint } from '@chartward/audit'
import type { Database } from '@chartward/db'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { generatePopulation } from '@chartward/fhir'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FORK_FILE, formatFork, isForkFrom, verifyFork } from '../../../audit/fork.ts'
import { type LogHead, readHead } from '../../../audit/log/head.ts'
import { folderDisk } from '../../../audit/store/disk.ts'
import { LogStore } from '../../../audit/store/log-store.ts'
import { readAppendKey, readSigningSeed } from '../../../keys/key-files.ts'
import type { SequencerContext } from '../../../sequencer/context.ts'
import { KeptCheckpoint } from '../../../sequencer/kept-checkpoint.ts'
import { publishIfDue } from '../../../sequencer/publish.ts'
import { StoreWriter } from '../../../sequencer/store-writer.ts'
import { sequenceAll } from '../../../sequencer/testing/log-kit.ts'
import { checkDatabase } from '../../audit/check-database.ts'
import { checkStore } from '../../audit/store/check-store.ts'
import { type BackupHouse, createBackupHouse } from '../testing/kit.ts'
import { logSignerOf } from './log-signer.ts'

let house: BackupHouse
let target: TestDatabase
let owner: Database
let folder: string
let fork: string
let newStore: LogStore
/** What the sequencer had kept when the database was lost, and one before that. */
let last: string
let earlier: string
/** The head that the restore has left: with the fork's entry, and signed. */
let before: LogHead | null
beforeAll(async () => {
  house = await createBackupHouse(2)
  const keys = await house.make('keyring')
  const backup = await house.make('logical')
  await house.settle()
  earlier = (await house.store.checkpoint()) ?? ''
  await house.import([...generatePopulation({ seed: 'after', patients: 1, asOf: house.test.now })])
  await house.settle()
  last = (await house.store.checkpoint()) ?? ''
  target = await createTestDatabase()
  owner = target.open('chartward_owner', 2)
  const restored = await house.restoreInto(owner, backup.folder, keys.folder, {
    ahead: { kind: 'fork', reason: 'nothing else was left' },
  })
  fork = restored.fork ?? ''
  before = await readHead(owner.sql)
  folder = await mkdtemp(join(tmpdir(), 'chartward-fork-'))
  newStore = new LogStore(folderDisk(await mkdtemp(join(folder, 'store-'))))
})
afterAll(async () => {
  await target.drop()
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A sequencer over a database, that has kept a checkpoint. */
const sequencerWith = (database: TestDatabase, kept: string): SequencerContext => ({
  ...house.sequencer,
  db: database.open('chartward_sequencer', 2),
  kept: new KeptCheckpoint(folderDisk(folder), kept),
  store: null,
})

it('leaves two halves that are both checked: the new log, and the old store, which is not taken for its own', async () => {
  const { logVerifierKey: verifierKey } = house.test.app.settings
  const appendKey = readAppendKey(house.test.files)
  const [ofNew, ofOld] = [target, house.test.database].map((database) =>
    database.open('chartward_auditor', 2),
  )
  if (ofNew === undefined || ofOld === undefined) throw new Error('no auditor')
  expect((await checkDatabase(ofNew.sql, { appendKey, verifierKey })).problems).toEqual([])
  expect((await checkStore(ofOld.sql, house.store, verifierKey)).problems).toEqual([])
  // The entry in the new log and the signed note say the same of the half that the store has.
  const said = await verifyFork(fork, verifierKey)
  const { size, root } = await verifyCheckpoint(last, verifierKey)
  expect(said?.left).toContainEqual(expect.objectContaining({ size, root }))
  expect(said !== null && (await isForkFrom(ofNew.sql, said, { size, root }))).toBe(true)
  const [entry] = await ofNew.sql<{ bytes: Buffer; index: string }[]>`
    select bytes, index from audit_entries join audit_leaves on entry_id = id where action = 'audit.forked'`
  expect(Number(entry?.index)).toBe(said?.from.size)
  expect(parseEntry(entry?.bytes ?? new Uint8Array()).change?.before).toMatchObject({
    size,
    left: expect.stringContaining(`${size} ${toHex(root)}`),
  })
  // Held against the new log, the store is sound by itself, and another from the fork on.
  const { storeHolds, problems } = await checkStore(ofNew.sql, house.store, verifierKey)
  expect(storeHolds).toBe(true)
  const places = problems.flatMap(({ index }) => (index === null ? [] : [index]))
  expect(Math.min(...places)).toBe(said?.from.size)
})
/** The new half goes on, in a log store of its own. */
const goOn = async (): Promise<void> => {
  await writeFile(join(folder, FORK_FILE), fork)
  const store = new StoreWriter(newStore, house.sequencer.signer)
  await sequenceAll({ ...sequencerWith(target, last), store })
}

const putHead = (head: LogHead | null) => owner.sql`
  update audit_head set size = ${head?.size ?? 0}, frontier = ${head?.frontier ?? ''}, root = ${head?.root ?? ''},
    checkpoint = ${head?.checkpoint ?? ''}, checkpoint_size = ${head?.size ?? 0}`

it('is taken up by the sequencer that kept what it leaves behind, and by no other', async () => {
  await expect(
    publishIfDue(sequencerWith(target, last)).then(() => sequenceAll(sequencerWith(target, last))),
  ).rejects.toMatchObject({
    code: expect.stringMatching(/^kept-/),
  })
  await writeFile(join(folder, FORK_FILE), fork)
  // One that has seen less of the other half can't tell that it is the same.
  await expect(sequenceAll(sequencerWith(target, earlier))).rejects.toMatchObject({
    code: expect.stringMatching(/^kept-/),
  })
  await goOn()
  const after = await readHead(owner.sql)
  expect(after?.size).toBeGreaterThan(before?.size ?? 0)
  expect(after?.checkpointSize).toBe(after?.size)
  // What goes on from there is held to the new half: the note brings no older state of it in.
  const kept = after?.checkpoint ?? ''
  await putHead(before)
  const older = sequencerWith(target, kept)
  const head = await readHead(owner.sql)
  if (head === null) throw new Error('no head')
  await expect(older.kept.require(owner.sql, head, older.signer)).rejects.toMatchObject({
    code: 'kept-ahead',
  })
  await putHead(after)
})

it('lets both halves be checked: the old store by its note, the new by itself', async () => {
  await goOn()
  const { logVerifierKey } = house.test.app.settings
  const auditor = target.open('chartward_auditor', 2)
  expect(await house.problemsOf(target)).toEqual([])
  expect(await checkStore(auditor.sql, newStore, logVerifierKey)).toMatchObject({
    problems: [],
    leftFrom: null,
  })
  // The old store is what was signed, and with the note nothing of it is unexplained.
  const without = await checkStore(auditor.sql, house.store, logVerifierKey)
  expect(without).toMatchObject({ ok: false, storeHolds: true })
  const left = await checkStore(auditor.sql, house.store, logVerifierKey, fork)
  const from = (before?.size ?? 0) - 1
  expect(left).toMatchObject({ problems: [], ok: true, leftFrom: from })
  // The note is about no other folder, no other database, and is this log's.
  const codes = async (sql: Database['sql'], one: LogStore, note: string) =>
    (await checkStore(sql, one, logVerifierKey, note)).problems.map(({ code, index }) => [code, index])
  const unforked = house.test.app.db.sql
  expect(await codes(auditor.sql, newStore, fork)).toEqual([['fork-invalid', null]])
  expect(await codes(unforked, house.store, fork)).toEqual([['fork-invalid', null]])
  expect(await codes(auditor.sql, house.store, fork.replace('\n— ', '\n'))).toEqual([['fork-invalid', null]])
  // It names what the folder has up to there.
  const said = await verifyFork(fork, logVerifierKey)
  if (said === null) throw new Error('no fork')
  const signer = logSignerOf(readSigningSeed(house.test.files), said.origin)
  const other = signer.note(formatFork({ ...said, from: { size: from, root: Buffer.alloc(32) } }))
  expect(await codes(auditor.sql, house.store, other)).toEqual([['fork-invalid', from]])
  // What both halves have is held to the database as ever.
  const tampering = target.open('chartward_owner', 1)
  await tampering.sql`set session_replication_role = replica`
  const leaf = await tampering.sql<{ leaf_hash: Buffer }[]>`
    select leaf_hash from audit_leaves where index = ${from - 1}`
  await tampering.sql`update audit_leaves set leaf_hash = sha256('x') where index = ${from - 1}`
  expect(await codes(auditor.sql, house.store, fork)).toEqual([['leaf-differs', from - 1]])
  await tampering.sql`
    update audit_leaves set leaf_hash = ${leaf[0]?.leaf_hash ?? ''} where index = ${from - 1}`
})
