import { randomBytes } from 'node:crypto'
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

/** Makes a database from the template. Each test file makes its own and drops it in the end. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const server = testServer()
  const name = `test_${randomBytes(6).toString('hex')}`
  const owner = postgres(`${server.logins.chartward_owner}/postgres`, { max: 1, onnotice: () => undefined })
  await owner.unsafe(`create database ${name} template ${server.template}`)
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
