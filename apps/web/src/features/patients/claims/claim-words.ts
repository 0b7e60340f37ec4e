import { claimPayment, claimTotal } from '@chartward/fhir/show'
import { fhirDate, fhirPeriod } from '../../../lib/fhir/dates.ts'
import { objectsIn, textOf } from '../../../lib/fhir/json.ts'
import { conceptText, identifierText, moneyText } from '../../../lib/fhir/text.ts'
import { formatCount, sentence } from '../../../lib/format.ts'
import type { Outputs } from '../../../lib/trpc.ts'

/** What one row of claims says, in people's words. Pure. */

export type FoundClaim = Outputs['claims']['search']['items'][number]
type Claim = FoundClaim['claim']

/** The number that it goes by; null where it has none. */
export const numberText = ({ values }: Claim): string | null => {
  const [first] = objectsIn(values.identifier)
  return first === undefined ? null : identifierText([first])
}

/** When what is billed was done; where that is not said, when the claim was made. */
export const serviceText = ({ values }: Claim): string | null => {
  const { billablePeriod, created } = values
  const [period] = objectsIn(billablePeriod)
  const days =
    period === undefined ? null : fhirPeriod({ start: dayOf(period.start), end: dayOf(period.end) })
  if (days !== null) return days
  const made = fhirDate(created, false)
  return made === null ? null : `made ${made}`
}

/** Of a bill the days count; clock times stand in the record. */
const dayOf = (date: unknown): unknown => (typeof date === 'string' ? date.slice(0, 10) : undefined)

/** What was done, by the first line, and how many more there are; else what kind of claim it is. */
export const whatForText = ({ values }: Claim): string | null => {
  const lines = objectsIn(values.item).map(({ productOrService }) => conceptText(productOrService))
  const [first] = lines.filter((line) => line !== null)
  if (first === undefined) return conceptText(values.type)
  const more = new Set(lines).size - 1
  return more === 0 ? first : `${first} and ${formatCount(more)} more`
}

export const totalText = ({ type, values }: Claim): string | null => moneyText(claimTotal(type, values))

/** "Active", "Cancelled"; of what a payer explained also what came of it. */
export const stateText = ({ values }: Claim): string =>
  [values.status, values.outcome]
    .map(textOf)
    .filter((word) => word !== null)
    .map((word) => sentence(word))
    .join(', ')

/**
 * What was paid: of an explanation its payment, of a claim those of its answers that stand. Where there is no
 * payment, whether anybody has answered yet.
 */
export const paidText = ({ claim, answers, answersCut }: FoundClaim): string => {
  // A sum that may lack a part is no sum.
  if (claim.type === 'Claim' && answersCut) return 'Too many answers to say'
  const standing = [claim, ...answers].filter(({ meaning }) => meaning.standing === 'said')
  const payments = standing
    .filter(({ values }) => textOf(values.status) !== 'cancelled')
    .map(({ values }) => moneyText(claimPayment(values)))
    .filter((text) => text !== null)
  if (payments.length > 0) return payments.join(', ')
  if (claim.type === 'Claim' && answers.length === 0) return 'No answer yet'
  return 'No payment said'
}
