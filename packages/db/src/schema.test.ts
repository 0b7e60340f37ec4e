import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database.ts'
import * as schema from './schema/index.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'

/**
 * The migrated database against the schema that the code is written to: a column that one lacks is a fault of
 * the migrations.
 */
let db: TestDatabase
let owner: Database

beforeAll(async () => {
  db = await createTestDatabase()
  owner = db.open('chartward_owner')
})
afterAll(() => db.drop())

const tables = Object.values(schema).filter((value) => is(value, PgTable))

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const declared = (table: PgTable) =>
  Object.entries(getTableColumns(table))
    .map(([key, column]) => ({
      name: column.name === key ? snake(key) : column.name,
      type: column.getSQLType().replace(/ \((\d)\)/, '($1)'),
      required: column.notNull,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

const migrated = (table: string) => owner.sql`
  select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required
  from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attname collate "C"`

describe('the migrations', () => {
  it.each(tables.map((table) => [getTableName(table), table] as const))(
    'make %s as it is declared',
    async (name, table) => {
      expect((await migrated(name)).map((row) => ({ ...row }))).toEqual(declared(table))
      const rows =
        await owner.sql`select indexrelid::regclass::text as name from pg_index where indrelid = ${name}::regclass`
      const indexes = rows.map((row) => row.name)
      for (const { config } of getTableConfig(table).indexes) expect(indexes).toContain(config.name)
      const checks =
        await owner.sql`select conname as name from pg_constraint where conrelid = ${name}::regclass and contype = 'c'`
      expect(checks.map((row) => row.name).toSorted()).toEqual(
        getTableConfig(table)
          .checks.map((check) => check.name)
          .toSorted(),
      )
    },
  )

  it('make no table that is not declared', async () => {
    const rows = await owner.sql`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`
    expect(rows.map((row) => row.name).toSorted()).toEqual(tables.map(getTableName).toSorted())
  })
})
