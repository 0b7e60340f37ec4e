import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { type Database, openDatabase } from '../database.ts'
import type { DatabaseRole } from '../embedded/server.ts'

/** A database of a test file's own, copied from the migrated template. */
export interface TestDatabase {
  readonly name: string
  url(login: DatabaseRole | 'chartward_owner'): string
  open(role: DatabaseRole | 'chartward_owner', connections?: number): Database
  drop(): Promise<void>
}

/**
 * The environment variable by which the global set-up hands the server's URLs to the test files' processes.
 */
export const TEST_SERVER = 'CHARTWARD_TEST_SERVER'

export interface TestServer {
  /** URL of each login, with the database left out at the end. */
  readonly logins: Readonly<Record<string, string>>
  readonly roleByParameter: boolean
  readonly template: string
  readonly folder: string | null
}

export const testServer = (): TestServer => {
  const handed = process.env[TEST_SERVER]
  if (handed === undefined)
    throw new Error('No test server: vitest.config.ts must name the global set-up of @chartward/db')
  return JSON.parse(handed)
}

/**
 * Makes a database from the template, or an empty one. Each test file makes its own and drops it in the end.
 */
export const createTestDatabase = async (from: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> => {
  const server = testServer()
  const name = `test_${randomBytes(6).toString('hex')}`
  const owner = postgres(`${server.logins.chartward_owner}/postgres`, { max: 1, onnotice: () => undefined })
  await owner.unsafe(`create database ${name} template ${from === 'empty' ? 'template0' : server.template}`)
  await owner.end()
  const url = (login: DatabaseRole | 'chartward_owner') => `${server.logins[login]}/${name}`
  const opened: Database[] = []
  return {
    name,
    url,
    open: (role, connections = 5) => {
      const asRole = server.roleByParameter && role !== 'chartward_owner' ? { role } : {}
      const database = openDatabase({ url: url(role), connections, name: 'test', ...asRole })
      opened.push(database)
      return database
    },
    drop: async () => {
      for (const database of opened) await database.close()
      const admin = postgres(`${server.logins.chartward_owner}/postgres`, {
        max: 1,
        onnotice: () => undefined,
      })
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

/**
 * Brings the empty database at `url` to what it was after the first `entries` entries of the migrations'
 * journal, as an earlier version left it.
 */
export const applyEarlierMigrations = async (url: string, entries: number): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'chartward-migrations-'))
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await cp(fileURLToPath(new URL('../migrations', import.meta.url)), folder, { recursive: true })
    const journalFile = join(folder, 'meta', '_journal.json')
    const journal: { entries: unknown[] } = JSON.parse(await readFile(journalFile, 'utf8'))
    await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, entries) }))
    await applyMigrations(drizzle(sql), { migrationsFolder: folder })
  } finally {
    await sql.end({ timeout: 5 })
    await rm(folder, { recursive: true, force: true })
  }
}
