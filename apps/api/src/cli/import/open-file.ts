import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { FileProblem } from '../../services/import/file-problem.ts'

const CHUNK_BYTES = 256 * 1024
/** RFC 1952 section 2.3.1. */
const GZIP = [0x1f, 0x8b] as const
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

/** Whether a file's first bytes are those of gzip. Throws FileProblem where it is none to be read. */
const isGzip = async (path: string): Promise<boolean> => {
  const handle = await open(path)
  try {
    if (!(await handle.stat()).isFile())
      throw new FileProblem('file-unreadable', 'This is no file: name files, or the folder of an export.')
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && GZIP.every((byte, at) => buffer[at] === byte)
  } finally {
    await handle.close()
  }
}

/**
 * The bytes of a file as they are meant: unzipped where it is gzip, whatever its name says. Throws
 * FileProblem for one that is empty, or that is called `.gz` and is none; else what the file system and
 * zlib throw.
 */
export async function* openFile(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const zipped = await isGzip(path)
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  let isBlank = true
  try {
    for await (const chunk of zipped ? gunzip(stream) : stream) {
      isBlank &&= chunk.every((byte: number) => BLANK.has(byte))
      if (!zipped && !isBlank && /\.gz$/i.test(path))
        throw new FileProblem(
          'not-gzip',
          'The file is called .gz and is no gzip: rename it if it is plain text, or fetch it again.',
        )
      yield chunk
    }
  } finally {
    stream.destroy()
  }
  if (isBlank) throw new FileProblem('empty-file', 'The file is empty: fetch it again if it should not be.')
}

const gunzip = (stream: ReturnType<typeof createReadStream>) => {
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES })
  stream.once('error', (error) => unzipped.destroy(error))
  return stream.pipe(unzipped)
}
