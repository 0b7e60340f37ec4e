import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  KEY_TABLES,
  LEFT_OUT,
  LOG_TABLES,
  PATIENT_TABLE_NAMES,
  PATIENT_TABLES,
  WHOLE_TABLES,
} from './tables.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const tables = async (where = 'true'): Promise<string[]> => {
  const rows = await db.open('chartward_owner', 1).sql.unsafe<{ name: string }[]>(`
    select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relispartition and ${where} order by 1`)
  return rows.map(({ name }) => name)
}

const HELD = [...PATIENT_TABLE_NAMES, ...LOG_TABLES, ...WHOLE_TABLES]

describe('what a backup does with a table', () => {
  it('is decided for each, once', async () => {
    const decided = [...HELD, ...KEY_TABLES, ...Object.keys(LEFT_OUT)]
    expect(decided.toSorted()).toEqual(await tables())
  })

  it('is what its login may read, and nothing else: no key, and no extract', async () => {
    const readable = await tables(`has_table_privilege('chartward_backup', c.oid, 'SELECT')`)
    // Entries that wait are queued anew by their ids.
    const pending = ['audit_pending_0', 'audit_pending_1', 'audit_pending_2']
    // Worked out anew, and read by nobody for a backup but the verifier's catalog.
    expect(readable.filter((name) => name !== 'audit_nodes')).toEqual([...HELD, ...pending].toSorted())
    for (const table of [...KEY_TABLES, 'release_chunks', 'upload_pieces', 'mails'])
      await expect(
        db.open('chartward_backup', 1).sql`select * from ${db.open('chartward_backup', 1).sql(table)}`,
      ).rejects.toMatchObject({
        code: '42501',
      })
  })

  it('by a login that writes nothing', async () => {
    for (const right of ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'])
      expect(await tables(`has_table_privilege('chartward_backup', c.oid, '${right}')`)).toEqual([])
  })

  it('goes by patient where the rows are a patient’s and belong together', async () => {
    for (const [table, column] of Object.entries(PATIENT_TABLES)) {
      const [found] = await db.open('chartward_owner', 1).sql<{ first: string }[]>`
        select a.attname as first from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = ${table}::regclass and i.indisprimary`
      expect([table, found?.first]).toEqual([table, column])
    }
  })
})
