import { type Field, type FieldPath, fieldOf, type Mask } from './catalog/index.ts'
import { area } from './masks/area.ts'
import { initials } from './masks/initials.ts'
import { lastFour } from './masks/last-four.ts'
import { year } from './masks/year.ts'

/** What stands in the place of a value that is there and not shown. Holds nothing of it but `shown`. */
export interface MaskedValue {
  readonly masked: true
  /** The mask that was applied: `hidden` where the value had not the shape that the field's mask needs. */
  readonly mask: Mask
  readonly shown: string | null
  readonly reason: string
}

export const MASK_TEXT: Readonly<Record<Mask, string>> = Object.freeze({
  hidden: 'Your role shows that there is a value, not what it is.',
  initials: 'Your role shows initials only.',
  year: 'Your role shows the year only.',
  'last-four': 'Your role shows the last four characters only.',
  area: 'Your role shows the state and the first three digits of the ZIP only.',
})

const MASKS: Readonly<Record<Mask, (value: unknown) => string | null>> = {
  hidden: () => null,
  initials,
  year,
  'last-four': lastFour,
  area,
}

/**
 * Applies the field's mask to a FHIR JSON value. A value of another shape, or an unknown field,
 * is hidden whole.
 */
export const applyMask = (field: FieldPath | Field, value: unknown): MaskedValue => {
  const wanted = (typeof field === 'string' ? fieldOf(field) : field)?.mask ?? 'hidden'
  const shown = MASKS[wanted](value)
  const mask = shown === null ? 'hidden' : wanted
  return Object.freeze({ masked: true, mask, shown, reason: MASK_TEXT[mask] })
}
