import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ENVELOPE_OVERHEAD, newDataKey, open as openEnvelope, seal, wipeKey } from '@chartward/crypto'
import { parseJson } from '@chartward/fhir'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { Sourced } from './sourced.ts'

/** So much is sealed at once, in bytes of text: what is held in memory, whatever waits. */
const CHUNK_BYTES = 256 * 1024
const LENGTH_BYTES = 4
const SUFFIX = '.spool'

/**
 * What waits for its patient, on disk: sealed in chunks under a key that is in this process's memory and
 * nowhere else, in a file that has no name once it is open. Whoever ends, and however, leaves nothing to
 * read.
 */
export class Spool {
  readonly #handle: FileHandle
  readonly #key = newDataKey(newId())
  readonly #id = newId()
  #lines: string[] = []
  #bytes = 0
  #chunks = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /** Opens a spool in a folder of our own, which is made. Throws UNAVAILABLE where that can't be. */
  static async open(folder: string): Promise<Spool> {
    return onDisk(async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // One that was killed between these two lines has left a file, with nothing in it.
      const left = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX))
      for (const name of left) await rm(join(folder, name), { force: true })
      const path = join(folder, `${newId()}${SUFFIX}`)
      const handle = await open(path, 'wx+', 0o600)
      await rm(path, { force: true })
      return new Spool(handle)
    })
  }

  /** Keeps items; several callers' are written one after the other. */
  add(items: readonly Sourced[]): Promise<void> {
    const turn = this.#writing.then(async () => {
      for (const item of items) {
        const line = JSON.stringify(item)
        this.#lines.push(line)
        this.#bytes += line.length
        if (this.#bytes >= CHUNK_BYTES) await this.#flush()
      }
    })
    this.#writing = turn.catch(() => undefined)
    return turn
  }

  /** What was kept, in the order in which it came, a chunk at a time. */
  async *read(): AsyncGenerator<readonly Sourced[], void, undefined> {
    await this.#writing
    await this.#flush()
    let at = 0
    for (let chunk = 0; chunk < this.#chunks; chunk += 1) {
      const length = (await this.#bytesAt(at, LENGTH_BYTES)).readUInt32BE()
      const envelope = await this.#bytesAt(at + LENGTH_BYTES, length)
      at += LENGTH_BYTES + length
      const text = openEnvelope(this.#key, this.#bindingOf(chunk), envelope).toString()
      yield text.split('\n').map((line) => parseJson(line)?.value as Sourced)
    }
  }

  /** Lets go of the file and its key: nothing is left of what was in it. */
  async close(): Promise<void> {
    await this.#writing
    wipeKey(this.#key.key)
    await this.#handle.close()
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return
    const envelope = seal(this.#key, this.#bindingOf(this.#chunks), Buffer.from(this.#lines.join('\n')))
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(envelope.length)
    this.#lines = []
    this.#bytes = 0
    this.#chunks += 1
    await onDisk(() => this.#handle.appendFile(Buffer.concat([length, envelope])))
  }

  async #bytesAt(at: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await onDisk(() => this.#handle.read(Buffer.alloc(length), 0, length, at))
    if (bytesRead !== length || (length !== LENGTH_BYTES && length < ENVELOPE_OVERHEAD))
      throw new ChartwardError('UNAVAILABLE', 'What waited for its patient on disk is cut off.')
    return buffer
  }

  #bindingOf(chunk: number) {
    return {
      purpose: 'import-spool',
      table: 'spool',
      fieldClass: 'waiting',
      rowId: this.#id,
      rowVersion: chunk,
    }
  }
}

const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (cause) {
    throw new ChartwardError(
      'UNAVAILABLE',
      'What waits for its patient can not be kept on disk: make room in the folder spool of the data folder, and import again.',
      { cause },
    )
  }
}
