import { openDatabase } from '@chartward/db'
import type { Job } from 'pg-boss'
import { z } from 'zod'
import type { App } from '../app.ts'
import { idSchema } from '../core/ids.ts'
import { unwindOnFailure } from '../core/unwinding.ts'
import { purgeAttempts } from '../services/auth/attempts.ts'
import { buildExport } from './build-export.ts'
import { expireRelease } from './expire-release.ts'
import { giveUpExport } from './give-up-export.ts'
import type { JobKind } from './job.ts'
import { openQueue } from './queue.ts'

const KINDS: readonly JobKind[] = [buildExport, giveUpExport, expireRelease]

const POLLING_SECONDS = 1
const HEARTBEAT_SECONDS = 10
/** How often a runner looks for jobs whose runner has stopped giving heartbeats. */
const SUPERVISE_MS = 5_000
const STOP_MS = 10_000
/** How often counters of attempts that nobody goes on with are deleted. */
const PURGE_MS = 60 * 60_000

const dataSchema = z.strictObject({ id: idSchema })

export interface RunningJobs {
  /** Cuts off what is being done, which another runner (or the next start) takes up again, and waits until it has ended. */
  stop(): Promise<void>
}

/**
 * Runs the jobs of the queue in this process until it is stopped. Any number of processes may do so: a job is taken by one of
 * them, and by another where that one dies. `queueUrl` is the application's login: heartbeats have connections of their own, so
 * that they never wait behind requests. `installQueue` has to have been run.
 */
export const startJobs = (app: App, queueUrl: string): Promise<RunningJobs> =>
  unwindOnFailure(async (unwinding) => {
    const db = openDatabase({ url: queueUrl, connections: 3, name: 'chartward-jobs' })
    unwinding.add(() => db.close())
    const queue = openQueue(db)
    queue.on('error', (error) => app.log.error({ err: error }, 'the job queue failed'))
    await queue.start()
    unwinding.add(() => queue.stop({ timeout: STOP_MS }))

    const stopping = new AbortController()
    unwinding.add(() => stopping.abort())
    for (const kind of KINDS) {
      await queue.work<unknown>(
        kind.name,
        { pollingIntervalSeconds: POLLING_SECONDS, heartbeatRefreshSeconds: HEARTBEAT_SECONDS },
        ([job]) => handle(app, kind, job, stopping.signal),
      )
    }
    unwinding.add(
      repeat(SUPERVISE_MS, async () => {
        await queue.supervise().catch((error: unknown) => {
          app.log.error({ err: error }, 'the job queue could not be looked after')
        })
      }),
    )
    unwinding.add(
      repeat(PURGE_MS, async () => {
        await purgeAttempts(app).catch((error: unknown) => {
          app.log.error({ err: error }, 'counters of failed attempts could not be purged')
        })
      }),
    )
    return { stop: () => unwinding.run() }
  })

const handle = async (
  app: App,
  kind: JobKind,
  job: Job<unknown> | undefined,
  stopping: AbortSignal,
): Promise<void> => {
  if (job === undefined) return
  const facts = { job: kind.name, jobId: job.id }
  try {
    const { id } = dataSchema.parse(job.data)
    await kind.run({ app, id, signal: AbortSignal.any([stopping, job.signal]) })
    app.log.info(facts, 'job done')
  } catch (error) {
    app.log.error({ ...facts, err: error }, 'job failed')
    // The queue stores the error that it is handed: one of ours, since a statement's would hold its parameters.
    throw new Error('the job failed; the log of its runner says more')
  }
}

/** Does `work`, which never rejects, now and every so often, never twice at once. Gives what ends it and waits for its end. */
const repeat = (everyMs: number, work: () => Promise<void>): (() => Promise<void>) => {
  let underWay: Promise<void> | null = null
  const begin = (): void => {
    underWay ??= work().finally(() => {
      underWay = null
    })
  }
  begin()
  const timer = setInterval(begin, everyMs)
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
