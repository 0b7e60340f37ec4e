import { addressKey } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import { FIRST_ROLE, rolesAllowing, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { hasUsableFactor } from '../auth/usable-factors.ts'
import { createInvitation } from './create-invitation.ts'
import { grantRole } from './grant-role.ts'
import { lockUser } from './lock-user.ts'
import { insertUser } from './user-row.ts'
import { voidAccount } from './void-account.ts'

/** As many administrators as can do everything together: from then on the console is the way. */
const ENOUGH = 2
const REASON = 'Recovery of an installation that had lost its administrators'

interface Wanted {
  readonly email: string
  readonly displayName: string
  /** Who does it, as the command line knows them. */
  readonly operator: string
}

/**
 * Brings back an installation that has lost its administrators: makes whoever is named one, to enrol by a
 * single-use link, all in one transaction with its entries. An account of theirs that is there loses what
 * opened it. Throws CONFLICT while two administrators can sign in, and for one who can.
 */
export const recoverAdministrator = async (
  app: App,
  { email, displayName, operator }: Wanted,
): Promise<{ readonly email: string; readonly url: string }> =>
  withTransaction(app.db, 'none', async (tx) => {
    await oneAtATime(tx)
    const able = await administratorsWhoCanSignIn(tx, app)
    if (able.length >= ENOUGH) {
      throw new ChartwardError(
        'CONFLICT',
        'Two administrators can sign in: they give roles in the console, and nothing has to be recovered.',
      )
    }
    const by = { actor: { kind: 'system', name: 'recover' }, facts: { operator } } as const
    const [known] = await tx.sql<{ id: UserId }[]>`
      select id from users where address_key = ${addressKey(email)}`
    if (known !== undefined && able.includes(known.id))
      throw new ChartwardError('CONFLICT', 'This person can sign in as administrator: name another.')
    const id = known?.id ?? newId<UserId>()
    if (known === undefined)
      await insertUser(tx, app, {
        id,
        email: email.trim(),
        displayName,
        status: 'invited',
        createdAt: app.clock(),
      })
    const url = await inviteAnew(tx, app, by, { id, isNew: known === undefined })
    const grant = { userId: id, role: FIRST_ROLE.name, reason: REASON, endsAt: null }
    await grantRole(tx, app, by, { ...grant, grantedBy: null, approvalId: null })
    await app.audit.append(tx, {
      ...by,
      action: 'installation.recovered',
      outcome: 'success',
      resource: { type: 'user', id },
      count: able.length,
    })
    return { email: email.trim(), url }
  })

const inviteAnew = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  { id, isNew }: { readonly id: UserId; readonly isNew: boolean },
): Promise<string> => {
  const { status } = await lockUser(tx, app, id)
  if (!isNew) await voidAccount(tx, app, by, { id, endedBy: null, reason: REASON })
  const invitation = await createInvitation(tx, app, id, null)
  await app.audit.append(tx, {
    ...by,
    action: 'user.invited',
    outcome: 'success',
    resource: { type: 'user', id },
    change: {
      before: isNew ? null : { status },
      after: {
        status: 'invited',
        invitation: invitation.id,
        expiresAt: invitation.expiresAt.toISOString(),
      },
    },
  })
  return invitation.url
}

/** Also those whose role will end: as long as it has not, they can give roles that will not. */
const administratorsWhoCanSignIn = async (
  tx: Transaction,
  { clock, policies }: App,
): Promise<readonly UserId[]> => {
  const roles = rolesAllowing(await policies.inForce(), 'access:assignment:request')
  const now = clock().toISOString()
  const rows = await tx.sql<{ id: UserId }[]>`
    select u.id from users u
    where u.status = 'active'
      and ${hasUsableFactor(tx.sql)}
      and exists (select from role_assignments a where a.user_id = u.id
        and a.role || coalesce('@' || a.role_version, '') = any(${roles})
        and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now}))`
  return rows.map(({ id }) => id)
}
