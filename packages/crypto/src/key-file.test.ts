import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeyFile, readKeyFile, requirePrivateFile } from './key-file.ts'
import { LocalKms } from './local-kms.ts'
import { codeOf } from './testing/code-of.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartward-key-'))
  file = join(folder, 'root.key')
})
afterEach(() => rmSync(folder, { recursive: true }))

const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

describe('a key file', () => {
  it('holds the key in hex and is open to its owner alone, whatever the umask', () => {
    const key = randomBytes(32)
    createKeyFile(file, key)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'latin1')).toBe(`${key.toString('hex')}\n`)
    expect(readKeyFile(file, 32)).toEqual(key)
  })

  it('is read in either letter case and without its line feed', () => {
    const key = Buffer.alloc(32, 0xab)
    for (const text of [key.toString('hex'), `${key.toString('hex').toUpperCase()}\n`]) {
      writeFileSync(file, text, { mode: 0o600 })
      expect(readKeyFile(file, 32)).toEqual(key)
    }
  })

  it('is never overwritten', () => {
    createKeyFile(file, Buffer.alloc(32, 1))
    expect(codeOf(() => createKeyFile(file, Buffer.alloc(32, 2)))).toBe('key-file-exists')
    expect(readKeyFile(file, 32)).toEqual(Buffer.alloc(32, 1))
  })

  it('is not made through a link that points nowhere', () => {
    symlinkSync(join(folder, 'elsewhere'), file)
    expect(codeOf(() => createKeyFile(file, Buffer.alloc(32, 1)))).toBe('key-file-exists')
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false)
  })

  it('is made whole or not at all: what a killed process leaves beside it stands in nobody’s way', () => {
    writeFileSync(`${file}.0123456789abcdef.tmp`, '', { mode: 0o600 })
    createKeyFile(file, Buffer.alloc(32, 1))
    expect(readKeyFile(file, 32)).toEqual(Buffer.alloc(32, 1))
    expect(codeOf(() => createKeyFile(file, Buffer.alloc(32, 2)))).toBe('key-file-exists')
    expect(readdirSync(folder).sort()).toEqual(['root.key', 'root.key.0123456789abcdef.tmp'])
  })

  it('never has its name before it is whole, whenever the process is killed', async () => {
    const create = `import { createKeyFile } from ${JSON.stringify(new URL('./key-file.ts', import.meta.url).href)}
      for (let i = 0; ; i += 1) createKeyFile(${JSON.stringify(file)} + i, Buffer.alloc(32, 1))`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', create], { stdio: 'ignore' })
    const exited = once(child, 'exit')
    await vi.waitFor(() => expect(readdirSync(folder).length).toBeGreaterThan(20), { timeout: 60_000 })
    child.kill('SIGKILL')
    await exited
    const made = readdirSync(folder).filter((name) => !name.endsWith('.tmp'))
    for (const name of made) expect(readKeyFile(join(folder, name), 32)).toEqual(Buffer.alloc(32, 1))
  })

  it('that is empty is said to be so, with what to do', () => {
    writeFileSync(file, '', { mode: 0o600 })
    expect(codeOf(() => readKeyFile(file, 32))).toBe('key-file-invalid')
    expect(messageOf(() => readKeyFile(file, 32))).toContain('is empty, so it never held a key: delete it')
  })

  it('is reported missing, and so is its folder', () => {
    expect(codeOf(() => readKeyFile(file, 32))).toBe('key-file-missing')
    expect(codeOf(() => createKeyFile(join(folder, 'no', 'root.key'), randomBytes(32)))).toBe(
      'key-file-missing',
    )
  })

  it('is refused with any right for group or others, to root too, and says how to mend it', () => {
    createKeyFile(file, randomBytes(32))
    for (const bit of [0o040, 0o020, 0o010, 0o004, 0o002, 0o001]) {
      chmodSync(file, 0o600 | bit)
      expect(codeOf(() => readKeyFile(file, 32))).toBe('key-file-permissions')
    }
    expect(messageOf(() => readKeyFile(file, 32))).toContain(`chmod 600 ${file}`)
    chmodSync(file, 0o400)
    expect(readKeyFile(file, 32)).toHaveLength(32)
  })

  it('is refused when another account owns it, to root too', () => {
    const isFile = () => true
    for (const [owner, self] of [
      [1000, 0],
      [0, 1000],
      [1000, 1001],
    ] as const) {
      expect(codeOf(() => requirePrivateFile(file, { isFile, uid: owner, mode: 0o100600 }, self))).toBe(
        'key-file-permissions',
      )
    }
    expect(codeOf(() => requirePrivateFile(file, { isFile, uid: 1000, mode: 0o100600 }, 1000))).toBe('none')
  })

  it.skipIf(process.getuid?.() !== 0)('given to another account is refused (only root can give it)', () => {
    createKeyFile(file, randomBytes(32))
    chownSync(file, 65534, 65534)
    expect(codeOf(() => readKeyFile(file, 32))).toBe('key-file-permissions')
  })

  it('is refused where it is a link, a folder or a device', () => {
    createKeyFile(file, randomBytes(32))
    const link = join(folder, 'link.key')
    symlinkSync(file, link)
    mkdirSync(join(folder, 'folder.key'))
    for (const path of [link, join(folder, 'folder.key'), '/dev/null']) {
      expect(codeOf(() => readKeyFile(path, 32))).toBe('key-file-invalid')
    }
  })

  it('is refused with any other length or content, and the message repeats none of it', () => {
    const good = 'ab'.repeat(32)
    const texts = [
      '',
      '\n',
      good.slice(2),
      good.slice(1),
      `${good}ab`,
      `${good}\n\n`,
      `${good}\r\n`,
      ` ${good}`,
      `${good.slice(1)}g`,
      `${'x'.repeat(10_000)}`,
    ]
    for (const text of texts) {
      writeFileSync(file, text, { mode: 0o600 })
      expect(codeOf(() => readKeyFile(file, 32))).toBe('key-file-invalid')
      expect(messageOf(() => readKeyFile(file, 32))).not.toMatch(/abab|xxxx/)
    }
  })
})

const PLACE = { installation: 'test.invalid/log', kekId: randomUUID() }

describe('the local KMS', () => {
  it('unwraps after a restart what it wrapped before', async () => {
    const kek = randomBytes(32)
    const wrapped = await LocalKms.create(file).wrap(kek, PLACE)
    expect(await LocalKms.open(file).unwrap(wrapped, PLACE)).toEqual(kek)
  })

  it('does not unwrap what another root wrapped, or what was changed', async () => {
    const wrapped = await LocalKms.create(file).wrap(randomBytes(32), PLACE)
    const other = LocalKms.create(join(folder, 'other.key'))
    await expect(other.unwrap(wrapped, PLACE)).rejects.toMatchObject({ code: 'unwrap-failed' })
    wrapped[5] = (wrapped[5] ?? 0) ^ 1
    await expect(LocalKms.open(file).unwrap(wrapped, PLACE)).rejects.toMatchObject({ code: 'unwrap-failed' })
  })

  it('never replaces a root key, and opens no file that others can read', () => {
    LocalKms.create(file)
    expect(codeOf(() => LocalKms.create(file))).toBe('key-file-exists')
    chmodSync(file, 0o644)
    expect(codeOf(() => LocalKms.open(file))).toBe('key-file-permissions')
  })

  it('refuses a root key of zeros', () => {
    createKeyFile(file, Buffer.alloc(32))
    expect(codeOf(() => LocalKms.open(file))).toBe('key-wiped')
  })

  it('shows its root key to no serialiser', () => {
    const kms = LocalKms.create(file)
    const root = readFileSync(file, 'latin1').trim()
    expect(JSON.stringify(kms)).toMatch(/^{"name":"local\/[0-9a-f]{16}"}$/)
    expect(JSON.stringify(Object.getOwnPropertyDescriptors(kms))).not.toContain(root)
  })
})
