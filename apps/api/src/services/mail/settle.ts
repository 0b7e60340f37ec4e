import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'

const { mails } = schema

export type MailRow = typeof mails.$inferSelect

/** What becomes of a mail. One that is dropped had nobody to go to. */
export type Outcome =
  | { readonly state: 'sent' | 'dropped' }
  | { readonly state: 'undeliverable'; readonly failure: NonNullable<MailRow['failure']> }

const BY = { actor: { kind: 'system', name: 'mail' } } as const

/** Says what became of a mail, once, with its entry, and wipes what it held. */
export const settleMail = async (
  app: App,
  { id, kind, userId }: Pick<MailRow, 'id' | 'kind' | 'userId'>,
  outcome: Outcome,
): Promise<void> =>
  withTransaction(app.db, 'none', async (tx: Transaction) => {
    const failure = outcome.state === 'undeliverable' ? outcome.failure : null
    const settled = await tx.orm
      .update(mails)
      .set({ state: outcome.state, failure, settledAt: app.clock(), content: null })
      .where(and(eq(mails.id, id), eq(mails.state, 'waiting')))
      .returning({ id: mails.id })
    if (settled.length === 0 || outcome.state === 'dropped') return
    const about: UserId | null = userId
    await app.audit.append(tx, {
      ...BY,
      action: failure === null ? 'mail.sent' : 'mail.undeliverable',
      outcome: failure === null ? 'success' : 'failure',
      reason: failure,
      resource: { type: 'user', id: about },
      facts: { mail: id, kind },
    })
  })
