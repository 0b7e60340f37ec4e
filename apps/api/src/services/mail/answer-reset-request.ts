import { schema, withTransaction } from '@chartward/db'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { createLink, mayReset } from '../auth/account-link.ts'
import { findCredentials } from '../auth/credentials.ts'
import { type MailContent, sealContent } from './content.ts'
import type { MailRow } from './settle.ts'

const { accountLinks, mails } = schema

/** Whoever asks again has to wait: nobody's mailbox is filled by a stranger. */
const AGAIN_MS = 5 * 60_000
const DAY_MS = 24 * 60 * 60_000
const MOST_IN_A_DAY = 5

type Answered = Extract<MailContent, { kind: 'password-reset' }>

/**
 * Answers somebody who has forgotten their password, away from their request: whether the address is
 * anybody's, and what follows, takes no time that they could see. Makes the link and puts it into the mail's
 * row, so that one that was cut off sends the same. Null where nothing is to be sent.
 */
export const answerResetRequest = async (
  app: App,
  { id }: MailRow,
  asked: Extract<MailContent, { kind: 'reset-asked' }>,
): Promise<Answered | null> => {
  const found = await findCredentials(app.db, app, { email: asked.typed, kind: asked.as })
  if (found === null) return null
  const { userId } = found
  return withTransaction(app.db, 'none', async (tx) => {
    if (!(await mayReset(tx, app, userId))) return null
    const now = app.clock()
    const earlier = await tx.orm
      .select({ createdAt: accountLinks.createdAt })
      .from(accountLinks)
      .where(
        and(
          eq(accountLinks.userId, userId),
          eq(accountLinks.purpose, 'password-reset'),
          isNull(accountLinks.askedBy),
          gt(accountLinks.createdAt, new Date(now.getTime() - DAY_MS)),
        ),
      )
    const isSoon = earlier.some(({ createdAt }) => now.getTime() - createdAt.getTime() < AGAIN_MS)
    if (isSoon || earlier.length >= MOST_IN_A_DAY) return null
    const { token, expiresAt, linkId } = await createLink(tx, app, {
      userId,
      purpose: 'password-reset',
      email: null,
      askedBy: null,
      lifeMs: app.settings.resetMs.own,
    })
    const answered = {
      kind: 'password-reset',
      userId,
      token,
      expiresAt: expiresAt.toISOString(),
    } as const
    await tx.orm
      .update(mails)
      .set({ kind: 'password-reset', userId, content: sealContent(app.keyring, id, answered) })
      .where(eq(mails.id, id))
    await app.audit.append(tx, {
      actor: { kind: 'system', name: 'mail' },
      action: 'auth.password.reset-started',
      outcome: 'success',
      resource: { type: 'user', id: userId },
      facts: { link: linkId },
      ip: asked.ip,
    })
    return answered
  })
}
