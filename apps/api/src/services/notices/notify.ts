import type { NoticeWord } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { newId, nilId } from '../../core/ids.ts'
import type { Origin } from '../../sessions/lucia-adapter.ts'
import { queueMail } from '../mail/queue-mail.ts'

type RoleWord = Extract<NoticeWord, 'role-given' | 'role-ended' | 'role-changed'>

/**
 * What somebody is told: a word, and from where, where they can tell by it whether it was they. `to` is an
 * address that it is mailed to instead of their account's.
 */
export type Notice = { readonly from?: Origin; readonly to?: string } & (
  | { readonly word: Exclude<NoticeWord, RoleWord> }
  | { readonly word: RoleWord; readonly role: string }
)

type NoticeApp = Pick<App, 'clock' | 'keyring' | 'policies' | 'settings'>

/**
 * Tells a person what was done to their account, or with it, in the transaction that does it: they are told
 * if and only if it has happened, and by mail too where there is a server for it. Of null, who is nobody, the
 * same is written and queued, and nobody is told: how long it takes does not say whether an address is
 * somebody's.
 */
export const notify = async (
  tx: Transaction,
  app: NoticeApp,
  userId: UserId | null,
  notice: Notice,
): Promise<void> => {
  const { ip, userAgent } = notice.from ?? { ip: null, userAgent: null }
  const role = 'role' in notice ? notice.role : null
  const id = newId()
  const at = app.clock().toISOString()
  const written = await tx.sql`
    insert into notices (id, user_id, word, at, ip, user_agent, role)
    select ${id}::uuid, u.id, ${notice.word}::text, ${at}::timestamptz,
      ${ip}::text, ${userAgent}::text, ${role}::text
    from users u where u.id = ${userId ?? nilId()}`
  if (app.settings.smtp === null) return
  const { roles } = await app.policies.inForce()
  const title = role === null ? null : (roles[role]?.title ?? role)
  const said = { word: notice.word, at, ip, role: title, to: notice.to ?? null }
  const content = { kind: 'notice', userId: userId ?? nilId(), ...said } as const
  await queueMail(tx, app, content, written.count === 0 ? null : id)
}
