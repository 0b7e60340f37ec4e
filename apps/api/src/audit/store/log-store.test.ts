import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BUNDLE_WIDTH } from '@chartward/audit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Disk, folderDisk } from './disk.ts'
import { LogStore } from './log-store.ts'
import { CrashDisk, Died } from './testing/crash-disk.ts'

const entry = (index: number): Uint8Array => Buffer.from(`{"entry":${index}}`)
const entries = (from: number, to: number): Uint8Array[] =>
  Array.from({ length: to - from }, (_, i) => entry(from + i))
const noteOf = (size: number): string => `test.invalid/log\n${size}\nroot\n`
const sizeOf = (note: string | null): number => (note === null ? 0 : Number(note.split('\n')[1]))

/** What the sequencer does at each publication, on entries that need no database. */
const publish = async (store: LogStore, size: number): Promise<void> => {
  const expected = await store.checkpoint()
  const before = sizeOf(expected)
  if (size <= before) return
  for (let at = before - (before % BUNDLE_WIDTH); at < size; at += BUNDLE_WIDTH) {
    await store.putEntries(at / BUNDLE_WIDTH, entries(at, Math.min(at + BUNDLE_WIDTH, size)))
  }
  await store.putCheckpoint(noteOf(size), size, expected)
  await store.tidy(before, size)
}

/** Everything that the store's checkpoint is over can be read, byte for byte. */
const expectWhole = async (store: LogStore): Promise<number> => {
  const size = sizeOf(await store.checkpoint())
  for (let at = 0; at < size; at += BUNDLE_WIDTH) {
    const end = Math.min(at + BUNDLE_WIDTH, size)
    const read = await store.entries(at / BUNDLE_WIDTH, end - at)
    expect(read?.map((bytes) => Buffer.from(bytes).toString())).toEqual(entries(at, end).map(String))
  }
  return size
}

const SIZES = [3, 100, 256, 300, 700, 1025]

describe('a machine that dies', () => {
  it.each(['synced', 'named'] as const)(
    'at any operation leaves a store that holds all that was stored, and that can be gone on with (%s)',
    async (kind) => {
      let died = 0
      for (let operations = 0; ; operations++) {
        const disk = new CrashDisk(operations)
        const store = new LogStore(disk)
        let stored = 0
        const run = async (): Promise<boolean> => {
          for (const size of SIZES) {
            await publish(store, size)
            stored = size
          }
          return true
        }
        const done = await run().catch((error: unknown) => {
          if (error instanceof Died) return false
          throw error
        })
        const reopened = new LogStore(disk.after(kind))
        expect(await expectWhole(reopened)).toBeGreaterThanOrEqual(stored)
        for (const size of SIZES) await publish(reopened, size)
        expect(await expectWhole(reopened)).toBe(1025)
        if (done) break
        died++
      }
      expect(died).toBeGreaterThan(50)
    },
  )
})

describe('the folder', () => {
  let folder: string
  let store: LogStore
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chartward-store-'))
    store = new LogStore(folderDisk(folder))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('has the layout of C2SP tlog-tiles, and keeps a checkpoint for each bundle that has become full', async () => {
    expect(await store.checkpoint()).toBeNull()
    for (const size of [...SIZES, 256 * 1001 + 5]) await publish(store, size)
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    const names = files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
    expect(names.filter((name) => !/^tile\/entries\/\d\d\d$/.test(name)).toSorted()).toEqual([
      'checkpoint',
      ...['001', '002', '004', 'x001/001'].map((name) => `checkpoints/${name}`),
      'tile/entries/x001/000',
      'tile/entries/x001/001.p/5',
    ])
    expect(names).toHaveLength(5 + 1001 + 1)
    expect(await readFile(join(folder, 'tile/entries/001'))).toHaveLength(256 * (2 + entry(256).length))
    expect(await store.earlierCheckpoint(2)).toBe(noteOf(700))
  })

  it('has its files written once: another content under a name that is taken is refused', async () => {
    await store.putEntries(0, entries(0, 4))
    await store.putEntries(0, entries(0, 4))
    await expect(store.putEntries(0, entries(1, 5))).rejects.toMatchObject({ name: 'StoreConflict' })
    expect(await store.entries(0, 4)).toHaveLength(4)
  })

  it('replaces a checkpoint only by whoever has seen the last one', async () => {
    await publish(store, 3)
    await store.putEntries(0, entries(0, 5))
    await expect(store.putCheckpoint(noteOf(5), 5, null)).rejects.toMatchObject({ name: 'StoreConflict' })
    expect(await store.checkpoint()).toBe(noteOf(3))
  })

  it('shows no bundle that is cut off, too narrow or gone', async () => {
    await publish(store, 10)
    const file = join(folder, 'tile/entries/000.p/10')
    expect(await store.entries(0, 11)).toBeNull()
    expect(await store.entries(1, 1)).toBeNull()
    await writeFile(file, (await readFile(file)).subarray(0, -1))
    expect(await store.entries(0, 10)).toBeNull()
    await rm(file)
    expect(await store.entries(0, 10)).toBeNull()
  })

  it('that takes no deletions keeps what is needless, and is gone on with', async () => {
    const real = folderDisk(folder)
    const disk: Disk = { ...real, remove: () => Promise.reject(new Error('append only')) }
    const appendOnly = new LogStore(disk)
    for (const size of SIZES) await publish(appendOnly, size)
    expect(await expectWhole(appendOnly)).toBe(1025)
  })
})
