import type { GetUserOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'

const { mails } = schema

/** What does something for its reader: without it they can't go on. */
export const LINK_MAILS = ['invitation', 'password-reset', 'address'] as const

const isLinkMail = (kind: string): kind is (typeof LINK_MAILS)[number] =>
  LINK_MAILS.some((one) => one === kind)

/** The newest mail with a link that went to a person, and what became of it. */
export const lastMail = async ({ db }: App, userId: UserId): Promise<GetUserOutput['mail']> => {
  const [row] = await db.orm
    .select()
    .from(mails)
    .where(
      and(
        eq(mails.userId, userId),
        inArray(mails.kind, LINK_MAILS),
        inArray(mails.state, ['waiting', 'sent', 'undeliverable']),
      ),
    )
    .orderBy(desc(mails.id))
    .limit(1)
  if (row === undefined || !isLinkMail(row.kind) || row.state === 'dropped') return null
  return {
    kind: row.kind,
    state: row.state,
    failure: row.failure,
    at: (row.settledAt ?? row.askedAt).toISOString(),
  }
}
