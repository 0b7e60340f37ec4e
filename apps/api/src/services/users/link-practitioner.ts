import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, ne } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { endTrustedOf } from '../import/trusted-care.ts'
import { lockLivingUser } from './lock-user.ts'
import { updateUser } from './user-row.ts'

const { users } = schema

/**
 * Makes a user the practitioner of the directory, whose care relationships are theirs from then on; with its
 * entry, in the caller's transaction. That two people agree on it was settled before. Throws CONFLICT where
 * the practitioner is another user.
 */
export const linkPractitioner = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  { userId, practitionerId }: { readonly userId: UserId; readonly practitionerId: string },
): Promise<void> => {
  const { practitionerId: before } = await lockLivingUser(tx, app, userId)
  await requireUnlinked(tx, userId, practitionerId)
  await updateUser(tx, app, userId, { practitionerId })
  if (before !== practitionerId) await endTrustedOf(tx, app, userId)
  await app.audit.append(tx, {
    ...by,
    action: 'user.practitioner.linked',
    outcome: 'success',
    resource: { type: 'user', id: userId },
    change: { before: { practitioner: before }, after: { practitioner: practitionerId } },
  })
}

/** Throws CONFLICT where another user is this practitioner. */
export const requireUnlinked = async (
  tx: Transaction,
  userId: UserId,
  practitionerId: string,
): Promise<void> => {
  const others = await tx.orm
    .select({ id: users.id })
    .from(users)
    .where(
      and(eq(users.practitionerId, practitionerId), ne(users.id, userId), ne(users.status, 'deactivated')),
    )
    .limit(1)
  if (others.length > 0)
    throw new ChartwardError('CONFLICT', 'Another user is linked to this practitioner.', { field: 'npi' })
}
