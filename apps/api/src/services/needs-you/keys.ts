import type { Need } from '@chartward/contract'
import { and, eq, gt, inArray, ne, or } from 'drizzle-orm'
import { WARNING_DAYS } from '../keys/list.ts'
import { keyRotations } from '../keys/rotation-row.ts'
import { purposeOf } from '../keys/rotation-view.ts'
import { DAY_MS, type Feed, MOST } from './room.ts'

/** Holds that pass by themselves, or are as they are to be. */
const NEEDS_SOMEBODY = ['no-login', 'canary', 'unreadable']
const AGO_MS = 30 * DAY_MS

/** Rotations that stand still, or have left something that does not open. */
export const heldRotations: Feed = {
  permissions: ['system:key:read', 'system:key:rotate'],
  needs: async ({ app: { db, clock } }) => {
    const since = new Date(clock().getTime() - AGO_MS)
    const held = inArray(keyRotations.blocked, NEEDS_SOMEBODY)
    const rows = await db.orm
      .select()
      .from(keyRotations)
      .where(or(eq(keyRotations.state, 'paused'), and(held, gt(keyRotations.startedAt, since))))
      .limit(MOST)
    return rows.map(
      (row): Need => ({
        kind: 'key-rotation',
        room: 'keys',
        id: row.id,
        what: purposeOf(row),
        whom: null,
        by: null,
        since: row.phaseAt.toISOString(),
        due: null,
      }),
    )
  },
}

/** Keys whose time is nearly over, and that nobody is rotating: it is done by itself when it is. */
export const dueKeys: Feed = {
  permissions: ['system:key:read', 'system:key:rotate'],
  needs: async ({ app: { db, clock, settings } }) => {
    const lasts = settings.keys.days * DAY_MS
    const before = new Date(clock().getTime() - lasts + WARNING_DAYS * DAY_MS).toISOString()
    const open = await db.orm.select().from(keyRotations).where(ne(keyRotations.state, 'done'))
    const rotated = new Set<string>(open.map(purposeOf))
    const rows = await db.sql<{ id: string; purpose: string; since: number }[]>`
      select id, purpose, (extract(epoch from state_at) * 1000)::float8 as since from (
        select id, 'kek' as purpose, state_at from keks where state = 'primary'
        union all select id, purpose, state_at from system_keys where state = 'primary') keys
      where state_at < ${before} order by state_at limit ${MOST}`
    return rows
      .filter(({ purpose }) => !rotated.has(purpose))
      .map(
        ({ id, purpose, since }): Need => ({
          kind: 'key-due',
          room: 'keys',
          id,
          what: purpose,
          whom: null,
          by: null,
          since: new Date(since).toISOString(),
          due: new Date(since + lasts).toISOString(),
        }),
      )
  },
}
