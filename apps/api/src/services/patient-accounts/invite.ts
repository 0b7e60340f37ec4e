import type { InvitePatientInput, InvitePatientOutput } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { requireRight } from '../approvals/standing.ts'
import { createInvitation, handOver } from '../users/create-invitation.ts'
import { askedBy, findPatientAccount, lockAccountUser, type PatientAccount } from './rows.ts'

/**
 * Makes the link by which a patient takes their account over, and voids an earlier one. It is mailed. Without
 * mail it is shown, once, to whoever hands it over, and whoever has it could take the account over and read
 * the record: it is made by a third person then, who treats the patient, and else FORBIDDEN, or
 * SECOND_PERSON_REQUIRED for whoever asked for the account. Throws CONFLICT once the patient has come in:
 * whoever has lost their factor gets another account, by two people.
 */
export const invitePatient = async ({
  ctx: { app, user, entry },
  input: { patientId },
}: {
  readonly ctx: VerbContext<'patient-account.invited'>
  readonly input: InvitePatientInput
}): Promise<InvitePatientOutput> =>
  withTransaction(app.db, [patientId], async (tx) => {
    const found = await findPatientAccount(tx, app, patientId)
    if (found?.row.state !== 'open') throw new ChartwardError('NOT_FOUND')
    const { userId } = found.owner
    const { status } = await lockAccountUser(tx, app, userId)
    if (status !== 'invited')
      throw new ChartwardError('CONFLICT', 'The patient has taken this account over already.')
    if (app.settings.smtp === null) await requireThird(tx, app, { holder: user.id, patientId, found })
    await endSessionsOf(tx, app, userId, { reason: 'ended-by-administrator', by: user.id })
    const invitation = await createInvitation(tx, app, userId, user.id)
    const invitationUrl = await handOver(tx, app, userId, invitation)
    const expiresAt = invitation.expiresAt.toISOString()
    await entry.changed(tx, {
      resource: { type: 'PatientAccount', id: found.row.id },
      change: {
        before: { status },
        after: {
          status,
          invitation: invitation.id,
          expiresAt,
          linkShownTo: invitationUrl === null ? null : user.id,
        },
      },
      patientId,
      records: null,
    })
    return { invitationUrl, expiresAt }
  })

const requireThird = async (
  tx: Transaction,
  app: App,
  { holder, patientId, found }: { holder: UserId; patientId: PatientId; found: PatientAccount },
): Promise<void> => {
  await requireRight(tx, app, {
    holder,
    permission: 'vault:record:read',
    about: null,
    patientId,
    message:
      'The link opens the record to whoever has it: without mail somebody who treats the patient makes it, and hands it over.',
  })
  if ((await askedBy(tx, app, found)) === holder)
    throw new ChartwardError(
      'SECOND_PERSON_REQUIRED',
      'You asked for this account. Without mail somebody else who treats the patient makes the link, and hands it over.',
    )
}
