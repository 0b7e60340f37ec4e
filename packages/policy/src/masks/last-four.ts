import { asRecord, currentOf, HIDDEN_PART, recordsOf } from './shape.ts'

/** With fewer characters, four of them would be more than half of the value. */
const SHORTEST = 8
const SEPARATORS = /[\s.\-()/+_]/g
const PHONE_SYSTEMS: readonly unknown[] = ['phone', 'fax', 'sms', 'pager']

const tail = (value: unknown, allowed: RegExp): string | null => {
  if (typeof value !== 'string') return null
  const compact = value.replace(SEPARATORS, '')
  if (compact.length < SHORTEST || !allowed.test(compact)) return null
  return `${HIDDEN_PART.repeat(4)} ${compact.slice(-4)}`
}

/**
 * The last four characters of an identifier or a phone number: of a string, of the current one of a list of
 * FHIR R4 Identifiers, or of the first phone in a list of ContactPoints (the end of an e-mail address or URL
 * says too much of too few, and is never shown). Null where the value is short or holds anything but letters,
 * digits and separators.
 */
export const lastFour = (value: unknown): string | null => {
  if (typeof value === 'string') return tail(value, /^[A-Za-z0-9]+$/)
  if (!Array.isArray(value)) return null
  if (!value.every((item) => asRecord(item) !== null)) return null
  const entries = recordsOf(value)
  const phones = entries.filter(({ system }) => PHONE_SYSTEMS.includes(system))
  if (phones.length > 0) return tail(currentOf(phones, 'home')?.value, /^\d+$/)
  if (entries.some(({ system }) => system === 'email' || system === 'url' || system === 'other')) return null
  return tail(currentOf(entries, 'official')?.value, /^[A-Za-z0-9]+$/)
}
