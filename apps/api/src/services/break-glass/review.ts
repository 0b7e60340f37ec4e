import type { ReviewBreakGlassInput, ReviewBreakGlassOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq, isNull } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { notify } from '../notices/notify.ts'
import { isOpen, noteOf } from './view.ts'

const { breakGlassGrants: grants } = schema

/** Says once whether somebody else's use was appropriate, when it is over. */
export const reviewBreakGlass = async ({
  ctx: { app, user, entry, separation },
  input: { id, verdict, note },
}: {
  ctx: VerbContext<'break-glass.reviewed'>
  input: ReviewBreakGlassInput
}): Promise<ReviewBreakGlassOutput> => {
  const now = app.clock()
  return withTransaction(app.db, 'none', async (tx) => {
    const [found] = await tx.orm.select().from(grants).where(eq(grants.id, id)).for('update')
    if (found === undefined) throw new ChartwardError('NOT_FOUND')
    separation.require(found.userId)
    entry.about({ type: 'BreakGlass', id }, found.patientId)
    if (isOpen(found, now))
      throw new ChartwardError('CONFLICT', 'It is open still: end it first, or wait for its end.')
    const said = {
      verdict,
      note: sealText(app.keyring, noteOf({ id }), note),
      reviewedBy: user.id,
      reviewedAt: now,
    }
    const unreviewed = and(eq(grants.id, id), isNull(grants.verdict))
    const [row] = await app.vouching.change(tx, 'break-glass', unreviewed, said)
    if (row === undefined) throw new ChartwardError('CONFLICT', 'Somebody has reviewed this already.')
    await entry.changed(tx, {
      change: { before: { user: row.userId, verdict: null }, after: { user: row.userId, verdict } },
      patientId: row.patientId,
      records: null,
      note,
    })
    await notify(tx, app, row.userId, { word: 'break-glass-reviewed' })
    return {}
  })
}
