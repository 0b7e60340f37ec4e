import type { App } from '../app.ts'
import type { Follower, SequencerFollower } from '../sequencer/follow/follower.ts'

/** How a queue treats its jobs. */
export interface QueueSettings {
  /** A run that takes longer is taken for failed. */
  readonly expireInSeconds: number
  /**
   * For how long a runner may give no heartbeat before another takes the job; null where `expireInSeconds` is
   * soon enough.
   */
  readonly heartbeatSeconds: number | null
  /** How often a job that fails is tried again. */
  readonly retryLimit: number
  /**
   * The wait before that, in seconds; with `retryBackoff` ever longer, up to `retryDelayMax` where that is
   * set.
   */
  readonly retryDelay: number
  readonly retryBackoff: boolean
  readonly retryDelayMax: number | null
}

/** Ever longer waits, up to an hour: for jobs that have time, and must not be lost to an outage. */
export const PATIENT = { retryBackoff: true, retryDelayMax: 3600 } as const

/** A periodic clear-up: what fails for longer than this is done in the next period. */
export const CLEAR_UP: QueueSettings = {
  expireInSeconds: 300,
  heartbeatSeconds: 30,
  retryLimit: 3,
  retryDelay: 60,
  retryBackoff: false,
  retryDelayMax: null,
}

/**
 * A job about one row, put into the queue in the transaction of the verb that asks for it. It may be run
 * again after it was cut off at any point, also when it had done its work already.
 */
export interface AboutJob {
  readonly kind: 'about'
  readonly name: string
  /** The process that runs it, with the database login of that name. */
  readonly login: 'app'
  readonly queue: QueueSettings
  /** What is then done about the row of a job that has failed for the last time; null where nothing is. */
  readonly deadLetter: AboutJob | null
  /** Does the work that the row `id` asks for. Rejects where it should be tried again. */
  run(given: { readonly app: App; readonly id: string; readonly signal: AbortSignal }): Promise<void>
}

/**
 * A job that is done once a period by one of all processes, and never by two at once. It may be run again as
 * above.
 */
export interface PeriodicJob {
  readonly kind: 'periodic'
  readonly name: string
  readonly login: 'app'
  readonly queue: QueueSettings
  readonly schedule: {
    /** Periods are counted from 1970 on by the database's clock, so all processes agree on them. */
    readonly everySeconds: number
  }
  run(given: { readonly app: App; readonly signal: AbortSignal }): Promise<void>
}

/** A follower of the log that may use all that the application has. */
export type AppFollower = Follower<'app', App>

/** All that a job is. It stands in one file, and in the registry: nothing else is told of it. */
export type Job = AboutJob | PeriodicJob | AppFollower | SequencerFollower

/** A job that stands in the queue until a runner takes it. */
export type QueuedJob = AboutJob | PeriodicJob
export const isQueued = (job: Job): job is QueuedJob => job.kind !== 'follower'
