import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { newDataKey, unwrapKek, wrapKek } from '@chartward/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Pkcs11Kms, type Pkcs11Settings } from './pkcs11.ts'

const run = promisify(execFile)
const HERE = 'here.example/chartward'
const PIN = '87654321'

/** Debian's package softhsm2. */
const MODULE = '/usr/lib/softhsm/libsofthsm2.so'

const isBuilt = (): boolean => {
  try {
    createRequire(import.meta.url)('pkcs11js')
    return true
  } catch {
    return false
  }
}
const absent = existsSync(MODULE)
  ? isBuilt()
    ? ''
    : ' (left out: pkcs11js is not built here; `pnpm build:pkcs11` builds it)'
  : ' (left out: softhsm2 is not installed here)'

let folder: string
const settings = (more: Partial<Pkcs11Settings> = {}): Pkcs11Settings => ({
  module: MODULE,
  token: 'chartward-test',
  key: 'root',
  pinFile: join(folder, 'pin'),
  patience: { attemptMs: 10_000, wholeMs: 20_000, pauseMs: 5 },
  ...more,
})
const kms = (more: Partial<Pkcs11Settings> = {}): Pkcs11Kms => new Pkcs11Kms(settings(more))

/** Makes an AES key in the token, as `pkcs11-tool --keygen` would. */
const addKey = async (label: string, mayDecrypt = true): Promise<void> => {
  const program = `
    const p = require('pkcs11js'), m = new p.PKCS11()
    m.load(${JSON.stringify(MODULE)}); m.C_Initialize()
    const slot = m.C_GetSlotList(true).find((one) => m.C_GetTokenInfo(one).label.trim() === 'chartward-test')
    const session = m.C_OpenSession(slot, p.CKF_SERIAL_SESSION | p.CKF_RW_SESSION)
    m.C_Login(session, p.CKU_USER, ${JSON.stringify(PIN)})
    m.C_GenerateKey(session, { mechanism: p.CKM_AES_KEY_GEN, parameter: null }, [
      { type: p.CKA_LABEL, value: ${JSON.stringify(label)} }, { type: p.CKA_TOKEN, value: true },
      { type: p.CKA_PRIVATE, value: true }, { type: p.CKA_SENSITIVE, value: true },
      { type: p.CKA_EXTRACTABLE, value: false }, { type: p.CKA_VALUE_LEN, value: 32 },
      { type: p.CKA_ENCRYPT, value: true }, { type: p.CKA_DECRYPT, value: ${mayDecrypt} },
    ])
    m.C_Finalize()`
  await run(process.execPath, ['-e', program], { cwd: import.meta.dirname })
}

describe.skipIf(absent !== '')(`a token that speaks PKCS #11${absent}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chartward-softhsm-'))
    mkdirSync(join(folder, 'tokens'))
    writeFileSync(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`)
    process.env.SOFTHSM2_CONF = join(folder, 'softhsm2.conf')
    const token = [
      '--init-token',
      '--free',
      '--label',
      'chartward-test',
      '--so-pin',
      '12345678',
      '--pin',
      PIN,
    ]
    await run('softhsm2-util', token)
    await addKey('root')
    await addKey('no-decrypt', false)
  })
  afterAll(async () => {
    delete process.env.SOFTHSM2_CONF
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(() => writeFileSync(join(folder, 'pin'), `${PIN}\n`, { mode: 0o600 }))

  it('unwraps what it wrapped, for this KEK and this installation', async () => {
    const [kek, other] = [newDataKey(randomUUID()), newDataKey(randomUUID())]
    const wrapped = await wrapKek(kms(), kek, HERE)
    expect(wrapped.includes(kek.key)).toBe(false)
    expect(await unwrapKek(kms(), kek.id, wrapped, HERE)).toEqual(kek)
    const refused = { code: 'unwrap-failed' }
    await expect(unwrapKek(kms(), other.id, wrapped, HERE)).rejects.toMatchObject(refused)
    await expect(unwrapKek(kms(), kek.id, wrapped, 'there.example/log')).rejects.toMatchObject(refused)
    wrapped[20] = (wrapped[20] ?? 0) ^ 1
    await expect(unwrapKek(kms(), kek.id, wrapped, HERE)).rejects.toMatchObject(refused)
    const short = wrapped.subarray(0, 20)
    await expect(unwrapKek(kms(), kek.id, short, HERE)).rejects.toMatchObject(refused)
  })

  it.each([
    ['its key is gone', { key: 'gone' }, 'disabled'],
    ['its token is gone', { token: 'gone' }, 'unreachable'],
    ['its library is gone', { module: '/nowhere/libnothing.so' }, 'not-built'],
  ])('says what is wrong where %s', async (_, more, code) => {
    const patience = { attemptMs: 10_000, wholeMs: 1, pauseMs: 1 }
    await expect(
      wrapKek(kms({ ...more, patience: { ...patience, wholeMs: 9000 } }), newDataKey(randomUUID()), HERE),
    ).rejects.toMatchObject({ code })
  })

  it('whose key may not decrypt any more counts as disabled', async () => {
    const disabled = kms({ key: 'no-decrypt' })
    const kek = newDataKey(randomUUID())
    const wrapped = await wrapKek(disabled, kek, HERE)
    await expect(unwrapKek(disabled, kek.id, wrapped, HERE)).rejects.toMatchObject({ code: 'disabled' })
  })

  it('is not asked again with a PIN that it refused, until the file holds another', async () => {
    const one = kms()
    const kek = newDataKey(randomUUID())
    writeFileSync(join(folder, 'pin'), '00000000\n')
    // As many as would lock a token.
    for (let time = 0; time < 12; time++)
      await expect(wrapKek(one, kek, HERE)).rejects.toMatchObject({ code: 'denied' })
    writeFileSync(join(folder, 'pin'), `${PIN}\n`)
    const wrapped = await wrapKek(one, kek, HERE)
    expect(await unwrapKek(one, kek.id, wrapped, HERE)).toEqual(kek)
  })

  it('that never answers hangs no start', async () => {
    const impatient = kms({ patience: { attemptMs: 1, wholeMs: 30, pauseMs: 1 } })
    await expect(wrapKek(impatient, newDataKey(randomUUID()), HERE)).rejects.toMatchObject({ code: 'late' })
  })
})
