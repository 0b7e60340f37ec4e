import { type Database, openDatabase, type Transaction } from '@chartward/db'
import { type Db, PgBoss, type QueueOptions } from 'pg-boss'
import type postgres from 'postgres'

/*
 * The job queue: pg-boss on the same PostgreSQL, in a schema of its own that its owner migrates. Jobs carry an id and nothing
 * else, so nothing of a patient can stand in the queue's tables.
 */
const SCHEMA = 'pgboss'

/** Any number that no other program of this database uses: only one process installs the queue at a time. */
const INSTALL_LOCK = 4_380_002

/** What a job is about: the row with this id. */
export interface JobData {
  readonly id: string
}

/** Ever longer waits, up to an hour: these jobs have time, and must not be lost to an outage. */
const PATIENT = { retryBackoff: true, retryDelayMax: 3600 } as const

/**
 * Every queue with its settings, the dead letter queues first. A job whose runner dies stops giving heartbeats and is
 * taken by another runner; one that keeps failing ends up in its dead letter queue, where it is written off.
 */
const QUEUES = {
  'give-up-export': { expireInSeconds: 60, retryLimit: 100, retryDelay: 30, ...PATIENT },
  'build-export': {
    expireInSeconds: 6 * 3600,
    heartbeatSeconds: 30,
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    deadLetter: 'give-up-export',
  },
  'expire-release': { expireInSeconds: 300, retryLimit: 100, retryDelay: 60, ...PATIENT },
} as const satisfies Record<string, QueueOptions & { readonly deadLetter?: string }>

export type JobName = keyof typeof QUEUES

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

/** pg-boss over our pool. Without values its texts may hold BEGIN and COMMIT, which need a connection of their own. */
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
    schema: SCHEMA,
    migrate: options.migrate,
    createSchema: options.migrate,
    supervise: false,
    schedule: false,
    // Both need more rights than the application has.
    reindex: false,
    monitorVacuum: false,
    monitorIntervalSeconds: 5,
  })

/**
 * What the application may do in the queue's schema: put, take and settle jobs, and note when it looked after which queue. Not
 * more: `queue` names tables and `bam` holds statements, and both are executed by the owner when it migrates.
 */
const GRANTS = `
  revoke all on all tables in schema ${SCHEMA} from chartward_app;
  revoke execute on all functions in schema ${SCHEMA} from public;
  grant usage on schema ${SCHEMA} to chartward_app;
  grant select, insert, update, delete on ${SCHEMA}.job, ${SCHEMA}.job_common to chartward_app;
  grant select, delete on ${SCHEMA}.job_dependency to chartward_app;
  grant select on ${SCHEMA}.queue, ${SCHEMA}.version to chartward_app;
  grant update (deferred_count, queued_count, ready_count, active_count, failed_count, total_count, ready_history,
    singletons_active, monitor_claim_on, monitor_on, maintain_on) on ${SCHEMA}.queue to chartward_app`

/**
 * Makes the queue's schema, or brings it to this version, as the owner of the database (`ownerUrl`), and grants the application
 * its rights. May be run again at any time; two processes that do so at once do it one after the other.
 */
export const installQueue = async (ownerUrl: string): Promise<void> => {
  const db = openDatabase({ url: ownerUrl, connections: 3, name: 'chartward-install-queue' })
  const lock = await db.sql.reserve()
  try {
    // Of the session, so that it is given back with the connection, however this ends.
    await lock`select pg_advisory_lock(${INSTALL_LOCK})`
    await installAlone(db)
  } finally {
    lock.release()
    await db.close()
  }
}

const installAlone = async (db: Database): Promise<void> => {
  const boss = bossOver(overPool(db), { migrate: true })
  const errors: unknown[] = []
  boss.on('error', (error) => errors.push(error))
  try {
    await boss.start()
    for (const [name, settings] of Object.entries<QueueOptions & { deadLetter?: string }>(QUEUES)) {
      await boss.createQueue(name, settings)
      await boss.updateQueue(name, settings)
    }
    await db.sql.unsafe(GRANTS)
  } finally {
    await boss.stop({ graceful: false })
  }
  if (errors.length > 0) throw errors[0]
}

/** The queue for a runner of jobs. Its `start` rejects where `installQueue` has not been run for this version. */
export const openQueue = (db: Database): PgBoss => bossOver(overPool(db), { migrate: false })

/**
 * Puts a job about the row `id` into a queue, in the caller's transaction: there is a job if and only if what it is about has
 * been committed. `startAfter` keeps it waiting until then.
 */
export const enqueue = async (
  tx: Transaction,
  name: JobName,
  id: string,
  { startAfter }: { readonly startAfter?: Date } = {},
): Promise<void> => {
  const data: JobData = { id }
  const job = await bossOver(overTransaction(tx), { migrate: false }).send(
    name,
    data,
    startAfter === undefined ? {} : { startAfter },
  )
  if (job === null) throw new Error(`no job of ${name} was made`)
}
