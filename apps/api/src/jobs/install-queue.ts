import { type Database, openDatabase } from '@chartward/db'
import { isQueued, type Job } from './job.ts'
import { openQueueToInstall, QUEUE_SCHEMA } from './queue.ts'
import { JOBS } from './registry.ts'

/** Any number that no other program of this database uses: only one process installs the queue at a time. */
const INSTALL_LOCK = 4_380_002

/**
 * What the application may do in the queue's schema: put, take and settle jobs, and note when it looked after
 * which queue. Not more: `queue` names tables and `bam` holds statements, and both are executed by the owner
 * when it migrates.
 */
const GRANTS = `
  revoke all on all tables in schema ${QUEUE_SCHEMA} from chartward_app;
  revoke execute on all functions in schema ${QUEUE_SCHEMA} from public;
  grant usage on schema ${QUEUE_SCHEMA} to chartward_app;
  grant select, insert, update, delete on ${QUEUE_SCHEMA}.job, ${QUEUE_SCHEMA}.job_common to chartward_app;
  grant select, delete on ${QUEUE_SCHEMA}.job_dependency to chartward_app;
  grant select on ${QUEUE_SCHEMA}.queue, ${QUEUE_SCHEMA}.version to chartward_app;
  grant update (deferred_count, queued_count, ready_count, active_count, failed_count, total_count, ready_history,
    singletons_active, monitor_claim_on, monitor_on, maintain_on) on ${QUEUE_SCHEMA}.queue to chartward_app`

/**
 * Makes the queue's schema, or brings it to this version, as the owner of the database (`ownerUrl`), with a
 * queue for each job, and grants the application its rights. May be run again at any time; two processes that
 * do so at once do it one after the other.
 */
export const installQueue = async (ownerUrl: string, jobs: readonly Job[] = JOBS): Promise<void> => {
  const db = openDatabase({ url: ownerUrl, connections: 3, name: 'chartward-install-queue' })
  const lock = await db.sql.reserve()
  try {
    // Of the session, so that it is given back with the connection, however this ends.
    await lock`select pg_advisory_lock(${INSTALL_LOCK})`
    await installAlone(db, jobs)
  } finally {
    lock.release()
    await db.close()
  }
}

const installAlone = async (db: Database, jobs: readonly Job[]): Promise<void> => {
  const boss = openQueueToInstall(db)
  const errors: unknown[] = []
  boss.on('error', (error) => errors.push(error))
  const queued = jobs.filter(isQueued)
  try {
    await boss.start()
    // A dead letter queue has to be there before another names it.
    for (const { kind, name } of queued)
      await boss.createQueue(name, { policy: kind === 'periodic' ? 'exclusive' : 'standard' })
    for (const job of queued) {
      const deadLetter = job.kind === 'about' ? (job.deadLetter?.name ?? null) : null
      await boss.updateQueue(job.name, { ...job.queue, deadLetter })
    }
    await db.sql.unsafe(GRANTS)
  } finally {
    await boss.stop({ graceful: false })
  }
  if (errors.length > 0) throw errors[0]
}
