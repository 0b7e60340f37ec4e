import type { EndCareRelationshipInput, EndCareRelationshipOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'

/** Ends a relationship that was set by hand. Imported ones follow the encounters that they came from. */
export const endCareRelationship = async ({
  ctx: { app, user, entry, separation },
  input,
}: {
  ctx: VerbContext<'care.relationship.ended'>
  input: EndCareRelationshipInput
}): Promise<EndCareRelationshipOutput> =>
  withTransaction(app.db, [input.patientId], async (tx) => {
    const { careRelationships } = schema
    const here = and(eq(careRelationships.patientId, input.patientId), eq(careRelationships.id, input.id))
    const [row] = await tx.orm.select().from(careRelationships).where(here).for('update')
    if (row === undefined) throw new ChartwardError('NOT_FOUND')
    if (row.userId === null) {
      throw new ChartwardError(
        'CONFLICT',
        'This relationship comes from an encounter and can not be ended by hand.',
      )
    }
    separation.require(row.userId)
    const now = app.clock()
    if (row.endsAt !== null && row.endsAt <= now)
      throw new ChartwardError('CONFLICT', 'This relationship has ended already.')
    await app.vouching.end(tx, 'care-relationship', here, { endsAt: now, endedBy: user.id })
    await entry.changed(tx, {
      change: { before: { endsAt: row.endsAt?.toISOString() ?? null }, after: { endsAt: now.toISOString() } },
      patientId: input.patientId,
      records: null,
      resource: { type: 'CareRelationship', id: input.id },
      note: input.reason,
    })
    return {}
  })
