import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { createLink, linkUrl, mayReset } from '../auth/account-link.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { notify } from '../notices/notify.ts'

interface Started {
  readonly linkId: string
  readonly expiresAt: Date
  /** Null where the link was mailed: then nobody but its owner sees it. */
  readonly url: string | null
}

/** Throws CONFLICT for an account whose password a link can't reset, and says what can be done. */
export const requireResettable = async (
  tx: Transaction,
  app: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<void> => {
  if (await mayReset(tx, app, userId)) return
  throw new ChartwardError(
    'CONFLICT',
    'This account is not open, or has no second factor yet, so that a link alone would be the account. Invite the person anew, or have the account opened again.',
  )
}

/**
 * Makes the link by which somebody chooses a new password, with its entry, in the caller's transaction: it is
 * mailed to them, or given to the caller where nothing is mailed.
 */
export const startReset = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  { userId, askedBy }: { readonly userId: UserId; readonly askedBy: UserId },
): Promise<Started> => {
  await requireResettable(tx, app, userId)
  const { smtp, publicUrl, resetMs } = app.settings
  const wanted = { userId, purpose: 'password-reset', email: null, askedBy, lifeMs: resetMs.started } as const
  const { linkId, token, expiresAt } = await createLink(tx, app, wanted)
  if (smtp !== null)
    await queueMail(tx, app, { kind: 'password-reset', userId, token, expiresAt: expiresAt.toISOString() })
  await app.audit.append(tx, {
    ...by,
    action: 'auth.password.reset-started',
    outcome: 'success',
    resource: { type: 'user', id: userId },
    facts: { link: linkId, ...(smtp === null ? { linkShownTo: askedBy } : {}) },
  })
  await notify(tx, app, userId, { word: 'password-reset-sent' })
  return { linkId, expiresAt, url: smtp === null ? linkUrl(publicUrl, 'password-reset', token) : null }
}
