import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Database } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { KILLING_MS, KILLS, seeded } from '../../testing/kills.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { chunksOf } from '../import/testing/inputs.ts'
import { unzipped } from '../import/unzipped.ts'
import { deleteAbandonedPieces, PIECE_BYTES, readPieces, storePieces } from './pieces.ts'

const STORE = fileURLToPath(new URL('testing/store-child.ts', import.meta.url))

let test: TestApp
let owner: Database
beforeAll(async () => {
  test = await createTestApp()
  owner = test.database.open('chartward_owner', 1)
})
afterAll(() => test?.stop())

const read = async (id: string): Promise<Buffer> => {
  const pieces: Buffer[] = []
  for await (const piece of readPieces(test.app.db, test.app.keyring, id)) pieces.push(piece)
  return Buffer.concat(pieces)
}
const stored = async (bytes: number): Promise<string> => {
  const id = newId()
  await storePieces(test.app, id, chunksOf([Buffer.alloc(bytes, 'x')]))
  return id
}
const count = async () =>
  (await owner.sql<{ n: number }[]>`select count(*)::int as n from upload_pieces`)[0]?.n

describe('the pieces of an upload', () => {
  it.each([1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES])(
    'come back as %d bytes went in',
    async (bytes) => {
      expect((await read(await stored(bytes))).length).toBe(bytes)
    },
  )

  it.each([
    [
      'one is gone',
      (id: string) => owner.sql`delete from upload_pieces where upload_id = ${id} and sequence = 1`,
    ],
    [
      'the last is gone',
      (id: string) => owner.sql`delete from upload_pieces where upload_id = ${id} and sequence = 2`,
    ],
    [
      'two are exchanged',
      (id: string) => owner.sql`
        update upload_pieces p set content = q.content from upload_pieces q
        where p.upload_id = ${id} and q.upload_id = ${id} and p.sequence + q.sequence = 1`,
    ],
    [
      "one is another upload's",
      async (id: string) => {
        const other = await stored(3 * PIECE_BYTES)
        await owner.sql`
          update upload_pieces p set content = q.content from upload_pieces q
          where p.upload_id = ${id} and q.upload_id = ${other} and p.sequence = q.sequence`
      },
    ],
  ])('are refused where %s', async (_, tamper) => {
    const id = await stored(3 * PIECE_BYTES)
    await tamper(id)
    await expect(read(id)).rejects.toMatchObject({ code: 'INTEGRITY' })
  })

  it('are deleted where what brings them breaks off', async () => {
    const before = await count()
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(2 * PIECE_BYTES)
      throw new Error('gone')
    }
    await expect(storePieces(test.app, newId(), broken())).rejects.toThrow('gone')
    expect(await count()).toBe(before)
  })

  it(
    'of a process that was killed are swept once nobody can go on with them',
    async () => {
      await owner.sql`delete from upload_pieces`
      const random = seeded(58)
      for (let kill = 0; kill < KILLS; kill++) {
        const config = { url: test.database.url('chartward_app'), files: test.files }
        const child = spawn(process.execPath, [STORE, JSON.stringify(config)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        await once(child.stdout, 'data')
        await setTimeout(random() * 150)
        const exited = once(child, 'exit')
        child.kill('SIGKILL')
        await exited
      }
      expect(await count()).toBeGreaterThan(0)
      expect(await deleteAbandonedPieces(test.app)).toBe(0)
      await owner.sql`update upload_pieces set created_at = created_at - interval '11 minutes'`
      const fresh = await stored(1)
      expect(await deleteAbandonedPieces(test.app)).toBeGreaterThan(0)
      expect((await read(fresh)).length).toBe(1)
      expect(await count()).toBe(1)
    },
    KILLING_MS,
  )
})

describe('a few zipped bytes', () => {
  it('come to no more than they may', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(16 * 1024)
    let bytes = 0
    const all = async () => {
      for await (const chunk of unzipped(chunksOf([bomb]), { isCalledGzip: false, mostBytes: 1024 * 1024 }))
        bytes += chunk.length
    }
    await expect(all()).rejects.toMatchObject({ code: 'too-large' })
    expect(bytes).toBeLessThanOrEqual(1024 * 1024)
  })
})
