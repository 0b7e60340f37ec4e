import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { isForUser } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { disableFactors } from '../auth/factors.ts'
import { voidRecoveryCodes } from '../auth/recovery-codes.ts'
import { insertFactorReset } from '../auth/resets/reset-rows.ts'
import { notify } from '../notices/notify.ts'
import { privilegedHeld } from './assignment-row.ts'
import { lockUser } from './lock-user.ts'
import { requireFloors } from './require-floors.ts'

const HOUR_MS = 60 * 60_000

/**
 * That somebody who has lost their factor enrols another. Their sessions end. Of most people the old factors
 * end with them; of whoever holds a privileged role they count until the new one is there, and a waiting time
 * comes first, in which they can call it off: what two people were talked into is found by the third (ADR
 * 069).
 */
export const lostFactorApproval = defineApprovalKind({
  subject: isForUser,
  request: 'account:factor:reset',
  decide: 'access:approval:decide',
  enrolledOnly: true,
  payload: z.strictObject({}),

  describe: (app) => ({
    line: 'Lost factor: signed out at once; enrols another by a link and the password that they have',
    endsAt: null,
    role: null,
    gives: [
      `With a privileged role, ${app.settings.lostFactorHours} hours later, and not if they call it off`,
      'Say in your reason how you have made sure yourself who this is',
    ],
  }),

  carryOut: async (
    tx,
    app,
    by,
    { approval: { id: approvalId, subjectId: userId, requestedBy, decisionReason } },
  ) => {
    if (decisionReason === null) {
      throw new ChartwardError('INVALID_INPUT', 'Say how you have made sure yourself who this is.', {
        field: 'reason',
      })
    }
    await lockUser(tx, app, userId)
    const isPrivileged = (await privilegedHeld(tx, app, userId)).length > 0
    if (!isPrivileged) {
      await requireFloors(tx, app, (held) => held.userId === userId)
      await disableFactors(tx, app, userId)
      await voidRecoveryCodes(tx, app, userId)
    }
    const waitMs = isPrivileged ? app.settings.lostFactorHours * HOUR_MS : 0
    const { id: reset, opensAt } = await insertFactorReset(tx, app, { userId, approvalId, waitMs })
    const ended = await endSessionsOf(tx, app, userId, { reason: 'ended-by-administrator', by: requestedBy })
    await app.audit.append(tx, {
      ...by,
      action: 'user.lost-factor.agreed',
      outcome: 'success',
      resource: { type: 'user', id: userId },
      change: {
        before: { factors: 'in force' },
        after: {
          factors: isPrivileged ? 'in force until the new one is there' : 'void',
          reset,
          opensAt: opensAt.toISOString(),
          approval: approvalId,
        },
      },
      count: ended.length,
    })
    await notify(tx, app, userId, { word: 'lost-factor-agreed' })
  },

  turnDown: async () => undefined,
})
