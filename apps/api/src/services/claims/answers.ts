import type { RowAccess } from '@chartward/db'
import { withTransaction } from '@chartward/db'
import { claimKeys, splitSourceId } from '@chartward/fhir'
import type { Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import { selectAnswers, soughtClaimTokens } from '../../vault/claim-tokens.ts'
import { type OpenedClaim, openClaims } from './open-claims.ts'
import { type ShownClaim, shownClaim } from './shown-claim.ts'

/** Answers that are opened for one list of claims: several for each, and no flood. */
const MOST_ANSWERS = 500

/** The id by which others refer to a claim, without its server. */
const plainIdOf = ({ view }: OpenedClaim): string | null => {
  const { id } = view.values
  return view.type === 'Claim' && typeof id === 'string' ? splitSourceId(id).id : null
}

export interface Answers {
  /** By the claim's record. */
  readonly to: ReadonlyMap<string, ShownClaim[]>
  /** There are more than were opened: a claim without one may have one. */
  readonly cut: boolean
}

/**
 * What payers have answered to claims: responses of the same patient that refer to a claim's id, each opened
 * and looked at.
 */
export const answersTo = async (
  app: App,
  scope: Scope,
  rows: RowAccess,
  claims: readonly OpenedClaim[],
): Promise<Answers> => {
  const asked = new Map<string, string>()
  for (const claim of claims) {
    const id = plainIdOf(claim)
    if (id !== null) asked.set(`${claim.patientId} ${id}`, claim.view.id)
  }
  const answers = new Map<string, ShownClaim[]>()
  if (asked.size === 0) return { to: answers, cut: false }
  const tokens = soughtClaimTokens(
    app.keyring,
    'answers',
    claims.flatMap((claim) => plainIdOf(claim) ?? []),
  )
  const patientIds = [...new Set(claims.map(({ patientId }) => patientId))]
  const places = await withTransaction(app.db, rows, (tx) =>
    selectAnswers(tx, patientIds, tokens, MOST_ANSWERS + 1),
  )
  const opened = await openClaims(app, scope, rows, places.slice(0, MOST_ANSWERS), () => true)
  for (const one of opened) {
    const about = claimKeys(one.view.type, { billing: one.view.values })
      .filter(({ kind }) => kind === 'answers')
      .flatMap(({ value }) => asked.get(`${one.patientId} ${value}`) ?? [])
    const shown = about.length === 0 ? null : await shownClaim(app, scope, one)
    if (shown === null) continue
    for (const id of about) answers.set(id, [...(answers.get(id) ?? []), shown])
  }
  return { to: answers, cut: places.length > MOST_ANSWERS }
}
