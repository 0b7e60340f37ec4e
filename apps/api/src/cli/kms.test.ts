import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@chartward/db'
import { createTestDatabase, type TestDatabase, testServer } from '@chartward/db/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startVault, TOKEN, type VaultServer } from '../keys/kms/testing/vault-server.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
const ADA = 'Ada Byron <ada@clinic.example>'
const BEN = 'Ben Brown <ben@clinic.example>'

let database: TestDatabase
let owner: Database
let folder: string
let vault: VaultServer

beforeAll(async () => {
  database = await createTestDatabase()
  owner = database.open('chartward_owner', 1)
  folder = await mkdtemp(join(tmpdir(), 'chartward-cli-kms-'))
  vault = await startVault()
})
afterAll(async () => {
  await vault.stop()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const secret = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, `${text}\n`, { mode: 0o600 })
  return file
}
const PASSPHRASE = 'eight old windmills by the river'
let passphrase: Record<string, string>
let transit: Record<string, string>
beforeEach(() => {
  passphrase = { CHARTWARD_KMS: 'passphrase', CHARTWARD_KMS_SECRET_FILE: secret('words', PASSPHRASE) }
  transit = {
    CHARTWARD_KMS: `vault:${vault.url.origin}/transit/chartward`,
    CHARTWARD_KMS_SECRET_FILE: secret('token', TOKEN),
  }
})
/** The same settings as those of the key store that keys are moved to. */
const next = (settings: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name.replace('CHARTWARD_KMS', 'CHARTWARD_KMS_NEXT'),
      value,
    ]),
  )

const chartward = async (settings: Record<string, string>, ...args: string[]) => {
  const url = (login: 'chartward_app' | 'chartward_owner') =>
    `${database.url(login)}${testServer().roleByParameter && login !== 'chartward_owner' ? `?role=${login}` : ''}`
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: {
      DATABASE_URL: url('chartward_app'),
      CHARTWARD_OWNER_DATABASE_URL: url('chartward_owner'),
      CHARTWARD_KEYS: join(folder, 'keys'),
      CHARTWARD_DATA: folder,
      CHARTWARD_OUTBOUND_PRIVATE: '127.0.0.1',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, text }
}

/** What opens the keys and then finds that there is nothing to do. */
const opens = (settings: Record<string, string>) =>
  chartward(settings, 'init', '--admin', ADA, '--admin', BEN)

const providers = async (): Promise<string[]> =>
  (await owner.sql<{ provider: string }[]>`select provider from keks`).map(({ provider }) => provider)

describe('an installation whose root is under a passphrase', () => {
  it('is set up without a key file that opens anything by itself', async () => {
    expect(await opens(passphrase)).toMatchObject({ code: 0 })
    expect(existsSync(join(folder, 'keys/kms.passphrase'))).toBe(true)
    expect(existsSync(join(folder, 'keys/kms.key'))).toBe(false)
    expect((await providers()).every((name) => name.startsWith('passphrase/'))).toBe(true)
  })

  it('is not opened by a wrong one, nor without any, and says what to do', async () => {
    const wrong = {
      ...passphrase,
      CHARTWARD_KMS_SECRET_FILE: secret('wrong', 'eight old windmills by the sea'),
    }
    expect(await opens(wrong)).toMatchObject({
      code: 1,
      text: expect.stringContaining('does not open by this passphrase'),
    })
    expect(await opens({ CHARTWARD_KMS: 'passphrase' })).toMatchObject({
      code: 1,
      text: expect.stringContaining('no terminal to ask'),
    })
    expect(await opens({})).toMatchObject({
      code: 1,
      text: expect.stringContaining('kms.key does not exist'),
    })
    expect(await opens(passphrase)).toMatchObject({ code: 0 })
  })
})

describe('chartward keys move', () => {
  it('says what it needs, and changes nothing where the new key store is not to be had', async () => {
    const before = await providers()
    expect(await chartward(passphrase, 'keys', 'move')).toMatchObject({
      code: 1,
      text: expect.stringContaining('Set CHARTWARD_KMS_NEXT'),
    })
    expect(await chartward({ ...passphrase, ...next(passphrase) }, 'keys', 'move')).toMatchObject({
      code: 1,
      text: expect.stringContaining('the same key'),
    })
    vault.token = 'another'
    expect(await chartward({ ...passphrase, ...next(transit) }, 'keys', 'move')).toMatchObject({
      code: 1,
      text: expect.stringContaining('refuses'),
    })
    vault.token = TOKEN
    expect(await providers()).toEqual(before)
  })

  it('leaves an installation that opens by the new key store alone', async () => {
    const moved = await chartward({ ...passphrase, ...next(transit) }, 'keys', 'move', '--operator', 'Ada')
    expect(moved).toMatchObject({ code: 0, text: expect.stringContaining('1 of 1 KEKs were wrapped anew') })
    expect((await providers()).every((name) => name.startsWith('vault/'))).toBe(true)
    expect(await chartward({ ...passphrase, ...next(transit) }, 'keys', 'move')).toMatchObject({
      code: 0,
      text: expect.stringContaining('0 of 1'),
    })
    expect(await opens(transit)).toMatchObject({ code: 0 })
    expect(await opens(passphrase)).toMatchObject({
      code: 1,
      text: expect.stringContaining('not set up with'),
    })
    expect(await opens({ ...passphrase, ...next(transit) })).toMatchObject({ code: 0 })
  })

  it('and a start without the key store end with a sentence, and not with a secret', async () => {
    vault.trouble = 'hang-up'
    const { code, text } = await opens(transit)
    vault.trouble = null
    expect(code).toBe(1)
    expect(text).toContain('can not be reached')
    expect(text).not.toContain(TOKEN)
  })
})
