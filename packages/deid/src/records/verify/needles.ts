import { type Field, fieldOf } from '@chartward/policy'
import { isObject, type JsonObject, listOf, own } from '../../shared/json.ts'
import type { Needle, NeedleKind } from '../../shared/verifiers/needle.ts'
import type { SourceRecord } from '../record.ts'

const text = (value: unknown): string[] =>
  typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []

const needles = (kind: NeedleKind, values: readonly string[]): Needle[] =>
  values.map((value) => ({ kind, value }))

/** A person's name as written and each word of it that is long enough to be looked for by itself. */
const nameAndWords = (name: string): string[] => [
  name,
  ...name.split(/[\s-]+/).filter((word) => word.length >= 4),
]

/** Each part of a name, and the parts in the two orders in which people write them. */
const ofName = (name: JsonObject): Needle[] => {
  const family = text(own(name, 'family'))
  const given = listOf(own(name, 'given')).flatMap(text)
  const whole = text(own(name, 'text'))
  const pairs = family.flatMap((last) => given.flatMap((first) => [`${first} ${last}`, `${last} ${first}`]))
  return needles('name', [...[...family, ...given, ...whole].flatMap(nameAndWords), ...pairs])
}

const ofAddress = (address: JsonObject): Needle[] => {
  const lines = listOf(own(address, 'line')).flatMap(text)
  const withoutUnit = lines.map((line) => line.replace(/[\s,]+(?:apt|apartment|suite|ste|unit|#)\b.*$/i, ''))
  return [
    ...needles('street', [...lines, ...withoutUnit, ...text(own(address, 'text'))]),
    ...needles('city', text(own(address, 'city'))),
    ...needles('zip', text(own(address, 'postalCode'))),
  ]
}

const ofContact = (contact: JsonObject): Needle[] => {
  const value = text(own(contact, 'value'))
  const system = own(contact, 'system')
  return needles(system === 'email' ? 'email' : system === 'url' ? 'url' : 'phone', value)
}

const identifierKind = (field: Field | undefined): NeedleKind =>
  field?.identifier === 'H' ? 'mrn' : field?.identifier === 'G' ? 'ssn' : 'identifier'

const DATE = /^\d{4}-\d{2}-\d{2}(?:T[0-9:.Z+-]+)?$/

const ofText = (value: string): Needle[] => {
  if (DATE.test(value)) return needles('date', [value.slice(0, 10)])
  const id =
    /^(?:urn:uuid:|(?:https?:\/\/[^?#]*\/)?[A-Z][A-Za-z]+\/)([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(
      value,
    )
  return id?.[1] === undefined ? [] : needles('id', [id[1]])
}

/**
 * Knows FHIR datatypes by their members wherever they are nested, so it needs no treatment table to agree
 * with.
 */
const walk = (value: unknown, kind: NeedleKind, isIdentifier: boolean): Needle[] => {
  if (typeof value === 'string') return ofText(value)
  if (Array.isArray(value)) return value.flatMap((item) => walk(item, kind, isIdentifier))
  if (!isObject(value)) return []
  const found: Needle[] = []
  if (own(value, 'family') !== undefined || own(value, 'given') !== undefined) found.push(...ofName(value))
  if (
    own(value, 'line') !== undefined ||
    own(value, 'postalCode') !== undefined ||
    own(value, 'city') !== undefined
  )
    found.push(...ofAddress(value))
  if (isIdentifier) found.push(...needles(kind, text(own(value, 'value'))))
  for (const [key, member] of Object.entries(value)) {
    if (key === 'telecom') found.push(...listOf(member).filter(isObject).flatMap(ofContact))
    if (key === 'id' || key === 'uid') found.push(...needles('id', text(member)))
    found.push(...walk(member, 'identifier', key === 'identifier'))
  }
  return found
}

const ofField = (field: Field | undefined, value: unknown): Needle[] => {
  const found = walk(value, identifierKind(field), field?.type === 'Identifier[]')
  if (field?.type === 'ContactPoint[]') found.push(...listOf(value).filter(isObject).flatMap(ofContact))
  if (field?.type === 'id') found.push(...needles('id', text(value)))
  // A name in an extension: mother's maiden name.
  if (field?.identifier === 'A' && field.type === 'Complex')
    found.push(
      ...listOf(value).flatMap((item) =>
        needles('name', text(own(item, 'valueString')).flatMap(nameAndWords)),
      ),
    )
  if (field?.identifier === 'I' && field.type === 'string') found.push(...needles('identifier', text(value)))
  if (field?.identifier === 'A' && field.type === 'string') found.push(...needles('name', text(value)))
  return found
}

/**
 * What of a source record may not stand in a release: names, numbers, contacts, places, exact dates and ids.
 */
export const needlesOf = (record: SourceRecord): Needle[] => [
  ...needles('id', [record.sourceId, ...(record.patientSourceId == null ? [] : [record.patientSourceId])]),
  ...Object.entries(record.fields).flatMap(([name, value]) =>
    ofField(fieldOf(`${record.type}.${name}`), value),
  ),
]
