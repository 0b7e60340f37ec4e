import type { Act } from './act.ts'
import type { Stage } from './stage.ts'

/** As many acts are under way at once: the database works for one while another is decrypted. */
const AT_ONCE = 8
/** Acts so far apart don't overlap, in milliseconds. */
const WINDOW_MS = 30 * 60_000
/** How often the log is written, with nothing under way. */
const WRITE_EVERY_MS = 24 * 60 * 60_000

export interface ActivityProgress {
  readonly done: number
  readonly of: number
  /** The day that is being made. */
  readonly at: Date
}

interface UnderWay {
  readonly at: number
  readonly ended: Promise<void>
}

/**
 * Has the acts done in the order of their time, some at once where they are of different people. Once a day,
 * with nothing under way, the log is written: it takes entries in the order of their ids, so its order is
 * that of time. Rejects with the first act that does not go as it should, once those under way are over.
 */
export const runActivity = async (
  stage: Stage,
  acts: readonly Act[],
  { onProgress, signal }: { onProgress: (progress: ActivityProgress) => void; signal: AbortSignal },
): Promise<void> => {
  const underWay = new Map<string, UnderWay>()
  const failures: Error[] = []
  const oldest = (): UnderWay | undefined => [...underWay.values()][0]
  const settle = async (): Promise<void> => {
    await Promise.all([...underWay.values()].map(({ ended }) => ended))
    stage.clock.settle()
  }
  const begin = (act: Act): void => {
    const ended = stage.clock
      .run(act.at, () => act.do(stage))
      .catch((error: unknown) => {
        failures.push(new Error(`${act.by} could not: ${act.what}`, { cause: error }))
      })
      .finally(() => underWay.delete(act.by))
    underWay.set(act.by, { at: act.at, ended })
  }
  let written = acts[0]?.at ?? 0
  for (const [done, act] of acts.entries()) {
    if (signal.aborted || failures.length > 0) break
    if (act.at - written >= WRITE_EVERY_MS) {
      await settle()
      await stage.ledger.write()
      written = act.at
      onProgress({ done, of: acts.length, at: new Date(act.at) })
    }
    if (act.alone === true) await settle()
    await underWay.get(act.by)?.ended
    for (let first = oldest(); first !== undefined && first.at < act.at - WINDOW_MS; first = oldest())
      await first.ended
    while (underWay.size >= AT_ONCE) await Promise.race([...underWay.values()].map(({ ended }) => ended))
    begin(act)
    if (act.alone === true) await settle()
  }
  await settle()
  signal.throwIfAborted()
  const [failure] = failures
  if (failure !== undefined) throw failure
  await stage.ledger.write()
}
