import type { Need } from '@chartward/contract'
import { LINK_MAILS } from '../mail/last-mail.ts'
import { personOf, userNames } from '../users/names.ts'
import { DAY_MS, type Feed, MOST } from './room.ts'

const AGO_MS = 30 * DAY_MS

/** People whom a link could not be mailed to: another one, or another address, ends it. */
export const undeliverableMail: Feed = {
  permissions: ['account:user:read', 'account:user:invite'],
  needs: async ({ app: { db, clock }, user }) => {
    const since = new Date(clock().getTime() - AGO_MS).toISOString()
    const rows = await db.sql<{ user_id: string; settled_at: string }[]>`
      select user_id, settled_at from (
        select distinct on (m.user_id) m.user_id, m.state, m.settled_at
        from mails m join users u on u.id = m.user_id and u.kind = 'workforce'
        where m.kind = any(${[...LINK_MAILS]}) and m.state <> 'dropped' and m.asked_at > ${since}
          and u.status in ('invited', 'active') and u.id <> ${user.id}
        order by m.user_id, m.id desc
      ) latest
      where state = 'undeliverable' order by settled_at desc limit ${MOST}`
    const names = await userNames(
      db,
      rows.map(({ user_id }) => user_id),
    )
    return rows.map(
      ({ user_id, settled_at }): Need => ({
        kind: 'mail-undeliverable',
        room: 'users',
        id: user_id,
        what: null,
        whom: personOf(names, user_id),
        by: null,
        since: new Date(settled_at).toISOString(),
        due: null,
      }),
    )
  },
}
