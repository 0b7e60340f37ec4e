import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEntry, toHex, verifyCheckpoint } from '@chartward/audit'
import type { Database } from '@chartward/db'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { generatePopulation } from '@chartward/fhir'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FORK_FILE, isForkFrom, verifyFork } from '../../../audit/fork.ts'
import { type LogHead, readHead } from '../../../audit/log/head.ts'
import { folderDisk } from '../../../audit/store/disk.ts'
import { readAppendKey } from '../../../keys/key-files.ts'
import type { SequencerContext } from '../../../sequencer/context.ts'
import { KeptCheckpoint } from '../../../sequencer/kept-checkpoint.ts'
import { publishIfDue } from '../../../sequencer/publish.ts'
import { sequenceAll } from '../../../sequencer/testing/log-kit.ts'
import { checkDatabase } from '../../audit/check-database.ts'
import { checkStore } from '../../audit/store/check-store.ts'
import { type BackupHouse, createBackupHouse } from '../testing/kit.ts'

let house: BackupHouse
let target: TestDatabase
let owner: Database
let folder: string
let fork: string
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
  await sequenceAll(sequencerWith(target, last))
  const after = await readHead(owner.sql)
  expect(after?.size).toBeGreaterThan(before?.size ?? 0)
  expect(after?.checkpointSize).toBe(after?.size)
  // What goes on from there is held to the new half: the note brings no older state of it in.
  const kept = after?.checkpoint ?? ''
  await owner.sql`update audit_head set size = ${before?.size ?? 0}, frontier = ${before?.frontier ?? ''}, root = ${before?.root ?? ''}, checkpoint = ${before?.checkpoint ?? ''}, checkpoint_size = ${before?.size ?? 0}`
  const older = sequencerWith(target, kept)
  const head = await readHead(owner.sql)
  if (head === null) throw new Error('no head')
  await expect(older.kept.require(owner.sql, head, older.signer)).rejects.toMatchObject({
    code: 'kept-ahead',
  })
})
