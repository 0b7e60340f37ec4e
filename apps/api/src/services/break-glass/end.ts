import type { EndBreakGlassInput, EndBreakGlassOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { notify } from '../notices/notify.ts'
import { changeOf, isStanding } from './end-grants.ts'

const { breakGlassGrants: grants } = schema

/** Ends somebody else's use, before its time: from their next request on it opens nothing. */
export const endBreakGlass = async ({
  ctx: { app, user, entry, separation },
  input: { id, reason },
}: {
  ctx: VerbContext<'break-glass.ended'>
  input: EndBreakGlassInput
}): Promise<EndBreakGlassOutput> => {
  const now = app.clock()
  return withTransaction(app.db, 'none', async (tx) => {
    const [found] = await tx.orm.select().from(grants).where(eq(grants.id, id))
    if (found === undefined) throw new ChartwardError('NOT_FOUND')
    separation.require(found.userId)
    entry.about({ type: 'BreakGlass', id }, found.patientId)
    const end = { endedAt: now, endedBy: user.id, endReason: 'reviewer' } as const
    const standing = and(eq(grants.id, id), isStanding(now))
    const [row] = await app.vouching.end(tx, 'break-glass', standing, end)
    if (row === undefined) throw new ChartwardError('CONFLICT', 'This has ended already.')
    await entry.changed(tx, {
      change: changeOf(row, now),
      patientId: row.patientId,
      records: null,
      note: reason,
    })
    await notify(tx, app, row.userId, { word: 'break-glass-ended' })
    return {}
  })
}
