import { SEQUENCER_FOLLOWERS } from '../sequencer/followers.ts'
import { doWork } from './do-work.ts'
import { endSilentWorks } from './end-silent-works.ts'
import { escalateBreakGlassUses } from './escalate-break-glass.ts'
import { expireRelease } from './expire-release.ts'
import { finishShredsJob } from './finish-shreds.ts'
import { giveUpMail } from './give-up-mail.ts'
import { giveUp } from './give-up-work.ts'
import type { Job } from './job.ts'
import { keepKeyClocksJob } from './keep-key-clocks.ts'
import { purgeCounters } from './purge-counters.ts'
import { resealHashesJob } from './reseal-hashes.ts'
import { rotateKeys } from './rotate-keys.ts'
import { sendMail } from './send-mail.ts'
import { sweepUploads } from './sweep-uploads.ts'

/**
 * Every job there is: the queues that are made, and what the processes work and follow, are derived from
 * here.
 */
export const JOBS: readonly Job[] = [
  doWork,
  giveUp,
  sendMail,
  giveUpMail,
  endSilentWorks,
  escalateBreakGlassUses,
  expireRelease,
  finishShredsJob,
  purgeCounters,
  resealHashesJob,
  rotateKeys,
  keepKeyClocksJob,
  sweepUploads,
  ...SEQUENCER_FOLLOWERS,
]
