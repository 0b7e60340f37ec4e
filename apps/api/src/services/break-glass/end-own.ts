import type { EndOwnBreakGlassInput, EndOwnBreakGlassOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { changeOf, isStanding } from './end-grants.ts'

const { breakGlassGrants: grants } = schema

/** Ends one's own use, before its time: from the next request on it opens nothing. */
export const endOwnBreakGlass = async ({
  ctx: { app, user, entry },
  input: { id },
}: {
  ctx: VerbContext<'break-glass.ended'>
  input: EndOwnBreakGlassInput
}): Promise<EndOwnBreakGlassOutput> => {
  const now = app.clock()
  return withTransaction(app.db, 'none', async (tx) => {
    const own = and(eq(grants.id, id), eq(grants.userId, user.id))
    const [found] = await tx.orm.select().from(grants).where(own)
    if (found === undefined) throw new ChartwardError('NOT_FOUND')
    entry.about({ type: 'BreakGlass', id }, found.patientId)
    const end = { endedAt: now, endedBy: user.id, endReason: 'holder' } as const
    const [row] = await app.vouching.end(tx, 'break-glass', and(own, isStanding(now)), end)
    if (row === undefined) throw new ChartwardError('CONFLICT', 'This has ended already.')
    await entry.changed(tx, { change: changeOf(row, now), patientId: row.patientId, records: null })
    return {}
  })
}
