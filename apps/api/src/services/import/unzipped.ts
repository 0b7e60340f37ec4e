import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { FileProblem } from './file-problem.ts'

export const CHUNK_BYTES = 256 * 1024
/** RFC 1952 section 2.3.1. */
const GZIP = Buffer.of(0x1f, 0x8b)
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

interface Unzipping {
  /** Whether it says of itself that it is gzip. */
  readonly isCalledGzip: boolean
  /** How many bytes may come of it: a few zipped ones can stand for any number. */
  readonly mostBytes?: number
}

/**
 * Bytes as they are meant: unzipped where they are gzip, whatever they are called. Throws FileProblem for
 * what is empty, called gzip and none, or more than it may be; else what the source and zlib throw.
 */
export async function* unzipped(
  chunks: AsyncIterable<Uint8Array>,
  { isCalledGzip, mostBytes = Number.POSITIVE_INFINITY }: Unzipping,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = chunks[Symbol.asyncIterator]()
  try {
    const head = await headOf(source)
    const isGzip = head.subarray(0, GZIP.length).equals(GZIP)
    const whole = following(head, source)
    let [isBlank, bytes] = [true, 0]
    for await (const chunk of isGzip ? gunzip(whole) : whole) {
      bytes += chunk.length
      if (bytes > mostBytes)
        throw new FileProblem(
          'too-large',
          'The file holds more than may be taken at once: what came before that went in. Import it in parts.',
        )
      isBlank &&= chunk.every((byte) => BLANK.has(byte))
      if (!isGzip && !isBlank && isCalledGzip)
        throw new FileProblem(
          'not-gzip',
          'The file is called .gz and is no gzip: rename it if it is plain text, or fetch it again.',
        )
      yield chunk
    }
    if (isBlank) throw new FileProblem('empty-file', 'The file is empty: fetch it again if it should not be.')
  } finally {
    await source.return?.()
  }
}

/** As many of the first bytes as tell whether it is gzip, or all where there are fewer. */
const headOf = async (source: AsyncIterator<Uint8Array>): Promise<Buffer> => {
  let head = Buffer.alloc(0)
  while (head.length < GZIP.length) {
    const next = await source.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

async function* following(head: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
}

const gunzip = (bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => {
  const stream = Readable.from(bytes, { objectMode: false, highWaterMark: CHUNK_BYTES })
  const out = createGunzip({ chunkSize: CHUNK_BYTES })
  stream.once('error', (error) => out.destroy(error))
  out.once('close', () => stream.destroy())
  return stream.pipe(out)
}
