import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { FileProblem } from '../../services/import/file-problem.ts'
import { CHUNK_BYTES, unzipped } from '../../services/import/unzipped.ts'

/**
 * The bytes of a file as they are meant: unzipped where it is gzip, whatever its name says. Throws
 * FileProblem for one that is empty, or that is called `.gz` and is none; else what the file system and
 * zlib throw.
 */
export const openFile = (path: string): AsyncGenerator<Uint8Array, void, undefined> =>
  unzipped(bytesOf(path), { isCalledGzip: /\.gz$/i.test(path) })

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  if (!(await stat(path)).isFile())
    throw new FileProblem('file-unreadable', 'This is no file: name files, or the folder of an export.')
  yield* createReadStream(path, { highWaterMark: CHUNK_BYTES })
}
