import type { Connection } from '@chartward/db'
import { getTableName } from 'drizzle-orm'
import type { Keyring } from '../../../keys/keyring.ts'
import { KIND_NAMES, KINDS, type Kind, type SealedRow, sealedColumns } from '../../../vouch/kinds.ts'
import { RowSeals } from '../../../vouch/row-seals.ts'
import type { Findings } from '../integrity/findings.ts'

const PAGE = 2_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Finds rows that give somebody something, and that the application has not sealed as they are. */
export const checkSeals = async (
  sql: Connection['sql'],
  keyring: Keyring,
  findings: Findings,
): Promise<void> => {
  const seals = new RowSeals(keyring)
  for (const kind of KIND_NAMES) await checkKind(sql, seals, kind, findings)
}

const checkKind = async <K extends Kind>(
  sql: Connection['sql'],
  seals: RowSeals,
  kind: K,
  findings: Findings,
): Promise<void> => {
  const columns = sealedColumns(kind)
    .map(({ name, column }) => `${column} as "${name}"`)
    .join(', ')
  const table = getTableName(KINDS[kind].table)
  for (let after = FIRST_ID; ; ) {
    const rows = await sql.unsafe<(SealedRow<K> & { readonly id: string })[]>(
      `select ${columns} from ${table} where id > $1 order by id limit ${PAGE}`,
      [after],
    )
    for (const row of rows) {
      if ((await seals.check(kind, row)) === null) {
        findings.add('row-unsealed', `the seal of the ${kind.replace('-', ' ')} ${row.id} does not hold`)
      }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.id
  }
}
