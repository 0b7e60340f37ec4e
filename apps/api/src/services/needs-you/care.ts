import type { Need } from '@chartward/contract'
import { personOf, userNames } from '../users/names.ts'
import { DAY_MS, type Feed, MOST } from './room.ts'

const SOON_MS = 7 * DAY_MS

/**
 * Care relationships that the reader gave to a colleague by hand, and that end within a week: they alone know
 * whether the care goes on. A patient is named by id, as everywhere on a page that is seen over shoulders.
 */
export const endingCare: Feed = {
  permissions: ['care:relationship:list', 'vault:patient:read'],
  needs: async ({ app: { db, clock }, user }) => {
    const now = clock()
    const rows = await db.sql<{ patient_id: string; user_id: string; starts_at: string; ends_at: string }[]>`
      select r.patient_id, r.user_id, r.starts_at, r.ends_at
      from care_relationships r join users u on u.id = r.user_id
      where r.created_by = ${user.id} and r.kind = 'care-team' and r.trusted and r.ended_by is null
        and r.starts_at <= ${now.toISOString()} and r.ends_at > ${now.toISOString()}
        and r.ends_at <= ${new Date(now.getTime() + SOON_MS).toISOString()} and u.status = 'active'
        and not exists (select from care_relationships later where later.patient_id = r.patient_id
          and later.user_id = r.user_id and later.trusted and (later.ends_at is null or later.ends_at > r.ends_at))
      order by r.ends_at limit ${MOST}`
    const names = await userNames(
      db,
      rows.map(({ user_id }) => user_id),
    )
    return rows.map(
      ({ patient_id, user_id, starts_at, ends_at }): Need => ({
        kind: 'care-ending',
        room: 'patients',
        id: patient_id,
        what: null,
        whom: personOf(names, user_id),
        by: null,
        since: new Date(starts_at).toISOString(),
        due: new Date(ends_at).toISOString(),
      }),
    )
  },
}
