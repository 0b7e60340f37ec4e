import { isObject, type JsonObject, objectsOf } from './json.ts'

/** https://terminology.hl7.org/CodeSystem-v2-0203.html and the names it had in other releases and in CDA. */
const V2_0203 = new Set<unknown>([
  undefined,
  'http://terminology.hl7.org/CodeSystem/v2-0203',
  'http://hl7.org/fhir/v2/0203',
  'urn:oid:2.16.840.1.113883.18.108',
])

/**
 * Systems that say what an identifier is where it carries no type:
 * https://hl7.org/fhir/R4/identifier-registry.html
 */
const TYPE_OF_SYSTEM: ReadonlyMap<unknown, string> = new Map([
  ['http://hl7.org/fhir/sid/us-ssn', 'SS'],
  ['urn:oid:2.16.840.1.113883.4.1', 'SS'],
  ['http://hl7.org/fhir/sid/us-medicare', 'MB'],
  ['http://hl7.org/fhir/sid/us-mbi', 'MB'],
])

/**
 * Whether an Identifier is of a type of HL7 table 0203 (MR, SS, DL, …), by its type or else by its system.
 */
export const hasIdentifierType = (identifier: JsonObject, code: string): boolean => {
  const type = identifier.type
  const codings = isObject(type) ? objectsOf(type.coding) : []
  return codings.length > 0
    ? codings.some((coding) => coding.code === code && V2_0203.has(coding.system))
    : TYPE_OF_SYSTEM.get(identifier.system) === code
}
