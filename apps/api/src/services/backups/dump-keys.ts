import { copyOut, type Database, withSnapshot } from '@chartward/db'
import { CopyWalk } from './container/copy-rows.ts'
import { type Dumped, type DumpTarget, headOf, readColumns } from './dump.ts'
import { KEY_TABLES } from './tables.ts'

/**
 * Copies the wrapped keys as of one moment: 100 bytes a patient, so that is short. `db` is of the
 * application's login, which is the one that may read them.
 */
export const dumpKeys = (db: Database, to: DumpTarget): Promise<Dumped> =>
  withSnapshot(db, 'all', async ({ sql }) => {
    await sql`set local statement_timeout = 0`
    await sql`set local idle_in_transaction_session_timeout = 0`
    const columns = await readColumns(sql)
    const tables: Record<string, number> = {}
    for (const table of KEY_TABLES) {
      const names = columns.get(table) ?? []
      const walk = new CopyWalk(names.length)
      const list = names.map((name) => `"${name}"`).join(', ')
      await to.section({ table, columns: names })
      for await (const chunk of copyOut(sql, `select ${list} from ${table}`)) {
        walk.add(chunk)
        await to.data(chunk)
      }
      walk.end()
      tables[table] = walk.rows
    }
    return { log: await headOf(sql), tables }
  })
