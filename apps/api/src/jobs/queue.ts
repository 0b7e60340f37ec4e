import type { Database, Transaction } from '@chartward/db'
import { type Db, PgBoss } from 'pg-boss'
import type postgres from 'postgres'
import type { AboutJob } from './job.ts'

/*
 * The job queue: pg-boss on the same PostgreSQL, in a schema of its own that its owner migrates. Jobs carry
 * an id and nothing else, so nothing of a patient can stand in the queue's tables.
 */
export const QUEUE_SCHEMA = 'pgboss'

/** What a job is about: the row with this id. */
export interface JobData {
  readonly id: string
}

type Parameter = postgres.SerializableParameter

const parameterOf = (value: unknown): Parameter => {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(String)
  return JSON.stringify(value)
}

const rowsOf = (result: postgres.RowList<postgres.Row[]>): { rows: postgres.Row[] } => {
  // Several statements in one text give an array of row lists.
  const lists = [...result]
  return { rows: lists.length > 0 && lists.every(Array.isArray) ? lists.flat() : lists }
}

/**
 * pg-boss over our pool. Without values its texts may hold BEGIN and COMMIT, which need a connection of their
 * own.
 */
const overPool = (db: Database): Db => ({
  executeSql: async (text, values) => {
    if (values !== undefined && values.length > 0)
      return rowsOf(await db.sql.unsafe(text, values.map(parameterOf)))
    const connection = await db.sql.reserve()
    try {
      return rowsOf(await connection.unsafe(text))
    } catch (error) {
      await connection.unsafe('rollback').catch(() => undefined)
      throw error
    } finally {
      connection.release()
    }
  },
})

const overTransaction = ({ sql }: Transaction): Db => ({
  executeSql: async (text, values) => rowsOf(await sql.unsafe(text, (values ?? []).map(parameterOf))),
})

/** Neither migrates nor runs anything by itself: each of its users switches on what it is for. */
const bossOver = (db: Db, options: { readonly migrate: boolean }): PgBoss =>
  new PgBoss({
    db,
    schema: QUEUE_SCHEMA,
    migrate: options.migrate,
    createSchema: options.migrate,
    supervise: false,
    schedule: false,
    // Both need more rights than the application has.
    reindex: false,
    monitorVacuum: false,
    monitorIntervalSeconds: 5,
  })

/** The queue for whoever installs it, as the owner of the database. */
export const openQueueToInstall = (db: Database): PgBoss => bossOver(overPool(db), { migrate: true })

/**
 * The queue for a runner of jobs. Its `start` rejects where `installQueue` has not been run for this version.
 */
export const openQueue = (db: Database): PgBoss => bossOver(overPool(db), { migrate: false })

/**
 * Puts a job about the row `id` into its queue, in the caller's transaction: there is a job if and only if
 * what it is about has been committed. `startAfter` keeps it waiting until then.
 */
export const enqueue = async (
  tx: Transaction,
  job: AboutJob,
  id: string,
  { startAfter }: { readonly startAfter?: Date } = {},
): Promise<void> => {
  const data: JobData = { id }
  const made = await bossOver(overTransaction(tx), { migrate: false }).send(
    job.name,
    data,
    startAfter === undefined ? {} : { startAfter },
  )
  if (made === null) throw new Error(`no job of ${job.name} was made`)
}
