import { type Connection, copyOut, type Database } from '@chartward/db'
import { CopyWalk } from './container/copy-rows.ts'
import type { ArtifactWriter } from './container/write-artifact.ts'
import { LOG_TABLES, PATIENT_TABLE_NAMES, PATIENT_TABLES, WHOLE_TABLES } from './tables.ts'

type Sql = Parameters<Parameters<Database['sql']['begin']>[1]>[0]
type TaggedSql = Connection['sql']

/** Where rows are written to. */
export type DumpTarget = Pick<ArtifactWriter, 'section' | 'data' | 'forget'>

/** What a backup was made of: the log's size and root, and how many rows of each table, once restored. */
export interface Dumped {
  readonly log: {
    readonly size: number
    readonly root: Buffer
    readonly checkpoint: string | null
    readonly firstEntryAt: Date | null
  }
  readonly tables: Readonly<Record<string, number>>
}

export interface DumpOptions {
  /** Patients of a range. */
  readonly patientsAtOnce?: number
  /** So many changed patients are copied in the last snapshot; more of them get another round before it. */
  readonly mostInLast?: number
  /** Entries of a range. */
  readonly entriesAtOnce?: number
  /** Asked between ranges: where it throws, the backup ends. */
  readonly onProgress?: (progress: { readonly rows: number }) => void | Promise<void>
}

/** Patients that are copied anew in one go. */
const MOST_IN_LAST = 1_000
const MOST_ROUNDS = 5

/**
 * Copies all that a logical backup holds, as of one moment, without a snapshot that is held for all of it:
 *
 * 1. patients by ranges, and the log by ranges of its order, each range in a short snapshot of its own;
 * 2. a last snapshot: patients of whom a row was written since (by the transaction that wrote it, which each
 *    row names: `xmin`) are forgotten and copied anew; the log's new entries, and those that wait for their
 *    place; and all other tables. While there are many changed patients, they are copied by ranges first, as
 *    in 1.
 *
 * What is restored is the last snapshot exactly: a row that it sees was either written by a transaction that
 * all ranges saw, or its patient is copied in it. Deletions are of tokens alone, whose patients have rows
 * written in the same transaction. The log is part of the last snapshot, so it covers every row. `db` is of
 * the login `chartward_backup`, with one connection.
 */
export const dumpDatabase = (db: Database, to: DumpTarget, options: DumpOptions = {}): Promise<Dumped> =>
  new Dump(db, to, options).run()

class Dump {
  readonly #db: Database
  readonly #to: DumpTarget
  readonly #options: DumpOptions
  /** Rows by table; those of patients' tables, of which some are copied twice, are counted in the end. */
  readonly #rows = new Map<string, number>()
  #columns = new Map<string, readonly string[]>()
  #written = 0
  /** How many of the log's entries were copied by ranges. */
  #logged = 0

  constructor(db: Database, to: DumpTarget, options: DumpOptions) {
    this.#db = db
    this.#to = to
    this.#options = options
  }

  async run(): Promise<Dumped> {
    let horizon = ''
    let bounds: string[] = []
    await this.#snapshot(async (sql) => {
      this.#columns = await readColumns(sql)
      horizon = await horizonOf(sql)
      bounds = await boundsOf(sql, this.#options.patientsAtOnce ?? 2_000)
      this.#logged = (await headOf(sql)).size
    })
    await this.#patientRanges(bounds)
    await this.#logRanges(0, this.#logged)
    for (let round = 1; ; round++) {
      const changed = await this.#changed(horizon, round)
      if (changed.dumped !== null) return changed.dumped
      horizon = changed.horizon
      await this.#anew(changed.patients)
    }
  }

  /** A short snapshot: the rows of one range, all as of one moment. */
  #snapshot<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#db.sql
      .begin('isolation level repeatable read read only', async (sql) => {
        // How long it takes is the disk's matter too, and it holds no lock that anybody waits for.
        await sql`set local statement_timeout = 0`
        await sql`set local idle_in_transaction_session_timeout = 0`
        return { value: await work(sql) }
      })
      .then(({ value }) => value)
  }

  async #patientRanges(bounds: readonly string[]): Promise<void> {
    for (let i = 0; i <= bounds.length; i++) {
      const after = bounds[i - 1]
      const upTo = bounds[i]
      const where = (column: string): string =>
        [
          after === undefined ? [] : [`${column} > '${uuid(after)}'`],
          upTo === undefined ? [] : [`${column} <= '${uuid(upTo)}'`],
        ]
          .flat()
          .join(' and ')
      await this.#snapshot(async (sql) => {
        for (const table of PATIENT_TABLE_NAMES) await this.#copy(sql, table, where(PATIENT_TABLES[table]))
      })
      await this.#progress()
    }
  }

  /** Entries `from` up to, and without, `to`, with what belongs to them. */
  async #logRanges(from: number, to: number): Promise<void> {
    const width = this.#options.entriesAtOnce ?? 20_000
    for (let at = from; at < to; at += width) {
      await this.#snapshot((sql) => this.#logRange(sql, at, Math.min(at + width, to)))
      await this.#progress()
    }
  }

  async #logRange(sql: Sql, from: number, to: number): Promise<void> {
    const range = `l.index >= ${from} and l.index < ${to}`
    // The ids' bounds let the planner leave out the months that have none of them.
    const [ids] = await sql<{ first: string | null; last: string | null }[]>`
      select min(entry_id::text) as first, max(entry_id::text) as last from audit_leaves
      where index >= ${from} and index < ${to}`
    if (ids?.first == null || ids.last === null) return
    await this.#copy(sql, 'audit_leaves', `index >= ${from} and index < ${to}`)
    for (const table of LOG_TABLES) {
      if (table === 'audit_leaves') continue
      const id = table === 'audit_entries' ? 'id' : 'entry_id'
      await this.#copy(
        sql,
        table,
        `t.${id} between '${uuid(ids.first)}' and '${uuid(ids.last)}'
          and exists (select from audit_leaves l where l.entry_id = t.${id} and ${range})`,
      )
    }
  }

  /**
   * The patients of whom rows were written since `horizon`. Where they are few, or this is the last round,
   * they and all the rest are copied in this same snapshot, and what was copied is told.
   */
  #changed(
    horizon: string,
    round: number,
  ): Promise<{ horizon: string; patients: string[]; dumped: Dumped | null }> {
    return this.#snapshot(async (sql) => {
      const patients = await changedSince(sql, horizon)
      const next = await horizonOf(sql)
      if (patients.length > (this.#options.mostInLast ?? MOST_IN_LAST) && round < MOST_ROUNDS)
        return { horizon: next, patients, dumped: null }
      await this.#forget(patients)
      for (const ids of inParts(patients, MOST_IN_LAST)) await this.#copyPatients(sql, ids)
      const log = await headOf(sql)
      await this.#logRange(sql, this.#logged, log.size)
      await this.#waiting(sql)
      for (const table of WHOLE_TABLES) await this.#copy(sql, table, '')
      const tables = { ...Object.fromEntries(this.#rows), ...(await countPatientRows(sql)) }
      return { horizon: next, patients, dumped: { log, tables } }
    })
  }

  async #anew(patients: readonly string[]): Promise<void> {
    await this.#forget(patients)
    for (const ids of inParts(patients, MOST_IN_LAST)) {
      await this.#snapshot((sql) => this.#copyPatients(sql, ids))
      await this.#progress()
    }
  }

  async #forget(patients: readonly string[]): Promise<void> {
    for (const ids of inParts(patients, 10_000))
      await this.#to.forget(Buffer.from(ids.map((id) => uuid(id).replaceAll('-', '')).join(''), 'hex'))
  }

  async #copyPatients(sql: Sql, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const list = ids.map((id) => `'${uuid(id)}'`).join(', ')
    for (const table of PATIENT_TABLE_NAMES)
      await this.#copy(sql, table, `${PATIENT_TABLES[table]} in (${list})`)
  }

  /** Entries that are committed and have no place in the log yet, and those that get none. */
  async #waiting(sql: Sql): Promise<void> {
    const pending = [0, 1, 2].map((i) => `select entry_id from audit_pending_${i}`).join(' union all ')
    const ids = `(${pending} union select entry_id from audit_quarantine)`
    const inNone = (id: string) =>
      `t.${id} in ${ids} and not exists (select from audit_leaves l where l.entry_id = t.${id})`
    for (const table of LOG_TABLES)
      if (table !== 'audit_leaves')
        await this.#copy(sql, table, inNone(table === 'audit_entries' ? 'id' : 'entry_id'))
    await this.#section(
      sql,
      'audit_pending_0',
      ['entry_id'],
      `select distinct entry_id from (${pending}) p where exists (select from audit_entries e where e.id = p.entry_id)
        and not exists (select from audit_leaves l where l.entry_id = p.entry_id)`,
    )
  }

  async #copy(sql: Sql, table: string, where: string): Promise<void> {
    const columns = this.#columns.get(table) ?? []
    const names = columns.map((name) => `t."${name}"`).join(', ')
    await this.#section(
      sql,
      table,
      columns,
      `select ${names} from ${table} t ${where === '' ? '' : `where ${where}`}`,
    )
  }

  async #section(sql: Sql, table: string, columns: readonly string[], select: string): Promise<void> {
    const walk = new CopyWalk(columns.length)
    let begun = false
    for await (const chunk of copyOut(sql, select)) {
      walk.add(chunk)
      // A range without rows of a table is no section.
      if (!begun && walk.rows === 0) continue
      if (!begun) {
        await this.#to.section({ table, columns })
        begun = true
      }
      await this.#to.data(chunk)
    }
    walk.end()
    this.#rows.set(table, (this.#rows.get(table) ?? 0) + walk.rows)
    this.#written += walk.rows
  }

  async #progress(): Promise<void> {
    await this.#options.onProgress?.({ rows: this.#written })
  }
}

/** Ids stand in statements: COPY takes no parameters. */
const uuid = (id: string): string => {
  if (!/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) throw new TypeError('not a UUID')
  return id
}

const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))

/** The columns of every table of ours that are stored, and not worked out from others. */
export const readColumns = async (sql: TaggedSql): Promise<Map<string, readonly string[]>> => {
  const rows = await sql.unsafe<{ table: string; columns: string[] }[]>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    group by c.relname`)
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

/**
 * The oldest transaction that may still be running: whatever is written later is written by it, or a later
 * one.
 */
const horizonOf = async (sql: Sql): Promise<string> => {
  const [row] = await sql<{ xid: string }[]>`
    select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text as xid`
  return row?.xid ?? '0'
}

const changedSince = async (sql: Sql, horizon: string): Promise<string[]> => {
  if (!/^\d{1,10}$/.test(horizon)) throw new TypeError('not a transaction')
  // By age, which goes round with the numbers of transactions as they do. One that is taken for younger than
  // it is costs a copy more; none is taken for older.
  const selects = PATIENT_TABLE_NAMES.map(
    (table) =>
      `select ${PATIENT_TABLES[table]} as id from ${table} where age(xmin) <= age('${horizon}'::xid) or age(xmin) < 0`,
  )
  const rows = await sql.unsafe<{ id: string }[]>(`${selects.join(' union ')} order by id`)
  return rows.map(({ id }) => id)
}

const boundsOf = async (sql: Sql, width: number): Promise<string[]> => {
  const rows = await sql<{ id: string }[]>`
    select id from (select id, row_number() over (order by id) as n from patients) p where n % ${width} = 0 order by id`
  return rows.map(({ id }) => id)
}

const countPatientRows = async (sql: Sql): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const table of PATIENT_TABLE_NAMES) {
    const [row] = await sql.unsafe<{ n: string }[]>(`select count(*) as n from ${table}`)
    counts[table] = Number(row?.n ?? 0)
  }
  return counts
}

export const headOf = async (sql: TaggedSql): Promise<Dumped['log']> => {
  const [row] = await sql<
    { size: string; root: Buffer; checkpoint: string | null; first: string | null }[]
  >`select size, root, checkpoint, (select min(at) from audit_entries) as first from audit_head where id = 1`
  if (row === undefined)
    throw new Error('The head of the audit log is gone: run `chartward verify --database`.')
  return {
    size: Number(row.size),
    root: row.root,
    checkpoint: row.checkpoint,
    firstEntryAt: row.first === null ? null : new Date(row.first),
  }
}
