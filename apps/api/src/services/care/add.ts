import { type AddToCareTeamInput, type AddToCareTeamOutput, CARE_DAYS } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { haveOwnCare } from '../../care/relationship.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsHeld } from '../../guard/holds.ts'
import { holdsRoleForCare } from './role-for-care.ts'

type Context = VerbContext<'care.relationship.created'>

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Puts a user into a patient's care team by hand, for a time, where their role is for care. Never oneself:
 * decide() has refused that already. What a clinician gives out of their own care counts no longer than that
 * does; what they have from a colleague they can't give on.
 */
export const addToCareTeam = async ({
  ctx,
  input,
}: {
  ctx: Context
  input: AddToCareTeamInput
}): Promise<AddToCareTeamOutput> => {
  const { app, user, entry } = ctx
  app.shredded.refuse(input.patientId)
  const startsAt = app.clock()
  const endsAt = endOf(input.endsAt, startsAt)
  return withTransaction(app.db, [input.patientId], async (tx) => {
    const isForCare = await holdsRoleForCare(tx, ctx, input.userId)
    const [patient] = await tx.orm
      .select()
      .from(schema.patients)
      .where(eq(schema.patients.id, input.patientId))
    if (isForCare === null || patient === undefined) throw new ChartwardError('NOT_FOUND')
    if (!isForCare)
      throw new ChartwardError('CONFLICT', 'This person holds no role that is for care.', { field: 'userId' })
    const underGiver = rowsHeld(ctx, 'care:relationship:create')?.kind !== 'all'
    if (underGiver) await requireOwnCare(tx, ctx, input)
    const id = newId()
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
        underGiver,
        narrowed: false,
      },
    ])
    await entry.changed(tx, {
      change: {
        before: null,
        after: {
          userId: input.userId,
          kind: 'care-team',
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          underGiver,
        },
      },
      patientId: input.patientId,
      records: null,
      resource: { type: 'CareRelationship', id },
      note: input.reason,
    })
    return { id, endsAt: endsAt.toISOString() }
  })
}

const endOf = (wanted: Date | undefined, now: Date): Date => {
  const endsAt = wanted ?? new Date(now.getTime() + CARE_DAYS.unlessTold * DAY_MS)
  if (endsAt <= now)
    throw new ChartwardError('INVALID_INPUT', 'The end of the relationship lies in the past.', {
      field: 'endsAt',
    })
  if (endsAt.getTime() > now.getTime() + CARE_DAYS.atMost * DAY_MS) {
    throw new ChartwardError(
      'INVALID_INPUT',
      `A relationship that is made by hand lasts ${CARE_DAYS.atMost} days at most: choose an earlier end, and renew it then.`,
      { field: 'endsAt' },
    )
  }
  return endsAt
}

const requireOwnCare = async (
  tx: Transaction,
  { app, user }: Context,
  { patientId }: AddToCareTeamInput,
): Promise<void> => {
  const at = { days: app.settings.careRelationshipDays, now: app.clock() }
  const [own] = await haveOwnCare(tx, app.vouching, at, [{ userId: user.id, patientId }])
  if (own === true) return
  throw new ChartwardError(
    'FORBIDDEN',
    'You have this patient from a colleague: somebody with care of their own, or a privacy officer, adds others.',
  )
}
