import { addressKey } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { createLink, linkUrl } from '../auth/account-link.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { notify } from '../notices/notify.ts'
import { revokeInvitations } from './create-invitation.ts'
import { lockLivingUser } from './lock-user.ts'
import { updateUser } from './user-row.ts'

/** Gives an account another name, with its entry, and tells its owner. The names stay out of the log. */
export const changeName = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  { userId, displayName }: { readonly userId: UserId; readonly displayName: string },
): Promise<void> => {
  const { displayName: earlier } = await lockLivingUser(tx, app, userId)
  if (earlier === displayName)
    throw new ChartwardError('CONFLICT', 'This is the name of the account already.', { field: 'displayName' })
  await updateUser(tx, app, userId, { displayName })
  await app.audit.append(tx, {
    ...by,
    action: 'user.name.changed',
    outcome: 'success',
    resource: { type: 'user', id: userId },
    change: { before: { name: 'earlier' }, after: { name: 'changed' } },
  })
  await notify(tx, app, userId, { word: 'name-changed' })
}

/** Throws CONFLICT where an address is this account's, or another's, already. */
export const requireFree = async (
  tx: Transaction,
  { userId, email }: { readonly userId: UserId; readonly email: string },
): Promise<void> => {
  const [taken] = await tx.sql<{ id: string }[]>`
    select id from users where address_key = ${addressKey(email)}`
  if (taken === undefined) return
  const says =
    taken.id === userId
      ? 'This is the address of the account already.'
      : 'There is a user with this address already.'
  throw new ChartwardError('CONFLICT', says, { field: 'email' })
}

export type AddressOutcome =
  | { readonly outcome: 'changed' }
  | { readonly outcome: 'mailed' | 'link'; readonly expiresAt: Date; readonly url: string | null }

/**
 * Begins to give an account another address, with its entry: it counts once a link has been opened there, and
 * the one that counts until then is told. Whoever has not come in yet has nothing to lose by it: theirs is
 * changed at once, and every invitation that went to the earlier one is withdrawn.
 */
export const startAddressChange = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  { userId, email, askedBy }: { readonly userId: UserId; readonly email: string; readonly askedBy: UserId },
): Promise<AddressOutcome> => {
  const { status, email: earlier } = await lockLivingUser(tx, app, userId)
  await requireFree(tx, { userId, email })
  const resource = { type: 'user', id: userId } as const
  if (status === 'invited') {
    await updateUser(tx, app, userId, { email })
    await revokeInvitations(tx, app, userId)
    await app.audit.append(tx, {
      ...by,
      action: 'user.address.changed',
      outcome: 'success',
      resource,
      change: { before: { status }, after: { status, invitations: 'withdrawn' } },
    })
    return { outcome: 'changed' }
  }
  const { smtp, publicUrl, resetMs } = app.settings
  const wanted = { userId, purpose: 'address', email, askedBy, lifeMs: resetMs.started } as const
  const { linkId, token, expiresAt } = await createLink(tx, app, wanted)
  if (smtp !== null)
    await queueMail(tx, app, {
      kind: 'address',
      userId,
      to: email,
      token,
      expiresAt: expiresAt.toISOString(),
    })
  await app.audit.append(tx, {
    ...by,
    action: 'user.address.change-started',
    outcome: 'success',
    resource,
    change: { before: null, after: { link: linkId, linkShownTo: smtp === null ? askedBy : null } },
  })
  await notify(tx, app, userId, { word: 'address-change-asked', to: earlier })
  return smtp === null
    ? { outcome: 'link', expiresAt, url: linkUrl(publicUrl, 'address', token) }
    : { outcome: 'mailed', expiresAt, url: null }
}
