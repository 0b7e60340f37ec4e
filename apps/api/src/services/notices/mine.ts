import type { MyNoticesOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { titleOf } from '@chartward/policy'
import { desc, eq } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'

const { notices } = schema

/** How many of one's notices are shown. */
const SHOWN = 50

/** What one was told of one's own account, newest first. */
export const myNotices = async ({
  ctx: { app, user, policy, entry },
}: {
  readonly ctx: VerbContext<'notices.listed'>
}): Promise<MyNoticesOutput> => {
  const own = await app.db.orm
    .select()
    .from(notices)
    .where(eq(notices.userId, user.id))
    .orderBy(desc(notices.id))
    .limit(SHOWN)
  entry.shown({ count: own.length, resource: { type: 'user', id: user.id } })
  return {
    items: own.map(({ id, word, at, ip, userAgent, role }) => ({
      id,
      word,
      at: at.toISOString(),
      ip,
      userAgent,
      role: role === null ? null : titleOf(policy, { name: role }),
    })),
  }
}
