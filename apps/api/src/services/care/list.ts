import type { ListCareTeamInput, ListCareTeamOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { eq, inArray } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { directoryNames } from '../directory/directory.ts'

/** Everybody who takes or took part in a patient's care, the latest first. */
export const listCareTeam = async ({
  ctx: { app, entry },
  input,
}: {
  ctx: VerbContext<'care.relationship.listed'>
  input: ListCareTeamInput
}): Promise<ListCareTeamOutput> => {
  const rows = await app.db.orm
    .select()
    .from(schema.careRelationships)
    .where(eq(schema.careRelationships.patientId, input.patientId))
  const users = await app.db.orm
    .select({ id: schema.users.id, name: schema.users.displayName })
    .from(schema.users)
    .where(inArray(schema.users.id, known(rows.map(({ userId }) => userId))))
  const userNames = new Map<string, string>(users.map(({ id, name }) => [id, name]))
  const practitioners = await directoryNames(
    app.db,
    app.keyring,
    known(rows.map(({ practitionerId }) => practitionerId)),
  )
  const now = app.clock()
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
    trusted: row.trusted,
    ended: row.userId !== null && row.endsAt !== null && row.endsAt <= now,
  }))
  entry.shown({ count: items.length, resource: { type: 'CareTeam', id: null } })
  return { items }
}

const known = <T>(ids: readonly (T | null)[]): T[] => ids.filter((id) => id !== null)
