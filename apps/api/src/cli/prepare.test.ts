import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@chartward/db'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installOnce } from './prepare.ts'

let database: TestDatabase
let owner: Database
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  owner = database.open('chartward_owner', 1)
  folder = await mkdtemp(join(tmpdir(), 'chartward-prepare-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const run = () => {
  const databases = {
    owner: database.url('chartward_owner'),
    app: database.url('chartward_app'),
    sequencer: database.url('chartward_sequencer'),
    auditor: database.url('chartward_auditor'),
    rekey: database.url('chartward_rekey'),
    backup: database.url('chartward_backup'),
    embedded: null,
  }
  return installOnce(databases, folder, { mode: 'production', logOrigin: 'test.invalid/log' })
}

const keys = async (): Promise<string[]> =>
  (
    await owner.sql<{ id: string }[]>`select id from keks union all select id from system_keys order by id`
  ).map(({ id }) => id)
const logged = async (): Promise<string[]> =>
  (
    await owner.sql<{ id: string }[]>`
      select resource_id as id from audit_entries where action = 'key.created' order by resource_id`
  ).map(({ id }) => id)

describe('installing', () => {
  it('makes no key whose audit entry can not be written', async () => {
    await owner.sql`revoke insert on audit_entries from chartward_app`
    await expect(run()).rejects.toThrow()
    await owner.sql`grant insert on audit_entries to chartward_app`
    expect(await keys()).toEqual([])
  })

  it('puts each key into the log with it, once', async () => {
    await run()
    expect((await keys()).length).toBeGreaterThan(5)
    expect(await logged()).toEqual(await keys())
    await run()
    expect(await logged()).toEqual(await keys())
  })
})
