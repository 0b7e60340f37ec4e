import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unwrapKek, wrapKek } from './kek.ts'
import { newDataKey } from './keys.ts'
import type { KmsProvider } from './kms.ts'
import { LocalKms } from './local-kms.ts'
import { PassphraseKms } from './passphrase-kms.ts'

const HERE = 'here.example/chartward'
const WORDS = 'correct horse battery staple, twice'
/** The least that is taken, so that a test costs little. */
const COST = { memory: 19_456, passes: 2, lanes: 1 }

let folder: string
let files = 0
const file = (): string => join(folder, `root-${files++}.key`)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartward-kek-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A provider whose answers are `answer`'s. */
const answering = (kms: KmsProvider, answer: () => Promise<Buffer>): KmsProvider => ({
  name: kms.name,
  named: () => undefined,
  wrap: (plain, place) => kms.wrap(plain, place),
  unwrap: answer,
})

describe.each([
  ['a file', async () => LocalKms.create(file())],
  ['a passphrase', async () => PassphraseKms.create(file(), WORDS, COST)],
] as const)('a KEK wrapped under the root of %s', (_, made) => {
  it('unwraps as itself, for its installation, and nowhere else', async () => {
    const kms = await made()
    const [kek, other] = [newDataKey(randomUUID()), newDataKey(randomUUID())]
    const wrapped = await wrapKek(kms, kek, HERE)
    expect(await unwrapKek(kms, kek.id, wrapped, HERE)).toEqual(kek)
    const refused = async (code: string, ...[id, bytes, where]: [string, Buffer, string]) =>
      expect(unwrapKek(kms, id, bytes, where)).rejects.toMatchObject({ code })
    await refused('kms-other-key', other.id, wrapped, HERE)
    await refused('kms-other-installation', kek.id, wrapped, 'there.example/chartward')
    await refused('unwrap-failed', kek.id, wrapped.subarray(0, -8), HERE)
    wrapped[9] = (wrapped[9] ?? 0) ^ 1
    await refused('unwrap-failed', kek.id, wrapped, HERE)
  })

  it('is not taken from a provider that answers with something else', async () => {
    const kms = await made()
    const [kek, other] = [newDataKey(randomUUID()), newDataKey(randomUUID())]
    const [wrapped, wrappedOther] = [await wrapKek(kms, kek, HERE), await wrapKek(kms, other, HERE)]
    const place = { installation: HERE, kekId: other.id }
    const lies: [string, () => Promise<Buffer>][] = [
      ['kms-other-key', () => kms.unwrap(wrappedOther, place)],
      ['kms-wrong-answer', async () => randomBytes(32)],
      ['kms-wrong-answer', async () => Buffer.alloc(0)],
      ['kms-other-installation', async () => randomBytes(80)],
    ]
    for (const [code, answer] of lies)
      await expect(unwrapKek(answering(kms, answer), kek.id, wrapped, HERE)).rejects.toMatchObject({ code })
  })

  it('is known by its root: no two roots have one name', async () => {
    const [one, two] = [await made(), await made()]
    expect(one.name).not.toBe(two.name)
    expect(one.named(one.name)).toBe(one)
    expect(one.named(two.name)).toBeUndefined()
  })
})

describe('a root under a passphrase', () => {
  it('opens again by the passphrase in any spelling of Unicode, and by no other', async () => {
    const at = file()
    const words = 'Zürich, Genève, Málaga und Kraków'
    const { name } = await PassphraseKms.create(at, words, COST)
    expect((await PassphraseKms.open(at, words.normalize('NFD'))).name).toBe(name)
    for (const wrong of ['', `${words}.`, words.toLowerCase()])
      await expect(PassphraseKms.open(at, wrong)).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })

  it('is made for no short passphrase, and never replaced', async () => {
    const at = file()
    await expect(PassphraseKms.create(at, 'x'.repeat(19), COST)).rejects.toMatchObject({
      code: 'invalid-argument',
    })
    await PassphraseKms.create(at, WORDS, COST)
    await expect(PassphraseKms.create(at, WORDS, COST)).rejects.toMatchObject({ code: 'key-file-exists' })
  })

  it('is refused where the file was changed, or is open to others', async () => {
    const at = file()
    await PassphraseKms.create(at, WORDS, COST)
    const text = readFileSync(at, 'latin1')
    expect(text).not.toContain(WORDS)
    const salt = /salt=(.)/.exec(text)?.[1] === '0' ? 'salt=1' : 'salt=0'
    const changed: [string, RegExp, string][] = [
      ['wrong-passphrase', /t=2/, 't=3'],
      ['wrong-passphrase', /salt=./, salt],
      ['key-file-invalid', /m=19456/, 'm=19455'],
      ['key-file-invalid', /m=19456/, 'm=99999999'],
      ['key-file-invalid', /argon2id/, 'argon2i'],
      ['key-file-invalid', /root=../, 'root='],
    ]
    for (const [code, from, to] of changed) {
      writeFileSync(at, text.replace(from, to))
      await expect(PassphraseKms.open(at, WORDS)).rejects.toMatchObject({ code })
    }
    writeFileSync(at, text)
    chmodSync(at, 0o640)
    await expect(PassphraseKms.open(at, WORDS)).rejects.toMatchObject({ code: 'key-file-permissions' })
  })
})
