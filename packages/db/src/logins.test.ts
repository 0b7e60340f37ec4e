import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareCatalog } from './catalog/compare-catalog.ts'
import { readManifest } from './catalog/manifest.ts'
import { readCatalog } from './catalog/read-catalog.ts'
import { DATABASE_ROLES, type EmbeddedServer, startEmbedded } from './embedded/server.ts'
import { migrate } from './migrate.ts'

const LOGINS = fileURLToPath(new URL('../../../deploy/postgresql/logins.sql', import.meta.url))
const PASSWORD = 'of-this-test-only'

let folder: string
let server: EmbeddedServer

const urlOf = (login: string, database = 'chartward') =>
  `postgres://${login}:${PASSWORD}@127.0.0.1:${server.port}/${database}`

const asOne = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** A server as an operator gets it: a superuser, and nothing of ours. */
const emptyServer = async (): Promise<void> => {
  await asOne(server.url('chartward_owner', 'postgres'), (sql) =>
    sql.unsafe(`create role operator superuser login password '${PASSWORD}'`),
  )
  await asOne(urlOf('operator', 'postgres'), async (sql) => {
    await sql.unsafe('drop database chartward with (force)')
    for (const role of DATABASE_ROLES) await sql.unsafe(`drop role ${role}`)
    // The role that made the cluster can't be dropped.
    await sql.unsafe('alter role chartward_owner rename to of_the_cluster')
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-logins-'))
  server = await startEmbedded(folder)
  await emptyServer()
  const file = (await readFile(LOGINS, 'utf8')).replaceAll(/^--.*$/gm, '')
  await asOne(urlOf('operator', 'postgres'), async (sql) => {
    // One at a time, as psql sends them: CREATE DATABASE can't stand in a transaction.
    for (const statement of file.split(';').filter((text) => text.trim() !== '')) await sql.unsafe(statement)
    for (const role of ['chartward_owner', ...DATABASE_ROLES])
      await sql.unsafe(`alter role ${role} password '${PASSWORD}'`)
  })
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the logins of deploy/postgresql/logins.sql', () => {
  it('are enough for the migration, which makes no role and needs no superuser', async () => {
    await migrate(urlOf('chartward_owner'))
    const [row] = await asOne(
      urlOf('chartward_app'),
      (sql) => sql<{ n: number }[]>`select count(*)::int as n from installation`,
    )
    expect(row?.n).toBe(0)
  })

  it('leave a database that is what the manifest says, whoever asks', async () => {
    for (const login of DATABASE_ROLES) {
      const rows = await asOne(urlOf(login), (sql) => readCatalog({ sql }))
      expect(compareCatalog(rows, readManifest())).toEqual([])
    }
  })

  it.each(['chartward_owner', ...DATABASE_ROLES])('%s makes no role and no database', async (login) => {
    await asOne(urlOf(login), async (sql) => {
      await expect(sql.unsafe('create role another')).rejects.toMatchObject({ code: '42501' })
      await expect(sql.unsafe('create database another')).rejects.toMatchObject({ code: '42501' })
    })
  })

  it.each(DATABASE_ROLES)('%s is kept off what is the owner’s', async (login) => {
    await asOne(urlOf(login), async (sql) => {
      await expect(sql.unsafe('create table mine (id int)')).rejects.toMatchObject({ code: '42501' })
      await expect(sql.unsafe('drop table records')).rejects.toMatchObject({ code: '42501' })
      await expect(sql.unsafe(`alter table records disable row level security`)).rejects.toMatchObject({
        code: '42501',
      })
    })
  })

  it('keep statements and their parameters out of the server’s log', async () => {
    const shown = await asOne(urlOf('chartward_app'), async (sql) => {
      const names = ['log_min_error_statement', 'log_parameter_max_length_on_error', 'log_statement']
      const rows = []
      for (const name of names) rows.push(...(await sql.unsafe(`show ${name}`)))
      return rows.flatMap((row) => Object.values(row))
    })
    expect(shown).toEqual(['panic', '0', 'none'])
  })
})
