import { normaliseEmail } from '@chartward/crypto'
import { schema, withTransaction } from '@chartward/db'
import type { App } from '../../core/app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { createInvitation } from './create-invitation.ts'
import { grantRole } from './grant-role.ts'

interface FirstAdministrator {
  readonly email: string
  readonly displayName: string
}

const BY = { actor: { kind: 'system', name: 'init' } } as const
const REASON = 'First administrators of the installation'

/**
 * Makes the first two administrators, by one-time links, once in an installation's life (CONFLICT from then on): two, because
 * from here on every privileged role takes two people. In the order given.
 */
export const initialiseAdministrators = async (
  app: App,
  people: readonly [FirstAdministrator, FirstAdministrator],
): Promise<{ email: string; url: string }[]> => {
  if (normaliseEmail(people[0].email) === normaliseEmail(people[1].email)) {
    throw new ChartwardError('INVALID_INPUT', 'The first two administrators are two people.')
  }
  return withTransaction(app.db, 'none', async (tx) => {
    const now = app.clock()
    const begun = await tx.sql`
      update installation set initialised_at = ${now.toISOString()} where initialised_at is null returning id`
    if (begun.length === 0)
      throw new ChartwardError('CONFLICT', 'This installation has its administrators already.')
    const made: { email: string; url: string }[] = []
    for (const person of people) {
      const id = newId()
      const email = person.email.trim()
      await tx.orm
        .insert(schema.users)
        .values({ id, email, displayName: person.displayName, status: 'invited', createdAt: now })
      const { url, expiresAt, id: invitation } = await createInvitation(tx, app, id, null)
      await app.audit.append(tx, {
        ...BY,
        action: 'user.invited',
        outcome: 'success',
        resource: { type: 'user', id },
        change: {
          before: null,
          after: { status: 'invited', invitation, expiresAt: expiresAt.toISOString() },
        },
      })
      const grant = { userId: id, role: 'administrator', reason: REASON, endsAt: null }
      await grantRole(tx, app, BY, { ...grant, grantedBy: null, approvalId: null })
      made.push({ email, url })
    }
    await app.audit.append(tx, {
      ...BY,
      action: 'installation.initialised',
      outcome: 'success',
      resource: { type: 'installation', id: null },
      count: made.length,
    })
    return made
  })
}
