import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

const CHUNK = 256 * 1024

/** A gzipped file's bytes, as `chartward import` reads them. */
export const chunksOf = (file: string): AsyncIterable<Uint8Array> => {
  const stream = createReadStream(file, { highWaterMark: CHUNK })
  const unzipped = createGunzip({ chunkSize: CHUNK })
  stream.once('error', (error) => unzipped.destroy(error))
  return stream.pipe(unzipped)
}
