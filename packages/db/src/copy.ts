import { once } from 'node:events'
import type { Transaction } from './transaction.ts'

/** A column of a binary COPY, in the order of the column list. */
export type CopyType = 'uuid' | 'text' | 'bytea' | 'int2' | 'int4' | 'int8' | 'bool' | 'instant'
export type CopyValue = string | Uint8Array | number | boolean | Date | null

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const TRAILER = Buffer.from([0xff, 0xff])
/** PostgreSQL counts microseconds from 2000-01-01 UTC. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
/** Sent as soon as it is full; a patient's few rows take no more than they need. */
const CHUNK = 128 * 1024
const SMALLEST = 4 * 1024

/** Rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"), gathered into chunks. */
class CopyBuffer {
  #bytes = Buffer.allocUnsafe(SMALLEST)
  #length = 0

  get isFull(): boolean {
    return this.#length >= CHUNK
  }

  /** What has been gathered; good until it is cleared. */
  get gathered(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
  }

  raw(part: Uint8Array): void {
    this.#room(part.length)
    this.#bytes.set(part, this.#length)
    this.#length += part.length
  }

  int16(value: number): void {
    this.#room(2)
    this.#length = this.#bytes.writeInt16BE(value, this.#length)
  }

  int32(value: number): void {
    this.#room(4)
    this.#length = this.#bytes.writeInt32BE(value, this.#length)
  }

  int64(value: bigint): void {
    this.#room(8)
    this.#length = this.#bytes.writeBigInt64BE(value, this.#length)
  }

  text(value: string): void {
    const size = Buffer.byteLength(value)
    this.int32(size)
    this.#room(size)
    this.#length += this.#bytes.write(value, this.#length)
  }

  uuid(value: string): void {
    this.int32(16)
    this.#room(16)
    if (this.#bytes.write(value.replaceAll('-', ''), this.#length, 16, 'hex') !== 16)
      throw new TypeError('not a UUID')
    this.#length += 16
  }

  #room(size: number): void {
    if (this.#length + size <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + size))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

/** A value with its length before it. False, and nothing written, for a value that is not of the type. */
type Writer = (to: CopyBuffer, value: CopyValue) => boolean

const writer =
  <V extends CopyValue>(
    is: (value: CopyValue) => value is V,
    write: (to: CopyBuffer, value: V) => void,
  ): Writer =>
  (to, value) => {
    if (!is(value)) return false
    write(to, value)
    return true
  }

const isString = (value: CopyValue) => typeof value === 'string'
const isNumber = (value: CopyValue) => typeof value === 'number'
const isBoolean = (value: CopyValue) => typeof value === 'boolean'
const isDate = (value: CopyValue) => value instanceof Date
const isBytes = (value: CopyValue) => value instanceof Uint8Array

const WRITERS: Readonly<Record<CopyType, Writer>> = {
  uuid: writer(isString, (to, value) => to.uuid(value)),
  text: writer(isString, (to, value) => to.text(value)),
  bytea: writer(isBytes, (to, value) => {
    to.int32(value.length)
    to.raw(value)
  }),
  int2: writer(isNumber, (to, value) => {
    to.int32(2)
    to.int16(value)
  }),
  int4: writer(isNumber, (to, value) => {
    to.int32(4)
    to.int32(value)
  }),
  int8: writer(isNumber, (to, value) => {
    to.int32(8)
    to.int64(BigInt(value))
  }),
  bool: writer(isBoolean, (to, value) => {
    to.int32(1)
    to.raw(Uint8Array.of(value ? 1 : 0))
  }),
  instant: writer(isDate, (to, value) => {
    to.int32(8)
    to.int64(BigInt(value.getTime() - EPOCH_MS) * 1000n)
  }),
}

const writeRow = (to: CopyBuffer, types: readonly CopyType[], row: readonly CopyValue[]): void => {
  to.int16(types.length)
  for (const [i, type] of types.entries()) {
    const value = row[i] ?? null
    if (value === null) to.int32(-1)
    else if (!WRITERS[type](to, value)) throw new TypeError(`a ${typeof value} is no ${type}`)
  }
}

/**
 * Copies rows into a table in the caller's transaction, as a binary COPY, and gives their number; rejects
 * as `rows` throws, and the transaction with it. `table` and the names in `columns` are the code's own, never
 * input; each row holds values in the order of `columns`. PostgreSQL takes no COPY into a table with
 * row-level security: there it is `insertRows`.
 */
export const copyRows = async (
  { sql }: Transaction,
  table: string,
  columns: Readonly<Record<string, CopyType>>,
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> => {
  const types = Object.values(columns)
  const stream = await sql
    .unsafe(`copy ${table} (${Object.keys(columns).join(', ')}) from stdin (format binary)`)
    .writable()
  const finished = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve)
    stream.once('error', reject)
  })
  // Awaited below; a failure while rows are still being written must not go unhandled meanwhile.
  finished.catch(() => undefined)
  const buffer = new CopyBuffer()
  // Each chunk is waited for, and the same memory filled again: a new buffer a chunk would be most of an
  // import's garbage.
  const flush = async (): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      stream.write(buffer.gathered, (error) => (error ? reject(error) : resolve()))
    })
    buffer.clear()
  }
  let copied = 0
  try {
    buffer.raw(SIGNATURE)
    for (const row of rows) {
      copied++
      writeRow(buffer, types, row)
      if (buffer.isFull) await flush()
    }
    buffer.raw(TRAILER)
    await flush()
  } catch (error) {
    // Where the server has refused, its own error says why. Otherwise it waits for rows until it is told that
    // none will come.
    if (stream.errored !== null) throw stream.errored
    stream.destroy(new Error('the rows could not be written'))
    throw error
  }
  stream.end()
  await finished
  return copied
}

/** The stages that each open transaction has filled. */
const staged = new WeakMap<Transaction['sql'], Set<string>>()

/**
 * Makes the temporary table where the connection has none yet. The end of a transaction empties it; only a
 * second use within one has to empty it here, and TRUNCATE is dear (it gives the table new files).
 */
const prepareStage = async ({ sql }: Transaction, table: string, stage: string): Promise<void> => {
  const filled = staged.get(sql) ?? new Set<string>()
  staged.set(sql, filled)
  await sql.unsafe(
    filled.has(stage)
      ? `truncate ${stage}`
      : `create temporary table if not exists ${stage} (like ${table} including defaults) on commit delete rows`,
  )
  filled.add(stage)
}

/** A statement stored fewer rows than it was given: something in the database swallows them. */
export class RowsNotStored extends Error {
  override readonly name = 'RowsNotStored'

  constructor() {
    super('The database has stored other rows than it was given: run `chartward verify --database`.')
  }
}

/**
 * Inserts many rows in the caller's transaction, quickly: a binary COPY into a temporary table, then
 * one INSERT from it, because PostgreSQL takes no COPY into a table with row-level security. Rejects with
 * RowsNotStored where fewer rows were stored than given, and no conflict explains it. Otherwise as
 * `copyRows`.
 */
export const insertRows = async (
  tx: Transaction,
  table: string,
  columns: Readonly<Record<string, CopyType>>,
  rows: Iterable<readonly CopyValue[]>,
  onConflict: '' | 'on conflict do nothing' = '',
): Promise<void> => {
  const names = Object.keys(columns).join(', ')
  const stage = `stage_${table}`
  await prepareStage(tx, table, stage)
  const copied = await copyRows(tx, stage, columns, rows)
  const { count } = await tx.sql.unsafe(
    `insert into ${table} (${names}) select ${names} from ${stage} ${onConflict}`,
  )
  if (onConflict === '' && count !== copied) throw new RowsNotStored()
}

/**
 * The rows of a SELECT in PostgreSQL's binary COPY format, in pieces as they come; no more of them is read
 * than is taken. `select` is the code's own text: COPY takes no parameters.
 */
export async function* copyOut(sql: Transaction['sql'], select: string): AsyncGenerator<Buffer> {
  const stream = await sql.unsafe(`copy (${select}) to stdout (format binary)`).readable()
  try {
    for await (const piece of stream.iterator({ destroyOnReturn: false })) yield piece
  } finally {
    // Whoever wants no more of it: the rest has to come all the same before the connection is of use again.
    if (!stream.readableEnded && stream.errored === null) {
      stream.resume()
      await once(stream, 'end')
    }
    // The driver stops reading from its socket where the stream is full, and goes on when that is read from.
    // One that has ended is not read from any more, though the server's last words may still be to come.
    stream._read(0)
  }
}
