import type { GetUserInput, GetUserOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { titleOf } from '@chartward/policy'
import { and, desc, eq, gt } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { showText, showTextOrNull } from '../../keys/sealed-text.ts'
import { reasonOf } from '../approvals/approval.ts'
import { KINDS } from '../approvals/kinds.ts'
import { practitionerById } from '../directory/directory.ts'
import { factorsOf } from '../factors/factors-shown.ts'
import { lastMail } from '../mail/last-mail.ts'
import { sessionView } from '../sessions/view.ts'
import { invitedUntil } from './create-invitation.ts'
import { personOf, userNames } from './names.ts'

const { approvals, roleAssignments, sessions, users } = schema

/** How many of a person's sessions are shown. */
const SESSIONS = 50

/**
 * A user with everything that an administrator decides by: roles past and present, what waits for approval,
 * sessions, factor.
 */
export const getUser = async ({
  ctx: { app, policy, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'user.viewed'>
  readonly input: GetUserInput
}): Promise<GetUserOutput> => {
  entry.about({ type: 'user', id }, null)
  const { orm } = app.db
  const now = app.clock()
  const [user] = await orm.select().from(users).where(eq(users.id, id))
  // That somebody is a patient is nothing that whoever keeps accounts is told.
  if (user?.kind !== 'workforce') throw new ChartwardError('NOT_FOUND')
  const [assigned, asked, begun, factors, invited, mail] = await Promise.all([
    orm
      .select()
      .from(roleAssignments)
      .where(eq(roleAssignments.userId, id))
      .orderBy(desc(roleAssignments.id)),
    orm
      .select()
      .from(approvals)
      .where(and(eq(approvals.subjectId, id), eq(approvals.status, 'pending'), gt(approvals.expiresAt, now)))
      .orderBy(desc(approvals.id)),
    orm.select().from(sessions).where(eq(sessions.userId, id)).orderBy(desc(sessions.id)).limit(SESSIONS),
    factorsOf(app, id),
    invitedUntil(app, id),
    lastMail(app, id),
  ])
  const names = await userNames(app.db, [
    ...assigned.map(({ grantedBy }) => grantedBy),
    ...asked.map(({ requestedBy }) => requestedBy),
    ...begun.map(({ endedBy }) => endedBy),
    user.managerId,
  ])
  return {
    id,
    email: user.email,
    displayName: user.displayName,
    status: user.status,
    createdAt: user.createdAt.toISOString(),
    lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
    department: user.department,
    manager: user.managerId === null ? null : personOf(names, user.managerId),
    employeeNumber: user.employeeNumber,
    practitioner: user.practitionerId === null ? null : await practitionerById(app, user.practitionerId),
    mfa: factors.authenticators.length + factors.passkeys.length > 0,
    factors,
    assignments: await Promise.all(
      assigned.map(async (row) => ({
        id: row.id,
        role: row.role,
        title: titleOf(policy, { name: row.role, version: row.roleVersion }),
        reason: await showText(app.keyring, placeOf(row.id, 'reason'), row.reason),
        grantedBy: row.grantedBy === null ? null : personOf(names, row.grantedBy),
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt?.toISOString() ?? null,
        ended: row.endsAt !== null && row.endsAt <= now,
        endReason: await showTextOrNull(app.keyring, placeOf(row.id, 'end_reason'), row.endReason),
        approvalId: row.approvalId,
      })),
    ),
    pending: await Promise.all(
      asked.map(async (row) => ({
        approvalId: row.id,
        kind: row.kind,
        detail: (await KINDS[row.kind].describe(app, policy, row)).line,
        reason: await showText(app.keyring, reasonOf(row), row.reason),
        requestedBy: personOf(names, row.requestedBy),
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
      })),
    ),
    sessions: begun.map((row) => sessionView(row, now, names)),
    invitation: invited === null ? null : { expiresAt: invited.toISOString() },
    mail,
  }
}

const placeOf = (rowId: string, column: 'reason' | 'end_reason') =>
  ({ table: 'role_assignments', column, rowId }) as const
