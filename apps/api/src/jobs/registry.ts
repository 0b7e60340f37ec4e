import { SEQUENCER_FOLLOWERS } from '../sequencer/followers.ts'
import { buildExport } from './build-export.ts'
import { expireRelease } from './expire-release.ts'
import { giveUpExport } from './give-up-export.ts'
import type { Job } from './job.ts'
import { purgeCounters } from './purge-counters.ts'

/**
 * Every job there is: the queues that are made, and what the processes work and follow, are derived from
 * here.
 */
export const JOBS: readonly Job[] = [
  buildExport,
  giveUpExport,
  expireRelease,
  purgeCounters,
  ...SEQUENCER_FOLLOWERS,
]
