import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, it } from 'vitest'
import { decryptWith, encryptTo } from './age.ts'

let identity: string
let recipient: string
beforeAll(async () => {
  identity = await generateX25519Identity()
  recipient = await identityToRecipient(identity)
})

const through = async (
  transform: NodeJS.ReadWriteStream,
  bytes: Uint8Array,
  piece = 1000,
): Promise<Buffer> => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, i) =>
    Buffer.from(bytes.subarray(i * piece, (i + 1) * piece)),
  )
  const out: Buffer[] = []
  await pipeline(Readable.from(pieces), transform, async (source) => {
    for await (const chunk of source) out.push(Buffer.from(chunk))
  })
  return Buffer.concat(out)
}

const SIZES = [0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 3 * 64 * 1024, 300_001]

describe('what is encrypted to a public key', () => {
  it.each(SIZES)('is read by age-encryption, of %i bytes', async (size) => {
    const plain = randomBytes(size)
    const file = await through(await encryptTo([recipient]), plain)
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    expect(Buffer.from(await decrypter.decrypt(file))).toEqual(plain)
  })

  it.each(SIZES)('and what age-encryption has written is read, of %i bytes', async (size) => {
    const plain = randomBytes(size)
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    const file = await encrypter.encrypt(plain)
    expect(await through(decryptWith([identity]), file, 70_000)).toEqual(plain)
  })

  it('is opened by each of its recipients, and by nobody else', async () => {
    const other = await generateX25519Identity()
    const file = await through(
      await encryptTo([recipient, await identityToRecipient(other)]),
      Buffer.from('x'),
    )
    expect((await through(decryptWith([other]), file)).toString()).toBe('x')
    const stranger = await generateX25519Identity()
    await expect(through(decryptWith([stranger]), file)).rejects.toMatchObject({ code: 'wrong-key' })
    await expect(through(decryptWith(['AGE-SECRET-KEY-1NONE']), file)).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })

  it('is refused where a recipient is none', async () => {
    await expect(encryptTo(['age1none'])).rejects.toMatchObject({ code: 'no-recipient' })
  })

  it('is refused where a bit is another, or the end is missing, wherever that is', async () => {
    const file = await through(await encryptTo([recipient]), randomBytes(150_000))
    for (const at of [30, 150, 250, 70_000, file.length - 1]) {
      const flipped = Buffer.from(file)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      await expect(through(decryptWith([identity]), flipped)).rejects.toMatchObject({ name: 'BackupError' })
    }
    for (const length of [0, 20, 170, 65_000, file.length - 20_000, file.length - 1])
      await expect(through(decryptWith([identity]), file.subarray(0, length))).rejects.toMatchObject({
        name: 'BackupError',
      })
  })
})
