import type { Writable } from 'node:stream'
import type { Transaction } from '@chartward/db'
import { type Frame, parseSection } from '../container/frames.ts'
import { BackupError } from '../errors.ts'
import { KEY_TABLES, LOGICAL_TABLES, PATIENT_TABLE_NAMES, PATIENT_TABLES } from '../tables.ts'

const TABLES: ReadonlySet<string> = new Set([...LOGICAL_TABLES, ...KEY_TABLES])
const UUID_BYTES = 16

/**
 * Loads a backup's rows into the tables of the same names, whose triggers, policies and indexes have been set
 * aside. Names in it were seen to be ours beforehand, and are looked at again.
 */
export const loadFrames = async (tx: Transaction, frames: AsyncIterable<Frame>): Promise<void> => {
  let copying: Copying | null = null
  for await (const { type, bytes } of frames) {
    if (type === 'D') {
      await copying?.write(bytes)
      continue
    }
    await copying?.end()
    copying = null
    if (type === 'S') {
      const { table, columns } = parseSection(bytes)
      if (!TABLES.has(table) || !columns.every((name) => /^[a-z_0-9]+$/.test(name)))
        throw new BackupError('content', 'The backup names a table or a column that there is none of.')
      const list = columns.map((name) => `"${name}"`).join(', ')
      copying = new Copying(
        await tx.sql.unsafe(`copy ${table} (${list}) from stdin (format binary)`).writable(),
      )
    } else if (type === 'F') await forget(tx, bytes)
  }
  await copying?.end()
}

const forget = async ({ sql }: Transaction, bytes: Buffer): Promise<void> => {
  const ids = Array.from({ length: bytes.length / UUID_BYTES }, (_, i) =>
    bytes.toString('hex', i * UUID_BYTES, (i + 1) * UUID_BYTES),
  )
  if (ids.length === 0) return
  for (const table of PATIENT_TABLE_NAMES)
    await sql.unsafe(`delete from ${table} where ${PATIENT_TABLES[table]} = any($1::uuid[])`, [ids])
}

/** One COPY into a table. */
class Copying {
  readonly #stream: Writable
  readonly #finished: Promise<void>

  constructor(stream: Writable) {
    this.#stream = stream
    this.#finished = new Promise((resolve, reject) => {
      stream.once('finish', resolve)
      stream.once('error', reject)
    })
    this.#finished.catch(() => undefined)
  }

  write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
  }

  async end(): Promise<void> {
    this.#stream.end()
    await this.#finished
  }
}
