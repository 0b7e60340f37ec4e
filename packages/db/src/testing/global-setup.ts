import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { DATABASE_ROLES, startEmbedded } from '../embedded/server.ts'
import { migrate } from '../migrate.ts'
import { TEST_SERVER, type TestServer } from './test-database.ts'

/**
 * vitest's global set-up: one server for the run (embedded, or that of DATABASE_URL) with a migrated
 * template database. Where whoever runs several of them has made a server already, it is that one.
 */
export default async (): Promise<() => Promise<void>> => {
  if (process.env[TEST_SERVER] !== undefined) return async () => undefined
  const given = process.env.DATABASE_URL
  const template = `template_${randomBytes(6).toString('hex')}`
  const logins: Record<string, string> = {}
  let folder: string | null = null
  let stop: () => Promise<void> = async () => undefined
  if (given === undefined || given === '') {
    folder = await mkdtemp(join(tmpdir(), 'chartward-test-'))
    // Durability is what a crash of the machine tests; these tests kill processes, and the server
    // outlives them.
    const server = await startEmbedded(folder, [
      'fsync=off',
      'full_page_writes=off',
      'wal_level=minimal',
      'max_wal_senders=0',
    ])
    for (const login of [...DATABASE_ROLES, 'chartward_owner'] as const) {
      logins[login] = server.url(login, '').replace(/\/$/, '')
    }
    const made = folder
    stop = async () => {
      await server.stop()
      await rm(made, { recursive: true, force: true })
    }
  } else {
    const base = given.replace(/\/[^/]*$/, '')
    for (const login of [...DATABASE_ROLES, 'chartward_owner']) logins[login] = base
  }
  const admin = postgres(`${logins.chartward_owner}/postgres`, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database ${template}`)
  await migrate(`${logins.chartward_owner}/${template}`)
  const handed: TestServer = { logins, roleByParameter: folder === null, template, folder }
  process.env[TEST_SERVER] = JSON.stringify(handed)
  return async () => {
    await admin.unsafe(`drop database ${template} with (force)`)
    await admin.end()
    await stop()
  }
}
