import { schema, type Transaction } from '@chartward/db'
import { takesSecondPerson, type UserId } from '@chartward/policy'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { sealText } from '../../keys/sealed-text.ts'
import type { NewRow } from '../../vouch/kinds.ts'
import { endGrants, ofAssignment } from '../break-glass/end-grants.ts'
import { notify } from '../notices/notify.ts'

const { roleAssignments } = schema

type Assignment = typeof roleAssignments.$inferSelect

/** Puts a role assignment in force, its reason sealed. */
export const insertAssignment = async (
  tx: Transaction,
  { keyring, vouching }: Pick<App, 'keyring' | 'vouching'>,
  { reason, ...row }: Omit<NewRow<'role-assignment'>, 'reason'> & { readonly reason: string },
): Promise<void> => {
  const place = { table: 'role_assignments', column: 'reason', rowId: row.id } as const
  await vouching.insert(tx, 'role-assignment', [{ ...row, reason: sealText(keyring, place, reason) }])
}

const hasNotEnded = (now: Date) => or(isNull(roleAssignments.endsAt), gt(roleAssignments.endsAt, now))

/** Every role that somebody holds or is to hold, locked. */
export const allHeld = async (tx: Transaction, { clock }: App, userId: UserId): Promise<Assignment[]> =>
  tx.orm
    .select()
    .from(roleAssignments)
    .where(and(eq(roleAssignments.userId, userId), hasNotEnded(clock())))
    .for('update')

/** The privileged roles that somebody holds or is to hold, locked. */
export const privilegedHeld = async (tx: Transaction, app: App, userId: UserId): Promise<Assignment[]> => {
  const held = await allHeld(tx, app, userId)
  const refs = held.map(({ role: name, roleVersion: version }) => ({ name, version }))
  const policy = await app.policies.inForce(refs)
  return held.filter(({ role: name, roleVersion: version }) => takesSecondPerson(policy, { name, version }))
}

/**
 * Ends a role assignment now, with its entry. It takes effect at the person's next request, since every
 * decision reads the assignments. Throws CONFLICT for one that has ended.
 */
export const endAssignmentRow = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  ending: { readonly held: Assignment; readonly endedBy: UserId | null; readonly reason: string },
): Promise<void> => {
  const { clock, keyring, audit, vouching } = app
  const { held, endedBy, reason } = ending
  const now = clock()
  const place = { table: 'role_assignments', column: 'end_reason', rowId: held.id } as const
  const standing = and(eq(roleAssignments.id, held.id), hasNotEnded(now))
  const end = { endsAt: now, endedBy, endReason: sealText(keyring, place, reason) }
  const [ended] = await vouching.end(tx, 'role-assignment', standing, end)
  if (ended === undefined) throw new ChartwardError('CONFLICT', 'This assignment has ended already.')
  const subject = { user: held.userId, role: held.role }
  await audit.append(tx, {
    ...by,
    action: 'role.assignment.ended',
    outcome: 'success',
    resource: { type: 'role-assignment', id: held.id },
    change: {
      before: { ...subject, endsAt: held.endsAt?.toISOString() ?? null },
      after: { ...subject, endsAt: now.toISOString() },
    },
    note: reason,
  })
  await endGrants(tx, app, by, ofAssignment(held.id), { endReason: 'role-ended', endedBy })
  await notify(tx, app, held.userId, { word: 'role-ended', role: held.role })
}
