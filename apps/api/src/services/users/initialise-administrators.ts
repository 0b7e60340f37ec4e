import { addressKey } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import { FIRST_ROLE, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { createInvitation } from './create-invitation.ts'
import { grantRole } from './grant-role.ts'
import { insertUser } from './user-row.ts'

interface Link {
  readonly email: string
  readonly url: string
}

interface FirstAdministrator {
  readonly email: string
  readonly displayName: string
}

/** The installation itself, at the command of an operator where one is known. */
const byOf = (operator: string | undefined) =>
  ({
    actor: { kind: 'system', name: 'init' },
    ...(operator === undefined ? {} : { facts: { operator } }),
  }) as const
const REASON = 'First administrators of the installation'

/**
 * Makes the first two administrators, by one-time links, once in an installation's life: two, because from
 * here on every privileged role takes two people. In the order given. Run again with the same two, it
 * makes new links for those of them who have not enrolled yet, voiding the earlier ones; CONFLICT where
 * there is none.
 */
export const initialiseAdministrators = async (
  app: App,
  people: readonly [FirstAdministrator, FirstAdministrator],
  operator?: string,
): Promise<Link[]> => {
  if (addressKey(people[0].email) === addressKey(people[1].email)) {
    throw new ChartwardError('INVALID_INPUT', 'The first two administrators are two people.')
  }
  const by = byOf(operator)
  return withTransaction(app.db, 'none', async (tx) => {
    const now = app.clock()
    const begun = await tx.sql`
      update installation set initialised_at = ${now.toISOString()} where initialised_at is null returning id`
    if (begun.length === 0) return renewLinks(tx, app, by, people)
    const made: Link[] = []
    for (const person of people) {
      const id: UserId = newId()
      const email = person.email.trim()
      const { displayName } = person
      await insertUser(tx, app, { id, email, displayName, status: 'invited', createdAt: now })
      const { url, expiresAt, id: invitation } = await createInvitation(tx, app, id, null)
      await app.audit.append(tx, {
        ...by,
        action: 'user.invited',
        outcome: 'success',
        resource: { type: 'user', id },
        change: {
          before: null,
          after: { status: 'invited', invitation, expiresAt: expiresAt.toISOString() },
        },
      })
      const grant = { userId: id, role: FIRST_ROLE.name, reason: REASON, endsAt: null }
      await grantRole(tx, app, by, { ...grant, grantedBy: null, approvalId: null })
      made.push({ email, url })
    }
    await app.audit.append(tx, {
      ...by,
      action: 'installation.initialised',
      outcome: 'success',
      resource: { type: 'installation', id: null },
      count: made.length,
    })
    return made
  })
}

const renewLinks = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  people: readonly FirstAdministrator[],
): Promise<Link[]> => {
  const keys = people.map(({ email }) => addressKey(email))
  const waiting = await tx.sql<{ id: UserId; email: string }[]>`
    select u.id, u.email from users u
    where u.address_key = any(${keys}) and u.status = 'invited' and exists (
      select from role_assignments a
      where a.user_id = u.id and a.role = ${FIRST_ROLE.name} and a.granted_by is null and a.ends_at is null)
    order by array_position(${keys}, u.address_key) for no key update`
  if (waiting.length === 0) {
    throw new ChartwardError('CONFLICT', 'This installation has its administrators already.')
  }
  const made: Link[] = []
  for (const { id, email } of waiting) {
    await endSessionsOf(tx, app, id, { reason: 'replaced', by: null })
    const { url, expiresAt, id: invitation } = await createInvitation(tx, app, id, null)
    await app.audit.append(tx, {
      ...by,
      action: 'user.invited',
      outcome: 'success',
      resource: { type: 'user', id },
      change: {
        before: { status: 'invited' },
        after: { status: 'invited', invitation, expiresAt: expiresAt.toISOString() },
      },
    })
    made.push({ email, url })
  }
  return made
}
