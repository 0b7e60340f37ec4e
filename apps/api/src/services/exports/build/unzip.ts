import { crc32, createInflateRaw } from 'node:zlib'

export interface UnzippedEntry {
  readonly name: string
  /** Has to be read to its end before the next entry is asked for. */
  readonly bytes: AsyncGenerator<Buffer, void, undefined>
}

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const DESCRIPTOR = 0x08074b50
const LOCAL_HEADER_BYTES = 30
const DESCRIPTOR_BYTES = 16
const DEFLATE = 8
/** Flag bit 3: sizes and CRC follow the data. */
const HAS_DESCRIPTOR = 0x8
/** As much goes into the inflater at once: what comes out of it stays small. */
const SLICE = 64 * 1024

const damaged = (): Error => new Error('the ZIP is damaged')

class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async #fill(bytes: number): Promise<void> {
    while (this.#held.length < bytes) {
      const { done, value } = await this.#source.next()
      if (done === true) return
      this.#held = Buffer.concat([this.#held, value])
    }
  }

  /** Exactly so many bytes. Rejects where the source has fewer left. */
  async exactly(bytes: number): Promise<Buffer> {
    await this.#fill(bytes)
    if (this.#held.length < bytes) throw damaged()
    const taken = this.#held.subarray(0, bytes)
    this.#held = this.#held.subarray(bytes)
    return taken
  }

  /** What is at hand, up to so many bytes and at least one. Rejects at the end of the source. */
  async some(most: number): Promise<Buffer> {
    await this.#fill(1)
    if (this.#held.length === 0) throw damaged()
    return this.exactly(Math.min(most, this.#held.length))
  }

  putBack(bytes: Buffer): void {
    if (bytes.length > 0) this.#held = Buffer.concat([bytes, this.#held])
  }
}

async function* inflated(reader: ByteReader): AsyncGenerator<Buffer, void, undefined> {
  const inflate = createInflateRaw()
  const out: Buffer[] = []
  inflate.on('data', (chunk: Buffer) => out.push(chunk))
  // A write of damaged data never calls back.
  const broken = new Promise<never>((_, reject) => {
    inflate.once('error', () => reject(damaged()))
  })
  broken.catch(() => undefined)
  let fed = 0
  let sum = 0
  let size = 0
  try {
    for (;;) {
      const slice = await reader.some(SLICE)
      fed += slice.length
      await Promise.race([broken, new Promise<void>((resolve) => inflate.write(slice, () => resolve()))])
      // One turn, in which what was pushed arrives.
      await new Promise(setImmediate)
      for (const chunk of out.splice(0)) {
        sum = crc32(chunk, sum)
        size += chunk.length
        yield chunk
      }
      // Deflate data says itself where it ends: the inflater leaves what is behind that.
      const unused = fed - inflate.bytesWritten
      if (unused === 0) continue
      reader.putBack(slice.subarray(slice.length - unused))
      break
    }
  } finally {
    inflate.destroy()
  }
  const descriptor = await reader.exactly(DESCRIPTOR_BYTES)
  if (
    descriptor.readUInt32LE(0) !== DESCRIPTOR ||
    descriptor.readUInt32LE(4) !== sum ||
    descriptor.readUInt32LE(8) !== inflate.bytesWritten ||
    descriptor.readUInt32LE(12) !== size
  )
    throw damaged()
}

/**
 * Reads a ZIP (deflate with data descriptors, APPNOTE 4.3.9 and 4.4.4) from its beginning to its central
 * directory, entry by entry, holding no entry in memory. Shares no code with what wrote it. Rejects where the
 * ZIP is damaged or cut short.
 */
export async function* unzip(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<UnzippedEntry, void, undefined> {
  const reader = new ByteReader(source)
  for (;;) {
    const signature = (await reader.exactly(4)).readUInt32LE(0)
    if (signature === CENTRAL_HEADER) return
    if (signature !== LOCAL_HEADER) throw damaged()
    const header = await reader.exactly(LOCAL_HEADER_BYTES - 4)
    if ((header.readUInt16LE(2) & HAS_DESCRIPTOR) === 0 || header.readUInt16LE(4) !== DEFLATE) throw damaged()
    const name = (await reader.exactly(header.readUInt16LE(22))).toString('utf8')
    await reader.exactly(header.readUInt16LE(24))
    yield { name, bytes: inflated(reader) }
  }
}
