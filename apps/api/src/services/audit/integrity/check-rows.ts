import { hash } from 'node:crypto'
import { AuditError, type EntryRow, parseEntry } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { getTableName } from 'drizzle-orm'
import { type StoredEntry, storedEntries } from '../../../audit/log/stored-entries.ts'
import { madeAt } from '../../../core/ids.ts'
import { SESSION_KEPT_MS } from '../../../vouch/heads.ts'
import { KIND_NAMES, KINDS, type Kind, sealedColumns } from '../../../vouch/kinds.ts'
import { saidText } from '../../../vouch/text.ts'
import type { Findings } from './findings.ts'
import type { LoggedEntry } from './logged-entry.ts'

const PAGE = 2_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
/** Canonical bytes of an entry that commits to no row hold this. */
const NO_ROWS = '"rows":[]'

type StoredRow = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly rowVersion: number
}

const columnsOf = (kind: Kind): string =>
  sealedColumns(kind)
    .map(({ name, column }) => `r.${column} as "${name}"`)
    .join(', ')

/** Of what the auditor may read of them, and no more. */
const namesOf = (kind: Kind): string =>
  sealedColumns(kind)
    .map(({ column }) => column)
    .join(', ')

const isKind = (kind: string): kind is Kind => Object.hasOwn(KINDS, kind)

const hashOf = (kind: Kind, row: StoredRow): string =>
  hash('sha256', saidText(kind, row.rowVersion, row), 'hex')

/** The rows that an entry commits to; none where its bytes are no entry, which is named elsewhere. */
const committedBy = ({ bytes }: StoredEntry): EntryRow[] => {
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(NO_ROWS)) return []
  try {
    return parseEntry(bytes).rows
  } catch (error) {
    if (error instanceof AuditError) return []
    throw error
  }
}

const readRows = async (
  sql: Connection['sql'],
  kind: Kind,
  ids: readonly string[],
): Promise<Map<string, StoredRow>> => {
  if (ids.length === 0) return new Map()
  const rows = await sql.unsafe<StoredRow[]>(
    `select ${columnsOf(kind)} from ${getTableName(KINDS[kind].table)} r where r.id = any($1::uuid[])`,
    [[...new Set(ids)]],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Compares the rows that entries have committed to with those that are there: one that is gone, that is at an
 * earlier version, or that says something else at the same version is named. A later version is the matter of
 * a later entry.
 */
export const checkCommittedRows = async (
  sql: Connection['sql'],
  logged: readonly LoggedEntry[],
  findings: Findings,
): Promise<void> => {
  const committed = logged.flatMap(({ leaf, entry }) => entry.rows.map((said) => ({ leaf, said })))
  for (const [kind, said] of Map.groupBy(committed, (one) => one.said.kind)) {
    if (!isKind(kind)) continue
    const rows = await readRows(
      sql,
      kind,
      said.map((one) => one.said.id),
    )
    for (const { leaf, said: one } of said) {
      const problem = problemOf(kind, one, rows.get(one.id))
      if (problem !== null) findings.add('row-mismatch', `${describe(kind, one.id)} ${problem}`, leaf)
    }
  }
}

const describe = (kind: Kind, id: string): string => `the ${kind.replace('-', ' ')} ${id}`

const problemOf = (kind: Kind, said: EntryRow, row: StoredRow | undefined): string | null => {
  if (row === undefined) return 'is gone, though an entry says that it is there'
  if (row.rowVersion > said.version) return null
  if (row.rowVersion < said.version)
    return `stands at version ${row.rowVersion}, and an entry knows version ${said.version}: it was put back`
  return hashOf(kind, row) === said.hash ? null : 'does not say what its entry says: it was changed'
}

/**
 * Finds rows whose state no entry knows: the other direction, which an inserted row can't evade. Where the
 * entry of a row stands is looked up in what the follower keeps, and read there: that is not believed.
 */
export const checkRowsWithoutEntry = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  for (const kind of KIND_NAMES) {
    for (let after = FIRST_ID; ; ) {
      const rows = await sql.unsafe<(StoredRow & { readonly log_index: string | null })[]>(
        `select ${columnsOf(kind)}, h.log_index from (
           select ${namesOf(kind)} from ${getTableName(KINDS[kind].table)} where id > $1 order by id limit ${PAGE}
         ) r left join row_heads h on h.kind = $2 and h.id = r.id order by r.id`,
        [after, kind],
      )
      const suspects = await withoutEntry(sql, kind, rows)
      for (const { id } of await stillWithoutEntry(sql, kind, suspects)) {
        findings.add('row-unlogged', `${describe(kind, id)} is in a state that no entry knows`)
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) break
      after = last.id
    }
  }
}

/**
 * Those of the rows whose entry, where the follower says that it stands, does not commit to them as they are.
 */
const withoutEntry = async (
  sql: Connection['sql'],
  kind: Kind,
  rows: readonly (StoredRow & { readonly log_index: string | null })[],
): Promise<StoredRow[]> => {
  const indexes = rows.flatMap(({ log_index }) => (log_index === null ? [] : [log_index]))
  const leaves = await sql<{ index: string; entry_id: EntryId }[]>`
    select index, entry_id from audit_leaves where index = any(${indexes}::bigint[])`
  const entries = await storedEntries(
    sql,
    leaves.map(({ entry_id }) => entry_id),
  )
  const at = new Map(leaves.map(({ index, entry_id }) => [index, entries.get(entry_id)]))
  return rows.filter((row) => {
    // What is kept of sessions that are over is dropped in time; they open nothing.
    if (kind === 'session' && madeAt(row.id) < Date.now() - SESSION_KEPT_MS) return false
    const entry = row.log_index === null ? undefined : at.get(row.log_index)
    return entry === undefined || !knows(committedBy(entry), kind, row)
  })
}

const knows = (said: readonly EntryRow[], kind: Kind, row: StoredRow): boolean =>
  said.some(
    (one) =>
      one.kind === kind &&
      one.id === row.id &&
      one.version === row.rowVersion &&
      one.hash === hashOf(kind, row),
  )

/**
 * Those of the suspects, read anew, that no entry of late knows either: one that waits to be sequenced, or
 * that the follower has not come to yet.
 */
const stillWithoutEntry = async (
  sql: Connection['sql'],
  kind: Kind,
  suspects: readonly StoredRow[],
): Promise<StoredRow[]> => {
  if (suspects.length === 0) return []
  const late = await sql<{ id: EntryId }[]>`
    select entry_id as id from audit_pending_0 union all select entry_id from audit_pending_1
    union all select entry_id from audit_pending_2
    union all select entry_id from audit_leaves
      where index >= coalesce((select next_index from row_heads_state), 0)`
  const entries = await storedEntries(
    sql,
    late.map(({ id }) => id),
  )
  const said = [...entries.values()].flatMap(committedBy)
  const now = await readRows(
    sql,
    kind,
    suspects.map(({ id }) => id),
  )
  const rows = [...now.values()]
  const left = rows.filter((row) => !knows(said, kind, row))
  if (left.length === 0) return []
  // The follower may have come to it between the two looks: what it keeps is asked once more.
  const heads = await sql<{ id: string; log_index: string }[]>`
    select id, log_index from row_heads where kind = ${kind} and id = any(${left.map(({ id }) => id)}::uuid[])`
  const indexOf = new Map(heads.map(({ id, log_index }) => [id, log_index]))
  return withoutEntry(
    sql,
    kind,
    left.map((row) => ({ ...row, log_index: indexOf.get(row.id) ?? null })),
  )
}
