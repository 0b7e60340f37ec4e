import type { EndCoverInput, EndCoverOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsHeld } from '../../guard/holds.ts'
import { notify } from '../notices/notify.ts'

const { covers, careRelationships: care } = schema

/** Ends a cover, for all its patients and colleagues at once: from their next request on. */
export const endCover = async ({
  ctx,
  input: { id, reason },
}: {
  ctx: VerbContext<'care.cover.ended'>
  input: EndCoverInput
}): Promise<EndCoverOutput> => {
  const { app, user, entry, separation } = ctx
  const now = app.clock()
  return withTransaction(app.db, 'none', async (tx) => {
    const [found] = await tx.orm.select().from(covers).where(eq(covers.id, id)).for('update')
    const keepsAll = rowsHeld(ctx, 'care:cover:end')?.kind === 'all'
    if (found === undefined || !(keepsAll || [found.coveredUser, found.givenBy].includes(user.id)))
      throw new ChartwardError('NOT_FOUND')
    const { places, coveredUser } = await app.vouching.require('cover', found)
    const receivers = found.receivers.map((one) => one as UserId)
    const [first, ...others] = receivers
    if (first !== undefined) separation.require(first, ...others)
    const standing = and(eq(covers.id, id), isNull(covers.endedAt), gt(covers.endsAt, now))
    const [ended] = await app.vouching.end(tx, 'cover', standing, { endedAt: now, endedBy: user.id })
    if (ended === undefined) throw new ChartwardError('CONFLICT', 'This cover has ended already.')
    const relationships = places.map((place) => place.id)
    await app.vouching.end(
      tx,
      'care-relationship',
      and(inArray(care.id, relationships), gt(care.endsAt, now)),
      {
        endsAt: now,
        endedBy: user.id,
      },
    )
    const patientIds = [...new Set(places.map(({ patientId }) => patientId))]
    entry.shown({ count: patientIds.length })
    await entry.changed(tx, {
      change: {
        before: { covered: coveredUser, receivers, endsAt: found.endsAt.toISOString() },
        after: { covered: coveredUser, receivers, endsAt: now.toISOString() },
      },
      patientId: null,
      records: null,
      resource: { type: 'Cover', id },
      note: reason,
    })
    for (const receiver of receivers) await notify(tx, app, receiver, { word: 'cover-ended' })
    return {}
  })
}
