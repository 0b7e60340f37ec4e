import { rest } from '../rest.ts'
import { FollowerFault } from './fault.ts'
import type { Follower, LogReader } from './follower.ts'
import { followStep, hasMore } from './step.ts'

/** How far a follower may be behind an idle log, in milliseconds. */
const POLL_MS = 250
/** The longest rest after failures in a row, in milliseconds. */
const LONGEST_REST_MS = 5_000
/**
 * How often a follower that stands before a fault looks whether it has been mended, and says that it stands
 * there.
 */
const FAULT_REST_MS = 60_000

/**
 * Shows a follower the log as it grows, until `signal` aborts; resolves then, after the transaction that is
 * under way. Rejects never: a fault of the log is said in the process's log and stood before, anything else
 * is tried again.
 */
export const followLog = async <Context>(
  reader: LogReader,
  follower: Follower<unknown, Context>,
  context: Context,
  signal: AbortSignal,
): Promise<void> => {
  const facts = { follower: follower.name }
  let failures = 0
  while (!signal.aborted) {
    let restMs = POLL_MS
    try {
      const { more } = (await hasMore(reader, follower.name))
        ? await followStep(reader, follower, context)
        : { more: false }
      failures = 0
      if (more) restMs = 0
    } catch (error) {
      if (error instanceof FollowerFault) {
        const { code, index } = error
        reader.log.error(
          { ...facts, fault: code, index },
          'a follower of the log stands before an entry that does not hold: run `chartward verify --database`',
        )
        restMs = FAULT_REST_MS
      } else {
        failures++
        reader.log.error(
          { ...facts, failures, err: error },
          'a follower of the log failed and will try again',
        )
        restMs = Math.min(POLL_MS * 2 ** Math.min(failures, 10), LONGEST_REST_MS)
      }
    }
    if (restMs > 0) await rest(restMs, signal)
  }
}
