import { isString, type JsonObject } from './json.ts'

/** By its URL, and by its OID: https://terminology.hl7.org/NamingSystem-npi.html */
export const NPI_SYSTEMS: ReadonlySet<string> = new Set([
  'http://hl7.org/fhir/sid/us-npi',
  'urn:oid:2.16.840.1.113883.4.6',
])

/**
 * A National Provider Identifier as its ten digits, or null for what is none: its check digit makes the Luhn
 * sum over 80840 and the number a multiple of ten (45 CFR 162.406).
 */
export const npiOf = (text: string): string | null => {
  const npi = text.replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(npi)) return null
  const sum = [...`80840${npi}`].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0 ? npi : null
}

/** The NPI that a token of a search or an Identifier's parts hold, or null. */
export const npiIn = (system: unknown, value: unknown): string | null =>
  isString(system) && NPI_SYSTEMS.has(system.trim()) && isString(value) ? npiOf(value) : null

/** The NPIs among a practitioner's identifiers, each once. */
export const npisOf = (identifiers: readonly JsonObject[]): string[] => {
  const found = identifiers.map(({ system, value }) => npiIn(system, value)).filter((npi) => npi !== null)
  return [...new Set(found)]
}
