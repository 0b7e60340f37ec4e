import type { AddToCareTeamInput, AddToCareTeamOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'

/** Puts a user into a patient's care team by hand. Never oneself: decide() has refused that already. */
export const addToCareTeam = async ({
  ctx: { app, user, entry },
  input,
}: {
  ctx: VerbContext<'care.relationship.created'>
  input: AddToCareTeamInput
}): Promise<AddToCareTeamOutput> =>
  withTransaction(app.db, [input.patientId], async (tx) => {
    const startsAt = app.clock()
    if (input.endsAt !== undefined && input.endsAt <= startsAt) {
      throw new ChartwardError('INVALID_INPUT', 'The end of the relationship lies in the past.')
    }
    const [member] = await tx.orm
      .select({ id: schema.users.id })
      .from(schema.users)
      .where(and(eq(schema.users.id, input.userId), eq(schema.users.status, 'active')))
    const [patient] = await tx.orm
      .select()
      .from(schema.patients)
      .where(eq(schema.patients.id, input.patientId))
    if (member === undefined || patient === undefined) throw new ChartwardError('NOT_FOUND')
    const id = newId()
    const endsAt = input.endsAt ?? null
    await app.vouching.insert(tx, 'care-relationship', [
      {
        patientId: input.patientId,
        id,
        userId: input.userId,
        kind: 'care-team',
        trusted: true,
        startsAt,
        endsAt,
        createdBy: user.id,
      },
    ])
    await entry.changed(tx, {
      change: {
        before: null,
        after: {
          userId: input.userId,
          kind: 'care-team',
          startsAt: startsAt.toISOString(),
          endsAt: endsAt?.toISOString() ?? null,
        },
      },
      patientId: input.patientId,
      records: null,
      resource: { type: 'CareRelationship', id },
      note: input.reason,
    })
    return { id }
  })
