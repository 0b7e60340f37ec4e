import type { ResourceType } from '@chartward/policy'
import { endOf } from './current.ts'
import { isObject, isString } from './json.ts'
import type { Meaning } from './meaning.ts'

/**
 * Intents of https://hl7.org/fhir/R4/valueset-request-intent.html by which nobody has been asked to do
 * anything: what was thought of, and what a patient wants.
 */
const NOT_ORDERED: ReadonlySet<unknown> = new Set(['proposal', 'plan', 'directive', 'option'])

/** Types whose records are orders where their intent says so. */
const ORDERS: ReadonlySet<ResourceType> = new Set<ResourceType>(['MedicationRequest', 'ServiceRequest'])

const isOver = (period: unknown, now: number): boolean =>
  isObject(period) && isString(period.end) && endOf(period.end) <= now

/**
 * Whether a record belongs to how things are at a moment (ms): an active problem, an allergy, a medication
 * that is taken, an order that is open, and what stands in their place: that there is none, that something is
 * not to be given or done. Never what was entered in error, refuted, stopped, resolved or not understood, a
 * proposal, or a medication whose period is over.
 */
export const isInForce = (
  type: ResourceType,
  values: Readonly<Record<string, unknown>>,
  { stands }: Pick<Meaning, 'stands'>,
  now: number,
): boolean => {
  if (!stands) return false
  if (ORDERS.has(type)) return !NOT_ORDERED.has(values.intent)
  return type !== 'MedicationStatement' || !isOver(values.effectivePeriod, now)
}
