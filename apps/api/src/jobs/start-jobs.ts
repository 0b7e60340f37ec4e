import { openDatabase } from '@chartward/db'
import type { Job } from 'pg-boss'
import { z } from 'zod'
import type { App } from '../core/app.ts'
import { idSchema } from '../core/ids.ts'
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
export const startJobs = async (app: App, queueUrl: string): Promise<RunningJobs> => {
  const db = openDatabase({ url: queueUrl, connections: 3, name: 'chartward-jobs' })
  const queue = openQueue(db)
  const stopping = new AbortController()
  queue.on('error', (error) => app.log.error({ err: error }, 'the job queue failed'))
  try {
    await queue.start()
  } catch (error) {
    await db.close()
    throw error
  }

  const handle = async (kind: JobKind, job: Job<unknown> | undefined): Promise<void> => {
    if (job === undefined) return
    const facts = { job: kind.name, jobId: job.id }
    try {
      const { id } = dataSchema.parse(job.data)
      await kind.run({ app, id, signal: AbortSignal.any([stopping.signal, job.signal]) })
      app.log.info(facts, 'job done')
    } catch (error) {
      app.log.error({ ...facts, err: error }, 'job failed')
      // The queue stores the error that it is handed: one of ours, since a statement's would hold its parameters.
      throw new Error('the job failed; the log of its runner says more')
    }
  }

  for (const kind of KINDS) {
    await queue.work<unknown>(
      kind.name,
      { pollingIntervalSeconds: POLLING_SECONDS, heartbeatRefreshSeconds: HEARTBEAT_SECONDS },
      ([job]) => handle(kind, job),
    )
  }

  let supervising: Promise<void> | null = null
  const supervise = (): void => {
    supervising ??= queue
      .supervise()
      .catch((error: unknown) => {
        app.log.error({ err: error }, 'the job queue could not be looked after')
      })
      .finally(() => {
        supervising = null
      })
  }
  supervise()
  const timer = setInterval(supervise, SUPERVISE_MS)

  return {
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await supervising
      await queue.stop({ timeout: STOP_MS })
      await db.close()
    },
  }
}
