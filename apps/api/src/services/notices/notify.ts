import type { NoticeWord } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { newId, nilId } from '../../core/ids.ts'
import type { Origin } from '../../sessions/lucia-adapter.ts'

type RoleWord = Extract<NoticeWord, 'role-given' | 'role-ended' | 'role-changed'>

/** What somebody is told: a word, and from where, where they can tell by it whether it was they. */
export type Notice = { readonly from?: Origin } & (
  | { readonly word: Exclude<NoticeWord, RoleWord> }
  | { readonly word: RoleWord; readonly role: string }
)

/**
 * Tells a person what was done to their account, or with it, in the transaction that does it: they are told
 * if and only if it has happened. Of null, who is nobody, it is the same statement with nothing to write: how
 * long it takes does not tell whether an address is somebody's.
 */
export const notify = async (
  { sql }: Transaction,
  { clock }: Pick<App, 'clock'>,
  userId: UserId | null,
  notice: Notice,
): Promise<void> => {
  const { ip, userAgent } = notice.from ?? { ip: null, userAgent: null }
  const role = 'role' in notice ? notice.role : null
  await sql`
    insert into notices (id, user_id, word, at, ip, user_agent, role)
    select ${newId()}::uuid, u.id, ${notice.word}::text, ${clock().toISOString()}::timestamptz,
      ${ip}::text, ${userAgent}::text, ${role}::text
    from users u where u.id = ${userId ?? nilId()}`
}
