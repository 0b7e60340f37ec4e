import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalKms } from '@chartward/crypto'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { install } from '../../composition/install.ts'
import { createKeyFiles } from '../../keys/key-files.ts'
import { requireDemo } from './require-demo.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'chartward-dev-'))
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const check = () => requireDemo({ app: database.url('chartward_app') })

const installAs = (mode: 'demo' | 'production') =>
  install(database.open('chartward_app', 2), LocalKms.open(createKeyFiles(folder).kms), {
    mode,
    logOrigin: 'test.invalid/log',
  })

describe('development', () => {
  it('is refused for a production installation', async () => {
    await installAs('production')
    await expect(check()).rejects.toThrow('This is a production installation')
  })

  it('goes on with a demo, with a database that is nothing yet, and with one that has no table', async () => {
    await check()
    await installAs('demo')
    await check()
    await database.open('chartward_owner', 1).sql`drop table installation`
    await check()
  })
})
