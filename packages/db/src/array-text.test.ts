import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrayText, byteaArrayText } from './array-text.ts'
import type { Database } from './database.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'

let test: TestDatabase
let owner: Database

beforeAll(async () => {
  test = await createTestDatabase()
  owner = test.open('chartward_owner', 1)
})
afterAll(() => test.drop())

describe('an array written as text', () => {
  it('is the same list to the database, whatever its elements hold', async () => {
    const values = [
      'a',
      '',
      null,
      'null',
      'NULL',
      ' a ',
      'a,b',
      '{a}',
      '"',
      '\\',
      '\\"',
      "'",
      'ä\n\t😀',
      '{"a":"\\n"}',
    ]
    const rows = await owner.sql<{ value: string | null }[]>`
      select value from unnest(${arrayText(values)}::text[]) with ordinality as list (value, place) order by place`
    expect(rows.map(({ value }) => value)).toEqual(values)
  })

  it('of no element is an empty list', async () => {
    const [row] = await owner.sql<{ texts: string[]; bytes: Buffer[] }[]>`
      select ${arrayText([])}::text[] as texts, ${byteaArrayText([])}::bytea[] as bytes`
    expect(row).toEqual({ texts: [], bytes: [] })
  })

  it('of bytes is the same bytes, also of a part of a larger buffer', async () => {
    const whole = randomBytes(64)
    const values = [whole.subarray(8, 40), new Uint8Array(whole.buffer, whole.byteOffset, 3), Buffer.alloc(0)]
    const [row] = await owner.sql<{ bytes: Buffer[] }[]>`select ${byteaArrayText(values)}::bytea[] as bytes`
    expect(row?.bytes.map((one) => one.toString('hex'))).toEqual(
      values.map((one) => Buffer.from(one).toString('hex')),
    )
  })
})
