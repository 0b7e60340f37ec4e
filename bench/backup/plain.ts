import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import type { Database } from '@chartward/db'
import { readColumns } from '../../apps/api/src/services/backups/dump.ts'
import { LOGICAL_TABLES } from '../../apps/api/src/services/backups/tables.ts'

/** The same tables as a backup has: the baseline copies each in one go, with nothing around it. */
const TABLES = [...LOGICAL_TABLES].filter((table) => table !== 'audit_pending_0')

const listOf = (columns: readonly string[]): string => columns.map((name) => `"${name}"`).join(', ')

/** COPY out through zstd, a file for each table, made durable; gives the bytes before compression. */
export const copyAllOut = async (db: Database, folder: string): Promise<number> => {
  await mkdir(folder, { recursive: true })
  let bytes = 0
  await db.sql.begin('isolation level repeatable read read only', async (sql) => {
    await sql`set local statement_timeout = 0`
    const columns = await readColumns(sql)
    for (const table of TABLES) {
      const source = await sql
        .unsafe(`copy (select ${listOf(columns.get(table) ?? [])} from ${table}) to stdout (format binary)`)
        .readable()
      const file = join(folder, table)
      await pipeline(
        source,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            bytes += chunk.length
            yield chunk
          }
        },
        createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
        createWriteStream(file),
      )
      // The driver stops reading where its stream was full in the end.
      source._read(0)
      const handle = await open(file)
      await handle.sync()
      await handle.close()
    }
  })
  return bytes
}

/** COPY in of what `copyAllOut` has written, into the tables as they are: indexes and constraints stand. */
export const copyAllIn = async (owner: Database, folder: string): Promise<void> => {
  await owner.sql.begin(async (sql) => {
    await sql`set local statement_timeout = 0`
    await sql`set local session_replication_role = replica`
    await sql`delete from audit_head`
    await sql`delete from installation`
    const columns = await readColumns(sql)
    for (const table of TABLES) {
      const into = await sql
        .unsafe(`copy ${table} (${listOf(columns.get(table) ?? [])}) from stdin (format binary)`)
        .writable()
      await pipeline(createReadStream(join(folder, table)), createZstdDecompress(), into)
    }
  })
}
