import type { App } from '../../app.ts'
import { beginWork } from './begin-work.ts'
import { endWork } from './end-work.ts'
import type { End } from './kind.ts'
import { jobKindOf } from './kinds.ts'
import { Pulse } from './pulse.ts'
import { type Work, WorkFailed } from './work.ts'

/**
 * Does a work that was asked for, from its beginning to its end. Killed anywhere it is taken up again by
 * whoever is run next. Rejects where another attempt may succeed.
 */
export const runWork = async (app: App, id: string, stopping: AbortSignal): Promise<void> => {
  const work = await beginWork(app, id)
  if (work === null) return
  const kind = jobKindOf(work.kind)
  await endWork(
    app,
    kind,
    work,
    work.cancelAskedAt === null ? await doIt(app, work, stopping) : await cancelled(app, work),
  )
}

const doIt = async (app: App, work: Work, stopping: AbortSignal): Promise<End> => {
  const kind = jobKindOf(work.kind)
  const pulse = new Pulse(app, work, stopping)
  try {
    const came = await kind.run({ app, work, progress: pulse, signal: pulse.signal })
    // What the row keeps is of the kind's own form, and of no other.
    return { state: 'done', result: kind.keep(came) }
  } catch (error) {
    if (error instanceof WorkFailed) return { state: 'failed', failure: error.failure }
    if (pulse.cancelled) return cancelled(app, work)
    throw error
  } finally {
    await pulse.stop()
  }
}

/** Also one that is cancelled may have been done by whoever had it before. */
const cancelled = async (app: App, work: Work): Promise<End> => {
  const done = await jobKindOf(work.kind).settle({ app, work, why: 'cancelled' })
  return done === null ? { state: 'cancelled' } : { state: 'done', result: done }
}

/** Writes off a work whose every attempt was cut off or met an error. */
export const giveUpWork = async (app: App, id: string): Promise<void> => {
  const work = await beginWork(app, id)
  if (work === null) return
  const kind = jobKindOf(work.kind)
  const done = await kind.settle({ app, work, why: 'gave-up' })
  const end: End = done === null ? { state: 'failed', failure: 'gave-up' } : { state: 'done', result: done }
  await endWork(app, kind, work, end)
}
