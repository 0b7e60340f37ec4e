import type { GetPatientAccountInput, GetPatientAccountOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { and, desc, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { showText } from '../../keys/sealed-text.ts'
import { reasonOf, statusAt } from '../approvals/approval.ts'
import { lastMail } from '../mail/last-mail.ts'
import { invitedUntil } from '../users/create-invitation.ts'
import { personOf, userNames } from '../users/names.ts'
import { askedBy, findPatientAccount, lastEnded, type PatientAccount } from './rows.ts'

const { approvals, users } = schema

type Context = VerbContext<'patient-account.viewed'>
type Asked = Extract<GetPatientAccountOutput, { state: 'requested' }>['asked']

/** Whether a patient has an account, or is to have one, with what a second person decides by. */
export const getPatientAccount = async ({
  ctx,
  input: { patientId },
}: {
  readonly ctx: Context
  readonly input: GetPatientAccountInput
}): Promise<GetPatientAccountOutput> => {
  const { app, entry } = ctx
  const found = await findPatientAccount(app.db, app, patientId)
  entry.shown({ resource: { type: 'PatientAccount', id: found?.row.id ?? null } })
  const none = async () => ({
    state: 'none' as const,
    endedAt: (await lastEnded(app, patientId))?.toISOString() ?? null,
  })
  if (found === null) return none()
  const { displayName, email } = found.owner
  if (found.row.state === 'requested') {
    const asked = await askedOf(ctx, found.row.id)
    return asked === null ? none() : { state: 'requested', displayName, email, asked }
  }
  return { displayName, email, ...(await standingOf(ctx, found)) }
}

/** The request that waits; null where nobody has decided in time. */
const askedOf = async ({ app, user }: Context, id: Id<'patient-account'>): Promise<Asked | null> => {
  const [row] = await app.db.orm
    .select()
    .from(approvals)
    .where(and(eq(approvals.subjectId, id), eq(approvals.kind, 'patient-account')))
    .orderBy(desc(approvals.id))
    .limit(1)
  if (row === undefined || statusAt(row, app.clock()) !== 'pending') return null
  const names = await userNames(app.db, [row.requestedBy])
  return {
    approvalId: row.id,
    by: personOf(names, row.requestedBy),
    reason: await showText(app.keyring, reasonOf(row), row.reason),
    at: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    mine: row.requestedBy === user.id,
  }
}

const standingOf = async ({ app, user }: Context, found: PatientAccount) => {
  const { orm } = app.db
  const { row } = found
  const { userId } = found.owner
  const [account] = await orm.select().from(users).where(eq(users.id, userId))
  if (account === undefined) throw new ChartwardError('INTEGRITY')
  const { status, lastSeenAt } = await app.vouching.require('user', account)
  return {
    state: status === 'invited' ? ('invited' as const) : ('active' as const),
    openedAt: (row.openedAt ?? row.createdAt).toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    invitedUntil: (await invitedUntil(app, userId))?.toISOString() ?? null,
    mail: await lastMail(app, userId),
    mine: (await askedBy(app.db, app, found)) === user.id,
  }
}
