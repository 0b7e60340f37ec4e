import type { ListCareTeamInput, ListCareTeamOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { eq, inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { haveOwnCare } from '../../care/relationship.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { directoryNames } from '../directory/directory.ts'
import { reasonsOf } from './reasons.ts'

/** Everybody who takes or took part in a patient's care, the latest first. */
export const listCareTeam = async ({
  ctx,
  input,
}: {
  ctx: VerbContext<'care.relationship.listed'>
  input: ListCareTeamInput
}): Promise<ListCareTeamOutput> => {
  const { app, entry } = ctx
  const rows = await app.db.orm
    .select()
    .from(schema.careRelationships)
    .where(eq(schema.careRelationships.patientId, input.patientId))
  const users = await app.db.orm
    .select({ id: schema.users.id, name: schema.users.displayName })
    .from(schema.users)
    .where(inArray(schema.users.id, known(rows.flatMap(({ userId, createdBy }) => [userId, createdBy]))))
  const userNames = new Map<string, string>(users.map(({ id, name }) => [id, name]))
  const practitioners = await directoryNames(
    app.db,
    app.keyring,
    known(rows.map(({ practitionerId }) => practitionerId)),
  )
  const now = app.clock()
  const byHand = rows.filter(({ createdBy }) => createdBy !== null).map(({ id }) => id)
  const reasons = await reasonsOf(ctx, input.patientId, byHand)
  const hasLapsed = await lapsed(app, rows, now)
  rows.sort((a, b) => b.startsAt.getTime() - a.startsAt.getTime())
  const items = rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    who: {
      userId: row.userId,
      practitionerId: row.practitionerId,
      name: userNames.get(row.userId ?? '') ?? practitioners.get(row.practitionerId ?? '')?.name ?? '',
    },
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt?.toISOString() ?? null,
    givenBy: row.createdBy === null ? null : (userNames.get(row.createdBy) ?? 'Unknown user'),
    reason: reasons.get(row.id) ?? null,
    trusted: row.trusted,
    withdrawn: !row.trusted && row.narrowed,
    ended: row.userId !== null && ((row.endsAt !== null && row.endsAt <= now) || hasLapsed.has(row.id)),
  }))
  entry.shown({ count: items.length, resource: { type: 'CareTeam', id: null } })
  return { items }
}

/** What colleagues gave who have no care of their own any more: it ended with theirs. */
const lapsed = async (
  { db, vouching, settings }: App,
  rows: readonly (typeof schema.careRelationships.$inferSelect)[],
  now: Date,
): Promise<ReadonlySet<string>> => {
  const given = rows.flatMap(({ id, patientId, underGiver, createdBy }) =>
    underGiver && createdBy !== null ? [{ id, patientId, userId: createdBy }] : [],
  )
  const own = await haveOwnCare(db, vouching, { days: settings.careRelationshipDays, now }, given)
  return new Set(given.filter((_, i) => own[i] !== true).map(({ id }) => id))
}

const known = <T>(ids: readonly (T | null)[]): T[] => ids.filter((id) => id !== null)
