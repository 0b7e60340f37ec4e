import { openDatabase } from '@chartward/db'
import type { PgBoss, Job as QueueEntry } from 'pg-boss'
import { z } from 'zod'
import type { App } from '../app.ts'
import { idSchema } from '../core/ids.ts'
import { unwindOnFailure } from '../core/unwinding.ts'
import { followLog } from '../sequencer/follow/follow-log.ts'
import { type AppFollower, isQueued, type Job, type PeriodicJob, type QueuedJob } from './job.ts'
import { openQueue } from './queue.ts'
import { JOBS } from './registry.ts'

const POLLING_SECONDS = 1
const HEARTBEAT_SECONDS = 10
/**
 * How often a runner puts the periodic jobs into the queue, and looks for jobs whose runner has stopped
 * giving heartbeats.
 */
const LOOK_AFTER_MS = 5_000
const STOP_MS = 10_000

const dataSchema = z.strictObject({ id: idSchema })

export interface RunningJobs {
  /**
   * Cuts off what is being done, which another runner (or the next start) takes up again, and waits until it
   * has ended.
   */
  stop(): Promise<void>
}

/**
 * Runs the application's jobs in this process until it is stopped. Any number of processes may do so: a job
 * is taken by one of them, and by another where that one dies. `queueUrl` is the application's login:
 * heartbeats have connections of their own, so that they never wait behind requests. `installQueue` has to
 * have been run.
 */
export const startJobs = (app: App, queueUrl: string, jobs: readonly Job[] = JOBS): Promise<RunningJobs> =>
  unwindOnFailure(async (unwinding) => {
    const db = openDatabase({ url: queueUrl, connections: 3, name: 'chartward-jobs' })
    unwinding.add(() => db.close())
    const queue = openQueue(db)
    queue.on('error', (error) => app.log.error({ err: error }, 'the job queue failed'))
    await queue.start()
    unwinding.add(() => queue.stop({ timeout: STOP_MS }))

    const stopping = new AbortController()
    const following = jobs.filter(isAppFollower).map((follower) => follow(app, follower, stopping.signal))
    unwinding.add(() => Promise.all(following))
    unwinding.add(() => stopping.abort())
    const queued = jobs.filter(isQueued)
    for (const job of queued) {
      await queue.work<unknown>(
        job.name,
        { pollingIntervalSeconds: POLLING_SECONDS, heartbeatRefreshSeconds: HEARTBEAT_SECONDS },
        ([entry]) => handle(app, job, entry, stopping.signal),
      )
    }
    const periodic = queued.filter((job) => job.kind === 'periodic')
    unwinding.add(
      repeat(LOOK_AFTER_MS, async () => {
        await lookAfter(queue, periodic).catch((error: unknown) => {
          app.log.error({ err: error }, 'the job queue could not be looked after')
        })
      }),
    )
    return { stop: () => unwinding.run() }
  })

const isAppFollower = (job: Job): job is AppFollower => job.kind === 'follower' && job.login === 'app'

const follow = (app: App, follower: AppFollower, signal: AbortSignal): Promise<void> => {
  const { db, audit, log } = app
  return followLog({ db, log, isOwn: (bytes, mac) => audit.isOwn(bytes, mac) }, follower, app, signal)
}

/**
 * A periodic job that is there for this period, or is still waiting or under way from one before, is not put
 * in again.
 */
const lookAfter = async (queue: PgBoss, periodic: readonly PeriodicJob[]): Promise<void> => {
  for (const { name, schedule } of periodic)
    await queue.send(name, null, { singletonSeconds: schedule.everySeconds })
  await queue.supervise()
}

const handle = async (
  app: App,
  job: QueuedJob,
  entry: QueueEntry<unknown> | undefined,
  stopping: AbortSignal,
): Promise<void> => {
  if (entry === undefined) return
  const facts = { job: job.name, jobId: entry.id }
  const signal = AbortSignal.any([stopping, entry.signal])
  try {
    if (job.kind === 'periodic') await job.run({ app, signal })
    else await job.run({ app, id: dataSchema.parse(entry.data).id, signal })
    app.log.info(facts, 'job done')
  } catch (error) {
    app.log.error({ ...facts, err: error }, 'job failed')
    // The queue stores the error that it is handed: one of ours, since a statement's would hold its
    // parameters.
    throw new Error('the job failed; the log of its runner says more')
  }
}

/**
 * Does `work`, which never rejects, now and every so often, never twice at once. Gives what ends it and waits
 * for its end.
 */
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
