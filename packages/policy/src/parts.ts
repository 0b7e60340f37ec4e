import type { FieldPart } from './catalog/index.ts'
import { recordsOf } from './masks/shape.ts'

type Address = Readonly<Record<string, unknown>>

/** Whether FHIR R4 `period` says that it has ended: without an end it goes on. */
const hasEnded = ({ period }: Address): boolean =>
  typeof period === 'object' && period !== null && 'end' in period

/**
 * FHIR R4 Address[]: where bills go (`use` billing), else the home, of those that have not ended. One
 * without `use` counts as a home; work, temporary and old ones never do.
 */
const billingAddress = (value: unknown): readonly Address[] => {
  const addresses = recordsOf(value)
  const current = addresses.filter((one) => !hasEnded(one))
  const ofUse = (...uses: readonly unknown[]) => current.find(({ use }) => uses.includes(use))
  const found = ofUse('billing') ?? ofUse('home') ?? ofUse(undefined)
  return found === undefined ? [] : [found]
}

const PARTS: Readonly<Record<FieldPart, (value: unknown) => readonly unknown[]>> = {
  'billing-address': billingAddress,
}

export const PART_TEXT: Readonly<Record<FieldPart, string>> = Object.freeze({
  'billing-address': 'Your role shows the billing address only, or else the home.',
})

/** That part of a list which a field's declaration names; null where nothing of the value is in it. */
export const partOf = (part: FieldPart, value: unknown): readonly unknown[] | null => {
  const items = PARTS[part](value)
  return items.length === 0 ? null : items
}
