import { once } from 'node:events'
import type { Transaction } from './transaction.ts'

/** A column of a binary COPY, in the order of the column list. */
export type CopyType = 'uuid' | 'text' | 'bytea' | 'int2' | 'int4' | 'bool' | 'instant'
export type CopyValue = string | Uint8Array | number | boolean | Date | null

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const TRAILER = Buffer.from([0xff, 0xff])
/** PostgreSQL counts microseconds from 2000-01-01 UTC. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
const CHUNK = 256 * 1024

/** Writes rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format") into a growing buffer. */
class CopyBuffer {
  bytes = Buffer.allocUnsafe(CHUNK)
  length = 0

  private room(size: number): void {
    if (this.length + size <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }

  raw(part: Uint8Array): void {
    this.room(part.length)
    this.bytes.set(part, this.length)
    this.length += part.length
  }

  int16(value: number): void {
    this.room(2)
    this.length = this.bytes.writeInt16BE(value, this.length)
  }

  int32(value: number): void {
    this.room(4)
    this.length = this.bytes.writeInt32BE(value, this.length)
  }

  int64(value: bigint): void {
    this.room(8)
    this.length = this.bytes.writeBigInt64BE(value, this.length)
  }

  value(type: CopyType, value: CopyValue): void {
    if (value === null) {
      this.int32(-1)
      return
    }
    if (type === 'bytea' && value instanceof Uint8Array) {
      this.int32(value.length)
      return this.raw(value)
    }
    if (type === 'uuid' && typeof value === 'string') {
      this.int32(16)
      this.room(16)
      if (this.bytes.write(value.replaceAll('-', ''), this.length, 16, 'hex') !== 16)
        throw new TypeError('not a UUID')
      this.length += 16
      return
    }
    if (type === 'text' && typeof value === 'string') {
      const size = Buffer.byteLength(value)
      this.int32(size)
      this.room(size)
      this.length += this.bytes.write(value, this.length)
      return
    }
    if (type === 'instant' && value instanceof Date) {
      this.int32(8)
      return this.int64(BigInt(value.getTime() - EPOCH_MS) * 1000n)
    }
    if (type === 'int4' && typeof value === 'number') {
      this.int32(4)
      return this.int32(value)
    }
    if (type === 'int2' && typeof value === 'number') {
      this.int32(2)
      return this.int16(value)
    }
    if (type === 'bool' && typeof value === 'boolean') {
      this.int32(1)
      return this.raw(Uint8Array.of(value ? 1 : 0))
    }
    throw new TypeError(`a ${typeof value} is no ${type}`)
  }
}

/**
 * Copies rows into a table in the caller's transaction, as a binary COPY. `table` and the names in `columns` are the code's
 * own, never input; each row holds values in the order of `columns`. PostgreSQL takes no COPY into a table with row-level
 * security: there it is `insertRows`.
 */
export const copyRows = async (
  { sql }: Transaction,
  table: string,
  columns: Readonly<Record<string, CopyType>>,
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> => {
  const types = Object.values(columns)
  const stream = await sql
    .unsafe(`copy ${table} (${Object.keys(columns).join(', ')}) from stdin (format binary)`)
    .writable()
  const buffer = new CopyBuffer()
  const flush = async (): Promise<void> => {
    if (!stream.write(Buffer.from(buffer.bytes.subarray(0, buffer.length)))) await once(stream, 'drain')
    buffer.length = 0
  }
  const finished = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve)
    stream.once('error', reject)
  })
  // Awaited below; a failure while rows are still being written must not go unhandled meanwhile.
  finished.catch(() => undefined)
  buffer.raw(SIGNATURE)
  for (const row of rows) {
    buffer.int16(types.length)
    types.forEach((type, i) => {
      buffer.value(type, row[i] ?? null)
    })
    if (buffer.length >= CHUNK) await flush()
  }
  buffer.raw(TRAILER)
  await flush()
  stream.end()
  await finished
}

/**
 * Inserts many rows in the caller's transaction, quickly: a binary COPY into a temporary table, then one INSERT from it,
 * because PostgreSQL takes no COPY into a table with row-level security. `table` and the names in `columns` are the
 * code's own, never input; each row holds values in the order of `columns`.
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
  await tx.sql.unsafe(
    `create temporary table if not exists ${stage} (like ${table} including defaults) on commit delete rows`,
  )
  await copyRows(tx, stage, columns, rows)
  await tx.sql.unsafe(
    `insert into ${table} (${names}) select ${names} from ${stage} ${onConflict}; truncate ${stage}`,
  )
}
