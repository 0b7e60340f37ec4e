import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type ZipEntry, zipStream } from './zip.ts'

async function* chunksOf(...chunks: (string | Uint8Array)[]) {
  yield* chunks
}

const pack = async (entries: Iterable<ZipEntry>, options = {}): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of zipStream(entries, options)) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

describe('a ZIP of files', () => {
  it('is read back: texts, bytes, an empty file, chunks that part a character', async () => {
    const emoji = new TextEncoder().encode('🩺')
    const zip = await pack([
      { name: 'Patient.csv', chunks: chunksOf('id,', 'x\r\n', 'é🩺') },
      { name: 'empty.csv', chunks: chunksOf() },
      { name: 'part.csv', chunks: chunksOf(emoji.slice(0, 2), '', emoji.slice(2)) },
    ])
    const files = unzipSync(zip)
    expect(Object.keys(files)).toEqual(['Patient.csv', 'empty.csv', 'part.csv'])
    expect(Object.values(files).map((bytes) => strFromU8(bytes))).toEqual(['id,x\r\né🩺', '', '🩺'])
  })

  it('gives the same bytes for the same files', async () => {
    const entries = () => [{ name: 'a.csv', chunks: chunksOf('a'.repeat(1000)) }]
    expect(Buffer.compare(await pack(entries()), await pack(entries()))).toBe(0)
  })

  it('comes while its files are being made, and holds none of them whole', async () => {
    let made = 0
    async function* long() {
      for (; made < 200; made++) yield crypto.getRandomValues(new Uint8Array(60_000))
    }
    const zip = zipStream([{ name: 'long.bin', chunks: long() }])
    let size = 0
    for await (const chunk of zip) {
      size += chunk.length
      expect(made * 60_000 - size).toBeLessThan(1_000_000)
    }
    expect(made).toBe(200)
  })

  it.each(['', '../x', 'a/b', 'C:\\x', '.hidden', 'x'.repeat(101), 'a b', 'é.csv'])(
    'refuses the name %j',
    async (name) => {
      await expect(pack([{ name, chunks: chunksOf() }])).rejects.toMatchObject({ code: 'bad-file-name' })
    },
  )

  it('refuses one name twice, in other case too', async () => {
    const entries = ['a.csv', 'A.csv'].map((name) => ({ name, chunks: chunksOf() }))
    await expect(pack(entries)).rejects.toMatchObject({ code: 'bad-file-name' })
  })

  it('refuses what it could not describe: a file or a ZIP over the limit', async () => {
    const large = [{ name: 'a.csv', chunks: chunksOf('a'.repeat(600), 'a'.repeat(600)) }]
    await expect(pack(large, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'file-too-large' })
    const random = () => chunksOf(crypto.getRandomValues(new Uint8Array(600)))
    const many = [
      { name: 'a.bin', chunks: random() },
      { name: 'b.bin', chunks: random() },
    ]
    await expect(pack(many, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'file-too-large' })
  })

  it('a file that fails fails the ZIP', async () => {
    async function* broken() {
      yield 'a'
      throw new RangeError('broken')
    }
    await expect(pack([{ name: 'a.csv', chunks: broken() }])).rejects.toThrow(RangeError)
  })
})
