import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { verifyCheckpoint } from '@chartward/audit'
import type { Database } from '@chartward/db'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readHead } from '../audit/log/head.ts'
import { type Disk, folderDisk } from '../audit/store/disk.ts'
import { LogStore } from '../audit/store/log-store.ts'
import { readAppendKey } from '../keys/key-files.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { KeptCheckpoint } from './kept-checkpoint.ts'
import { keepPublished, publishIfDue } from './publish.ts'
import { sequenceRound } from './round.ts'
import { runSequencer } from './run.ts'
import { openSigner } from './signer.ts'
import { appendEntries, keyFolder, sequenceAll, sequencerOf, until } from './testing/log-kit.ts'
import { copyOfLog } from './testing/older-copy.ts'

let test: TestApp
let owner: Database
let folder: string
let store: LogStore

beforeEach(async () => {
  test = await createTestApp()
  owner = test.database.open('chartward_owner', 1)
  folder = await mkdtemp(join(tmpdir(), 'chartward-store-'))
  store = new LogStore(folderDisk(folder))
})
afterEach(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

const published = async () => (await readHead(test.app.db.sql)) ?? { checkpoint: null, checkpointSize: null }

/** The entries' bytes in the order of the log. */
const logged = async (): Promise<string[]> => {
  const rows = await test.app.db.sql<{ bytes: Buffer }[]>`
    select e.bytes from audit_leaves l join audit_entries e on e.id = l.entry_id order by l.index`
  return rows.map(({ bytes }) => bytes.toString())
}

/** The entries that the store holds under its checkpoint. */
const stored = async (): Promise<string[]> => {
  const { size } = await verifyCheckpoint((await store.checkpoint()) ?? '', test.app.settings.logVerifierKey)
  const found: string[] = []
  for (let at = 0; at < size; at += 256) {
    const entries = await store.entries(at / 256, Math.min(256, size - at))
    found.push(...(entries ?? []).map((bytes) => Buffer.from(bytes).toString()))
  }
  expect(found).toHaveLength(size)
  return found
}

/** A sequencer as its process runs it; `note` is what it kept beside its key. */
const run = (note: string | null, logStore: LogStore | null, disk: Disk = keyFolder(test)) => {
  const controller = new AbortController()
  const kept = new KeptCheckpoint(disk, note)
  const done = runSequencer({
    db: test.database.open('chartward_sequencer', 3),
    signer: openSigner(test.files, test.app.settings.logOrigin),
    appendKey: readAppendKey(test.files),
    kept,
    store: logStore,
    log: test.app.log,
    intervalMs: 10,
    signal: controller.signal,
  })
  return {
    kept,
    done,
    stop: async () => {
      controller.abort()
      await done
    },
  }
}

const damage = async (statement: string, ...parameters: string[]) => {
  await owner.sql`set session_replication_role = replica`
  await owner.sql.unsafe(statement, parameters)
  await owner.sql`set session_replication_role = origin`
}

describe('what is published', () => {
  it('stands in the log store before, byte for byte, and beside the signing key', async () => {
    const sequencer = sequencerOf(test, store)
    for (const count of [3, 1, 300, 250, 214]) {
      await appendEntries(test, count)
      await sequenceAll(sequencer)
      const { checkpoint } = await published()
      expect(await store.checkpoint()).toBe(checkpoint)
      expect((await KeptCheckpoint.open(keyFolder(test))).note).toBe(checkpoint)
      expect(await stored()).toEqual(await logged())
    }
  })

  it('is not published as long as the store does not hold it', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let reached = false
    const real = folderDisk(folder)
    const slow: Disk = {
      ...real,
      syncFolder: async (path) => {
        reached = true
        await gate
        await real.syncFolder(path)
      },
    }
    const sequencer = sequencerOf(test, new LogStore(slow))
    await appendEntries(test, 5)
    await sequenceRound(sequencer)
    const publishing = publishIfDue(sequencer)
    await until(async () => reached)
    await setTimeout(500)
    expect(await published()).toMatchObject({ checkpointSize: 0 })
    expect((await KeptCheckpoint.open(keyFolder(test))).note).toBeNull()
    open()
    await publishing
    expect(await published()).toMatchObject({ checkpointSize: 5 })
  })

  it('waits for a disk that fails, and is published when it works again', async () => {
    let broken = true
    const real = folderDisk(folder)
    const disk: Disk = {
      ...real,
      sync: (path) => (broken ? Promise.reject(new Error('no space')) : real.sync(path)),
    }
    const sequencer = run(null, new LogStore(disk))
    await appendEntries(test, 5)
    await until(async () => ((await readHead(test.app.db.sql))?.size ?? 0) === 5)
    await setTimeout(300)
    expect(await published()).toMatchObject({ checkpointSize: 0 })
    broken = false
    await until(async () => (await published()).checkpointSize === 5)
    await sequencer.stop()
    expect(await stored()).toEqual(await logged())
  })

  it('goes into one store, whole, where two sequencers share the work', async () => {
    const other = await mkdtemp(join(tmpdir(), 'chartward-standby-'))
    const runs = [run(null, store), run(null, new LogStore(folderDisk(folder)), folderDisk(other))]
    let appended = 0
    for (let i = 0; i < 30; i++) appended += (await appendEntries(test, 25)).length
    await until(async () => (await published()).checkpointSize === appended)
    const { checkpoint } = await published()
    await until(async () => runs.every(({ kept }) => kept.note === checkpoint))
    await Promise.all(runs.map((one) => one.stop()))
    await rm(other, { recursive: true, force: true })
    expect(await store.checkpoint()).toBe(checkpoint)
    expect(await stored()).toEqual(await logged())
  })

  it('goes into an empty folder beside a log that is there, whole', async () => {
    await appendEntries(test, 600)
    await sequenceAll(sequencerOf(test))
    await appendEntries(test, 1)
    await sequenceAll(sequencerOf(test, store))
    expect(await stored()).toEqual(await logged())
    expect(await stored()).toHaveLength(601)
  })

  it('never replaces what the store has by what became of it in the database', async () => {
    const sequencer = sequencerOf(test, store)
    await appendEntries(test, 20)
    await sequenceAll(sequencer)
    const before = await stored()
    await damage(`update audit_entries set bytes = bytes || '\\x20'`)
    await appendEntries(test, 20)
    await sequenceAll(sequencer)
    await sequenceAll(sequencerOf(test, store))
    expect((await stored()).slice(0, 20)).toEqual(before)
    expect(await stored()).toHaveLength(40)
  })
})

describe('an older copy of the database', () => {
  /** A log of 8 entries, published, and then the copy of it at 5. */
  const restoredCopy = async (): Promise<string> => {
    const sequencer = sequencerOf(test, store)
    await appendEntries(test, 5)
    await sequenceAll(sequencer)
    const restore = await copyOfLog(owner)
    await appendEntries(test, 3)
    await sequenceAll(sequencer)
    const { checkpoint } = await published()
    await restore()
    expect(await published()).toMatchObject({ checkpointSize: 5 })
    return checkpoint ?? ''
  }

  it('is refused by what was kept beside the signing key', async () => {
    const note = await restoredCopy()
    expect((await KeptCheckpoint.open(keyFolder(test))).note).toBe(note)
    await expect(run(note, null).done).rejects.toMatchObject({ code: 'kept-ahead' })
    expect(await published()).toMatchObject({ checkpointSize: 5 })
  })

  it('is refused by the log store', async () => {
    await restoredCopy()
    await expect(run(null, store).done).rejects.toMatchObject({ code: 'store-ahead' })
  }, 40_000)

  it.each([
    ['what was kept', 'kept-mismatch', true],
    ['the log store', 'store-mismatch', false],
  ])('that has gone on elsewhere as a second history is refused by %s', async (_, code, byKept) => {
    const note = await restoredCopy()
    // Signed rightly, by somebody who has the key and neither of the two.
    await appendEntries(test, 9)
    await sequenceAll(sequencerOf(test))
    expect(await published()).toMatchObject({ checkpointSize: 14 })
    await appendEntries(test, 1)
    await expect(run(byKept ? note : null, byKept ? null : store).done).rejects.toMatchObject({ code })
    expect(await published()).toMatchObject({ checkpointSize: 14 })
  })

  it('that is put under a running sequencer ends it', async () => {
    await appendEntries(test, 5)
    await sequenceAll(sequencerOf(test))
    const restore = await copyOfLog(owner)
    const sequencer = run(null, null)
    const ended = expect(sequencer.done).rejects.toMatchObject({ code: 'kept-ahead' })
    await appendEntries(test, 3)
    await until(async () => (await published()).checkpointSize === 8)
    await restore()
    await ended
  })
})

describe('a sequencer that does not lead', () => {
  let other: string
  beforeEach(async () => {
    other = await mkdtemp(join(tmpdir(), 'chartward-standby-'))
  })
  afterEach(() => rm(other, { recursive: true, force: true }))

  it('keeps what another has published, as it runs', async () => {
    await appendEntries(test, 2)
    await sequenceAll(sequencerOf(test))
    const { checkpoint } = await published()
    const standby = run(null, null, folderDisk(other))
    await until(async () => (await KeptCheckpoint.open(folderDisk(other))).note === checkpoint)
    await standby.stop()
    expect((await published()).checkpoint).toBe(checkpoint)
  })

  it('ends at a published head that does not go on from what it keeps, and keeps that', async () => {
    const leader = sequencerOf(test)
    const standby = { ...sequencerOf(test), kept: new KeptCheckpoint(folderDisk(other), null) }
    await appendEntries(test, 2)
    await sequenceAll(leader)
    const restore = await copyOfLog(owner)
    await appendEntries(test, 4)
    await sequenceAll(leader)
    await keepPublished(standby)
    const { checkpoint } = await published()
    await restore()
    await appendEntries(test, 9)
    await sequenceAll(sequencerOf(test))
    await expect(keepPublished(standby)).rejects.toMatchObject({ code: 'kept-mismatch' })
    expect((await KeptCheckpoint.open(folderDisk(other))).note).toBe(checkpoint)
  })
})

describe('what a sequencer is held to', () => {
  it.each([
    ['kept-invalid', 'beside the key'],
    ['store-invalid', 'in the store'],
  ])('a checkpoint of another log is %s %s', async (code) => {
    const other = await createTestApp()
    await appendEntries(other, 2)
    await sequenceAll(sequencerOf(other))
    const { checkpoint } = (await readHead(other.app.db.sql)) ?? {}
    await other.stop()
    await appendEntries(test, 3)
    await sequenceAll(sequencerOf(test))
    await writeFile(join(folder, 'checkpoint'), checkpoint ?? '')
    const started = code === 'kept-invalid' ? run(checkpoint ?? '', null) : run(null, store)
    await expect(started.done).rejects.toMatchObject({ code })
  })

  it.each<[string, (file: string) => Promise<unknown>]>([
    [
      'changed',
      async (file) =>
        writeFile(
          file,
          (await readFile(file)).map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
        ),
    ],
    ['cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, -3))],
    ['gone', (file) => rm(file)],
  ])('a last bundle that is %s is store-changed', async (_, act) => {
    await appendEntries(test, 3)
    await sequenceAll(sequencerOf(test, store))
    await act(join(folder, 'tile/entries/000.p/3'))
    await expect(run(null, store).done).rejects.toMatchObject({ code: 'store-changed' })
  })

  it('a file that stands where another is to be stored is store-changed, and nothing is published', async () => {
    const sequencer = sequencerOf(test, store)
    await appendEntries(test, 3)
    await sequenceAll(sequencer)
    await store.putEntries(0, [Buffer.from('another'), ...Array<Buffer>(4).fill(Buffer.from('history'))])
    await appendEntries(test, 2)
    await expect(sequenceAll(sequencer)).rejects.toMatchObject({ code: 'store-changed' })
    expect(await published()).toMatchObject({ checkpointSize: 3 })
  })

  it.each([
    ['deleted', `delete from audit_entries where id = $1`],
    ['changed', `update audit_entries set bytes = bytes || '\\x20' where id = $1`],
  ])('an entry that is %s between its sequencing and its storing is entry-lost', async (_, statement) => {
    const sequencer = sequencerOf(test, store)
    const [id = ''] = await appendEntries(test, 3)
    await sequenceRound(sequencer)
    await damage(statement, id)
    await expect(publishIfDue(sequencer)).rejects.toMatchObject({ code: 'entry-lost' })
    expect(await published()).toMatchObject({ checkpointSize: 0 })
    expect(await store.checkpoint()).toBeNull()
  })

  it('an entry that is changed together with its leaf gives another root, and that is not signed', async () => {
    const sequencer = sequencerOf(test, store)
    const [id = ''] = await appendEntries(test, 3)
    await sequenceRound(sequencer)
    await damage(`update audit_entries set bytes = bytes || '\\x20' where id = $1`, id)
    await damage(
      `update audit_leaves l set leaf_hash = sha256('\\x00'::bytea || e.bytes) from audit_entries e
       where e.id = l.entry_id and e.id = $1`,
      id,
    )
    await expect(publishIfDue(sequencer)).rejects.toMatchObject({ code: 'entry-lost' })
    expect(await store.checkpoint()).toBeNull()
  })

  it('an entry that was changed spoils no bundle of the store', async () => {
    const sequencer = sequencerOf(test, store)
    const [id = ''] = await appendEntries(test, 300)
    await sequenceRound(sequencer)
    await damage(`update audit_entries set bytes = bytes || '\\x20' where id = $1`, id)
    await expect(publishIfDue(sequencer)).rejects.toMatchObject({ code: 'entry-lost' })
    expect(await store.entries(0, 256)).toBeNull()
  })

  it('a checkpoint that was kept but not yet published is no contradiction', async () => {
    const sequencer = sequencerOf(test, store)
    await appendEntries(test, 3)
    await sequenceAll(sequencer)
    const before = await published()
    await appendEntries(test, 2)
    await sequenceAll(sequencer)
    const { checkpoint } = await published()
    // As it is where the process was killed, or its commit lost, right before the last step.
    await damage(
      'update audit_head set checkpoint = $1, checkpoint_size = 3, signed_at = null',
      before.checkpoint ?? '',
    )
    const again = run(checkpoint, store)
    await until(async () => (await published()).checkpointSize === 5)
    await again.stop()
    await keepPublished(sequencer)
    expect(await stored()).toEqual(await logged())
  })
})
