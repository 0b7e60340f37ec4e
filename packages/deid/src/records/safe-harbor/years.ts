import type { Field } from '@chartward/policy'
import { own } from '../../shared/json.ts'
import type { DeidValue } from '../record.ts'
import { AGE_GROUP, type Ageing, ageingOf, type PersonFacts, releasableYear } from './age.ts'

/** The year of a date, or the years in which a Period starts and ends. */
export const releasableYears = (field: Field, value: unknown, ageing: Ageing): DeidValue | null => {
  if (field.type !== 'Period') {
    const year = releasableYear(value, ageing)
    return year === null ? null : { kind: 'year', year }
  }
  const start = releasableYear(own(value, 'start'), ageing)
  const end = releasableYear(own(value, 'end'), ageing)
  return start === null && end === null ? null : { kind: 'years', start, end }
}

/**
 * The field's own date is asked too, so that facts of another person handed over by mistake cannot reveal an
 * age.
 */
export const releasableBirthYear = (
  value: unknown,
  person: PersonFacts,
  ageing: Ageing,
  asOf: Date,
): DeidValue | null => {
  if (typeof value !== 'string' || ageing.standing === 'unknown') return null
  const stated = ageingOf({ birthDate: value, deceased: person.deceased }, asOf)
  if (ageing.standing === 'over-89' || stated.standing === 'over-89')
    return { kind: 'age-group', group: AGE_GROUP }
  return stated.birthYear === null || stated.birthYear !== ageing.birthYear
    ? null
    : { kind: 'birth-year', year: stated.birthYear }
}
