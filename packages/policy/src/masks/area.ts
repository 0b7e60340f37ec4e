import { currentOf, HIDDEN_PART, recordsOf } from './shape.ts'
import { stateCode } from './us-states.ts'

const ZIP = /^(\d{3})\d{2}(?:-?\d{4})?$/
const UNITED_STATES: readonly unknown[] = [
  undefined,
  'US',
  'USA',
  'United States',
  'United States of America',
]

/**
 * FHIR R4 Address[]: state and the first three digits of the ZIP, "MA 018••"; null outside the United States.
 */
export const area = (value: unknown): string | null => {
  const address = currentOf(recordsOf(value), 'home')
  if (address === null || !UNITED_STATES.includes(address.country)) return null
  const postalCode = address.postalCode
  const zip3 = typeof postalCode === 'string' ? ZIP.exec(postalCode.trim())?.[1] : undefined
  const state = stateCode(address.state)
  const shown = [state, zip3 === undefined ? null : `${zip3}${HIDDEN_PART.repeat(2)}`].filter(
    (part) => part !== null,
  )
  return shown.length === 0 ? null : shown.join(' ')
}
