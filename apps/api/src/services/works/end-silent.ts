import { schema } from '@chartward/db'
import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { endWork } from './end-work.ts'
import { REQUEST_KINDS, workKindOf } from './kinds.ts'
import { WorkTaken } from './work.ts'

const { works } = schema

/** Ends the works of requests whose process has stopped: nobody takes them up again. */
export const endSilentWorks = async (app: App): Promise<void> => {
  const silent = await app.db.orm
    .select()
    .from(works)
    .where(
      and(
        eq(works.state, 'running'),
        inArray(works.kind, REQUEST_KINDS),
        lt(works.heartbeat, sql`now() - interval '1 minute'`),
      ),
    )
  for (const work of silent) {
    if (!(await app.vouching.admits('work', work))) continue
    try {
      await endWork(app, workKindOf(work.kind), work, { state: 'failed', failure: 'cut-off' })
    } catch (error) {
      if (!(error instanceof WorkTaken)) throw error
    }
  }
}
