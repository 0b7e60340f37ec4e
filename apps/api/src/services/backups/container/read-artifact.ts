import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { BackupError } from '../errors.ts'
import { decryptWith } from './age.ts'
import { type Frame, framesOf } from './frames.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { DATA_FILE, MANIFEST_FILE } from './write-artifact.ts'

/** A backup in its folder, whose manifest was signed by this installation. */
export interface Artifact {
  readonly folder: string
  readonly manifest: Manifest
}

/** Reads and checks a backup's manifest, and the size of what it tells of. Throws BackupError. */
export const openArtifact = async (folder: string, verifierKeys: readonly string[]): Promise<Artifact> => {
  const note = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => {
    throw new BackupError('unreadable', `${folder} is not a backup: it has no file ${MANIFEST_FILE}.`)
  })
  const manifest = await readManifest(note, verifierKeys)
  const data = await stat(join(folder, DATA_FILE)).catch(() => null)
  if (data === null) throw new BackupError('truncated', `${folder} has no file ${DATA_FILE}.`)
  if (data.size < manifest.file.bytes)
    throw new BackupError(
      'truncated',
      `${DATA_FILE} has ${data.size} bytes of ${manifest.file.bytes}: it was cut off. Take another copy of it.`,
    )
  if (data.size > manifest.file.bytes) throw changed()
  return { folder, manifest }
}

const changed = () =>
  new BackupError(
    'changed',
    `${DATA_FILE} is not what was signed: it was changed, or damaged. Take another copy of it.`,
  )

/**
 * Reads a backup's frames to `use`, decrypted and unpacked as they come, and compares all of the file with
 * the hash that was signed: rejects with BackupError where anything does not fit, so `use` does nothing that
 * could not be undone.
 */
export const readArtifact = async <T>(
  { folder, manifest }: Artifact,
  identities: readonly string[],
  use: (frames: AsyncIterable<Frame>) => Promise<T>,
): Promise<T> => {
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const out = new PassThrough({ highWaterMark: 1024 * 1024 })
  const reading = pipeline(
    createReadStream(join(folder, DATA_FILE), { highWaterMark: 256 * 1024 }),
    hashing,
    decryptWith(identities),
    createZstdDecompress(),
    out,
  )
  reading.catch(() => undefined)
  let result: T
  try {
    result = await use(framesOf(out))
  } catch (error) {
    out.destroy()
    // A stream that failed says why; what was made of its end follows from that.
    await reading.catch((cause: unknown) => {
      if (cause instanceof BackupError) throw cause
    })
    throw error
  }
  await reading
  if (hash.digest('hex') !== manifest.file.sha256) throw changed()
  return result
}
