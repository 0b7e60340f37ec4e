import { createHash, randomBytes } from 'node:crypto'
import { zipStream } from '@chartward/deid/records'
import { describe, expect, it } from 'vitest'
import { unzip } from './unzip.ts'

type Files = ReadonlyMap<string, Buffer>

const filesOf = (noise: number): Files =>
  new Map([
    ['empty.ndjson', Buffer.alloc(0)],
    ['text.csv', Buffer.from('a,b\r\n1,2\r\n'.repeat(50_000))],
    ['noise.bin', randomBytes(noise)],
    ['last.json', Buffer.from('{}')],
  ])

const zipped = async (files: Files): Promise<Buffer> => {
  async function* entries() {
    for (const [name, bytes] of files) yield { name, chunks: slices(bytes, 10_000) }
  }
  const parts: Uint8Array[] = []
  for await (const part of zipStream(entries())) parts.push(part)
  return Buffer.concat(parts)
}

async function* slices(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const digestsOf = async (source: AsyncIterable<Uint8Array>): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  for await (const { name, bytes } of unzip(source)) {
    const hash = createHash('sha256')
    for await (const chunk of bytes) hash.update(chunk)
    found.set(name, hash.digest('hex'))
  }
  return found
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const expectedOf = (files: Files): Map<string, string> =>
  new Map([...files].map(([name, bytes]) => [name, digest(bytes)]))

describe('reading a ZIP as it comes', () => {
  it.each([
    [1, 3_000],
    [7, 30_000],
    [1000, 300_000],
    [65_536, 300_000],
    [1 << 20, 300_000],
  ])('gives every file back, in slices of %i bytes', async (size, noise) => {
    const files = filesOf(noise)
    expect(await digestsOf(slices(await zipped(files), size))).toEqual(expectedOf(files))
  })

  it('refuses a ZIP that is cut short anywhere before its directory', async () => {
    const zip = await zipped(filesOf(100_000))
    const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    for (const length of [0, 3, 29, 40, 1000, Math.floor(directory / 2), directory - 20, directory - 1])
      await expect(digestsOf(slices(zip.subarray(0, length), 500)), String(length)).rejects.toThrow('damaged')
  })

  it('refuses a changed byte of the data, of its sum and of its size', async () => {
    const zip = await zipped(filesOf(100_000))
    const descriptor = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 7, 8]))
    const data = zip.indexOf('text.csv') + 'text.csv'.length
    for (const at of [data + 10, data + 100, descriptor, descriptor + 4, descriptor + 8, descriptor + 12]) {
      const changed = Buffer.from(zip)
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(digestsOf(slices(changed, 5000)), String(at)).rejects.toThrow('damaged')
    }
  })
})
