import type { Plan, Profile } from '../format/plan.ts'
import { expertDeterminationReasons } from './expert-determination.ts'
import { limitedDataSetReasons } from './limited-data-set.ts'
import { safeHarborReasons } from './safe-harbor.ts'

export interface Eligibility {
  readonly eligible: boolean
  /** Why not: all of it, each with its paragraph of 45 CFR 164.514. */
  readonly reasons: readonly string[]
}

const verdict = (reasons: readonly string[]): Eligibility => ({ eligible: reasons.length === 0, reasons })

/**
 * Which of the three profiles a release by this plan may claim, and for each that it may not, every reason.
 * It judges what is done to the declared columns. That nothing known would identify anybody with the rest
 * (b)(2)(ii) stays for an officer to attest, and that the columns hold what is declared for the verifier of
 * the release to look at.
 */
export const eligibilityOf = (plan: Plan): Record<Profile, Eligibility> => ({
  'safe-harbor': verdict(safeHarborReasons(plan)),
  'expert-determination': verdict(expertDeterminationReasons(plan)),
  'limited-data-set': verdict(limitedDataSetReasons(plan)),
})
