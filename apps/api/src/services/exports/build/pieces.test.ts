import { randomBytes } from 'node:crypto'
import { withTransaction } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../core/ids.ts'
import { refusalOf } from '../../../testing/entries.ts'
import { insertVouched } from '../../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import type { ReleaseFormat } from './formats.ts'
import { readPieces, storePieces } from './pieces.ts'

describe('a release in pieces', () => {
  let house: TestApp
  beforeAll(async () => {
    house = await createTestApp()
  })
  afterAll(() => house.stop())

  const store = async (bytes: Buffer, slice: number, formats: readonly ReleaseFormat[] = ['csv']) => {
    const { app } = house
    const id = newId()
    async function* slices() {
      for (let at = 0; at < bytes.length; at += slice) yield bytes.subarray(at, at + slice)
    }
    await insertVouched(app, 'export-request', [
      {
        id,
        requestedBy: newId(),
        purpose: Buffer.from('a test'),
        profile: 'safe-harbor',
        resourceTypes: ['Patient'],
        asOf: app.clock(),
        status: 'building',
      },
    ])
    await withTransaction(app.db, 'none', async (tx) => {
      for (const format of formats) await storePieces(tx, app.keyring, id, format, slices())
    })
    return id
  }

  const read = async (id: string, format: ReleaseFormat = 'csv'): Promise<Buffer> => {
    const pieces: Buffer[] = []
    for await (const piece of readPieces(house.app.db, house.app.keyring, id, format)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  const MIB = 1024 * 1024

  it.each([
    [0, 1],
    [1, 1],
    [MIB - 47, 4096],
    [MIB - 46, 4096],
    [3 * MIB, 100_000],
    [3 * MIB, 3 * MIB],
  ])('gives %i bytes back, written in slices of %i', async (size, slice) => {
    const bytes = randomBytes(size)
    const id = await store(bytes, slice)
    expect((await read(id)).equals(bytes)).toBe(true)
    const [stored] = await house.app.db.sql<{ largest: number; bytes: number }[]>`
      select max(length(content)) as largest, sum(bytes)::int as bytes from release_chunks where export_id = ${id}`
    expect(stored?.largest).toBeLessThanOrEqual(MIB)
    expect(stored?.bytes).toBe(size)
  })

  it('holds none of its content in the clear', async () => {
    const id = await store(Buffer.from('plain words of a release '.repeat(100)), 1000)
    const [row] = await house.app.db.sql<{ content: Buffer }[]>`
      select content from release_chunks where export_id = ${id}`
    expect(row?.content.includes('words')).toBe(false)
  })

  it('refuses what was changed, moved, left out or cut off', async () => {
    const owner = house.database.open('chartward_owner')
    const change = async (statement: (id: string) => Promise<unknown>): Promise<string> => {
      const id = await store(randomBytes(2.5 * MIB), MIB, ['csv', 'ndjson'])
      await statement(id)
      return refusalOf(read(id))
    }
    const results = [
      await change(
        (
          id,
        ) => owner.sql`update release_chunks set content = set_byte(content, 900, get_byte(content, 900) # 1)
          where export_id = ${id} and format = 'csv' and sequence = 1`,
      ),
      await change(
        (id) => owner.sql`update release_chunks c set content = o.content from release_chunks o
          where c.export_id = ${id} and o.export_id = ${id} and c.format = 'csv' and o.format = 'ndjson'
          and c.sequence = o.sequence`,
      ),
      await change(
        (id) => owner.sql`update release_chunks c set content = o.content from release_chunks o
          where c.export_id = ${id} and o.export_id = ${id} and c.format = 'csv' and o.format = 'csv'
          and c.sequence = 1 - o.sequence`,
      ),
      await change((id) => owner.sql`delete from release_chunks where export_id = ${id} and sequence = 1`),
      await change((id) => owner.sql`delete from release_chunks where export_id = ${id} and sequence = 2`),
      await change(
        (id) =>
          owner.sql`update release_chunks set content = ''::bytea where export_id = ${id} and sequence = 0`,
      ),
    ]
    expect(results).toEqual(Array.from({ length: results.length }, () => 'INTEGRITY'))
  })
})
