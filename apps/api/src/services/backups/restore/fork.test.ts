import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@chartward/db'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { generatePopulation } from '@chartward/fhir'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FORK_FILE } from '../../../audit/fork.ts'
import { type LogHead, readHead } from '../../../audit/log/head.ts'
import { folderDisk } from '../../../audit/store/disk.ts'
import type { SequencerContext } from '../../../sequencer/context.ts'
import { KeptCheckpoint } from '../../../sequencer/kept-checkpoint.ts'
import { publishIfDue } from '../../../sequencer/publish.ts'
import { sequenceAll } from '../../../sequencer/testing/log-kit.ts'
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
