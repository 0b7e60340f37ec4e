import { isObject, type JsonObject, objectsOf } from './json.ts'

/** An amount as a claim has it: FHIR's Money. */
export interface ClaimAmount {
  readonly value: unknown
  readonly currency: unknown
}

const amountOf = (value: unknown): ClaimAmount | null =>
  isObject(value) && value.value !== undefined ? { value: value.value, currency: value.currency } : null

/**
 * What was asked for: of a claim its total, of what a payer explains the total that was submitted. Null where
 * neither is said.
 */
export const claimTotal = (type: string, values: JsonObject): ClaimAmount | null => {
  if (type === 'Claim') return amountOf(values.total)
  const submitted = objectsOf(values.total).find(({ category }) =>
    objectsOf(isObject(category) ? category.coding : null).some(({ code }) => code === 'submitted'),
  )
  return amountOf(submitted?.amount)
}

/** What was paid, where a payer has said it. */
export const claimPayment = (values: JsonObject): ClaimAmount | null =>
  isObject(values.payment) ? amountOf(values.payment.amount) : null
