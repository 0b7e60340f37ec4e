import type { SequencerFollower } from './follow/follower.ts'
import { gapWatch } from './gap-watch.ts'
import { rollUp } from './roll-up.ts'
import { rowHeads } from './row-heads.ts'

/**
 * What follows the log in the sequencer's process. It stands here and not in the registry of jobs, which
 * takes it over whole, so that this process, which has the signing key, loads no service.
 */
export const SEQUENCER_FOLLOWERS: readonly SequencerFollower[] = [rollUp, gapWatch, rowHeads]
