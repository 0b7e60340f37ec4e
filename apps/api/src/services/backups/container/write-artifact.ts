import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { BackupError } from '../errors.ts'
import { encryptTo } from './age.ts'
import { type FrameType, frameHead, type Section } from './frames.ts'

/** The files of a backup, in a folder of its name. */
export const DATA_FILE = 'data.age'
export const MANIFEST_FILE = 'manifest'

/** Ciphertexts don't compress, and ids do at once: more work gains next to nothing. */
const LEVEL = 1
/** Rows are gathered into pieces of this size. */
const PIECE = 256 * 1024

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** What a failed write means to the operator. */
export const writeFault = (error: unknown, folder: string): unknown => {
  const code = codeOf(error)
  if (NO_ROOM.has(code))
    return new BackupError(
      'no-space',
      `There is no room left in ${folder}: no backup was made. Make room, or name another folder, and run it again.`,
      { cause: error },
    )
  return ['EACCES', 'EPERM', 'EROFS', 'EIO', 'ENOENT'].includes(code)
    ? new BackupError('write-failed', `${folder} can not be written to (${code}): no backup was made.`, {
        cause: error,
      })
    : error
}

const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The name under which a backup is made, beside the one that it gets once it is whole. */
export const unfinishedName = (name: string): string => `.${name}.unfinished`

/**
 * Writes a backup: rows compressed (zstd), encrypted (age) and hashed as they come, under a name that
 * nothing reads. `finish` makes it durable and gives it its name; until then there is no file of that name,
 * whatever is killed or full. Every method rejects with BackupError where the disk is.
 */
export class ArtifactWriter {
  readonly #folder: string
  readonly #unfinished: string
  readonly #zstd = createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_checksumFlag]: 1 },
  })
  readonly #hash = createHash('sha256')
  readonly #written: Promise<void>
  #bytes = 0
  #pieces: Buffer[] = []
  #held = 0

  /** `begin` makes one. */
  constructor(folder: string, age: Transform) {
    this.#folder = folder
    this.#unfinished = join(dirname(folder), unfinishedName(basename(folder)))
    const hashing = new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.#hash.update(chunk)
        this.#bytes += chunk.length
        done(null, chunk)
      },
    })
    const file = createWriteStream(join(this.#unfinished, DATA_FILE), { flags: 'wx', mode: 0o600 })
    this.#written = pipeline(this.#zstd, age, hashing, file)
    // Whoever writes next is told.
    this.#written.catch(() => undefined)
  }

  /** `folder` is the backup's own, which is not there yet, in one that is. */
  static async begin(folder: string, recipients: readonly string[]): Promise<ArtifactWriter> {
    const parent = dirname(folder)
    if (!(await stat(parent).catch(() => null))?.isDirectory())
      throw new BackupError('place', `There is no folder ${parent}: make it, or mount what it stands for.`)
    const age = await encryptTo(recipients)
    try {
      await mkdir(join(parent, unfinishedName(basename(folder))), { mode: 0o700 })
    } catch (error) {
      throw writeFault(error, parent)
    }
    return new ArtifactWriter(folder, age)
  }

  async section(section: Section): Promise<void> {
    await this.#frame('S', Buffer.from(JSON.stringify(section)))
  }

  /** A piece of the section's COPY data. */
  async data(bytes: Buffer): Promise<void> {
    this.#pieces.push(bytes)
    this.#held += bytes.length
    if (this.#held >= PIECE) await this.#flush()
  }

  async forget(ids: Buffer): Promise<void> {
    await this.#frame('F', ids)
  }

  /** Ends the data, and says what was written of it; the backup has no name yet. */
  async end(): Promise<{ bytes: number; sha256: string }> {
    await this.#frame('E', Buffer.alloc(0))
    this.#zstd.end()
    try {
      await this.#written
      await syncPath(join(this.#unfinished, DATA_FILE))
    } catch (error) {
      throw writeFault(error, dirname(this.#folder))
    }
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }

  /** Puts the manifest beside the data, and gives both their name, durably. */
  async finish(manifest: string): Promise<void> {
    try {
      await writeFile(join(this.#unfinished, MANIFEST_FILE), manifest, { mode: 0o600 })
      await syncPath(join(this.#unfinished, MANIFEST_FILE))
      await syncPath(this.#unfinished)
      await rename(this.#unfinished, this.#folder)
      await syncPath(dirname(this.#folder))
    } catch (error) {
      throw writeFault(error, dirname(this.#folder))
    }
  }

  /** Takes away what was written, where it has no name yet. */
  async abandon(): Promise<void> {
    this.#zstd.destroy()
    await this.#written.catch(() => undefined)
    await rm(this.#unfinished, { recursive: true, force: true })
  }

  async #flush(): Promise<void> {
    if (this.#held === 0) return
    const bytes = Buffer.concat(this.#pieces, this.#held)
    this.#pieces = []
    this.#held = 0
    await this.#write(frameHead('D', bytes.length))
    await this.#write(bytes)
  }

  async #frame(type: FrameType, bytes: Buffer): Promise<void> {
    await this.#flush()
    await this.#write(frameHead(type, bytes.length))
    await this.#write(bytes)
  }

  async #write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return
    try {
      if (this.#zstd.destroyed) await this.#written
      if (!this.#zstd.write(bytes)) await Promise.race([once(this.#zstd, 'drain'), this.#written])
    } catch (error) {
      // What went wrong is told by the end of the pipeline, not by the part that it closed.
      const cause = await this.#written.then(() => error).catch((failed: unknown) => failed)
      throw writeFault(cause, dirname(this.#folder))
    }
  }
}
