import { dormantAccounts, endingInvitations, endingRoles } from './accounts.ts'
import { accessApprovals } from './approvals.ts'
import { backupsAndDrills } from './backups.ts'
import { breakGlassReviews, breakGlassWaitsForADay, breakGlassWaitsForDays } from './break-glass.ts'
import { endingCare } from './care.ts'
import { exportDecisions, ownExports } from './exports.ts'
import { dueKeys, heldRotations } from './keys.ts'
import { undeliverableMail } from './mail.ts'
import { patientAccountDecisions } from './patient-accounts.ts'
import type { Feed } from './room.ts'
import { shredDecisions } from './shreds.ts'
import { oldSigningKeys } from './signing-keys.ts'

/** Everything that can need somebody. What feeds nothing in here is on no landing page and in no badge. */
export const FEEDS: readonly Feed[] = [
  accessApprovals,
  exportDecisions,
  patientAccountDecisions,
  shredDecisions,
  ownExports,
  endingInvitations,
  undeliverableMail,
  endingRoles,
  dormantAccounts,
  endingCare,
  breakGlassReviews,
  breakGlassWaitsForADay,
  breakGlassWaitsForDays,
  heldRotations,
  dueKeys,
  oldSigningKeys,
  backupsAndDrills,
]
