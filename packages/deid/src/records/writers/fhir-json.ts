import { type Field, type ResourceType, resourceOf } from '@chartward/policy'
import type { Code, DeidQuantity, DeidRecord, DeidReference, DeidValue } from '../record.ts'
import { UCUM } from '../terminology/units.ts'

/** FHIR has no element for an age group in the place of a birth date: an extension on the primitive. */
const AGE_GROUP_EXTENSION = 'urn:chartward:age-group'
const OMB_CODES = new Set([
  '1002-5',
  '2028-9',
  '2054-5',
  '2076-8',
  '2106-3',
  '2131-1',
  '2135-2',
  '2186-5',
  'UNK',
  'ASKU',
])

const referenceText = ({ type, id }: DeidReference): string =>
  type === null ? `urn:uuid:${id}` : `${type}/${id}`

const concept = (coding: readonly Code[]) => ({
  coding: coding.map(({ system, code }) => ({ system, code })),
})

const quantity = ({ value, unit, comparator }: DeidQuantity) => ({
  value,
  ...(comparator === null ? {} : { comparator }),
  ...(unit === null ? {} : { unit, system: UCUM, code: unit }),
})

const extension = (url: string, codes: readonly Code[]) =>
  url.endsWith('us-core-birthsex')
    ? { url, valueCode: codes[0]?.code ?? null }
    : {
        url,
        extension: codes.map(({ system, code }) => ({
          url: OMB_CODES.has(code) ? 'ombCategory' : 'detailed',
          valueCoding: { system, code },
        })),
      }

const codes = (field: Field, concepts: readonly (readonly Code[])[]): unknown => {
  if (field.type === 'CodeableConcept[]') return concepts.map(concept)
  if (field.type === 'Coding') return concepts[0]?.[0]
  return concept(concepts.flat())
}

const json = (field: Field, value: DeidValue): unknown => {
  switch (value.kind) {
    case 'scalar':
      return value.value
    case 'codes':
      return codes(field, value.concepts)
    case 'components':
      return value.items.map((item) => ({
        code: concept(item.codes),
        ...(item.quantity === null ? {} : { valueQuantity: quantity(item.quantity) }),
      }))
    case 'quantity':
      return quantity(value)
    case 'money':
      return { value: value.value, ...(value.currency === null ? {} : { currency: value.currency }) }
    case 'year':
    case 'birth-year':
      return yearText(value.year)
    case 'years':
      return {
        ...(value.start === null ? {} : { start: yearText(value.start) }),
        ...(value.end === null ? {} : { end: yearText(value.end) }),
      }
    case 'age-group':
      return { extension: [{ url: AGE_GROUP_EXTENSION, valueString: value.group }] }
    case 'areas':
      return value.areas.map(({ state, zip3 }) => ({
        ...(state === null ? {} : { state }),
        ...(zip3 === null ? {} : { postalCode: zip3 }),
        country: 'US',
      }))
    case 'references': {
      const references = value.references.map((reference) => ({ reference: referenceText(reference) }))
      return field.type === 'Reference[]' ? references : references[0]
    }
    default:
      return value satisfies never
  }
}

const yearText = (year: number): string => String(year).padStart(4, '0')

/** The element that names the patient, as in the source; Patient and the directory have none. */
const subject = (type: ResourceType, patientId: string | null): Record<string, unknown> => {
  const element = resourceOf(type).patientElement
  if (element === null || element === 'id' || patientId === null) return {}
  const patient = { reference: `Patient/${patientId}` }
  return { [element]: resourceOf(type).fields[element]?.type === 'Reference[]' ? [patient] : patient }
}

/** The patient first, where a list names others beside. */
const amongOthers = (patientId: string | null, others: readonly unknown[]): unknown[] => {
  const patient = { reference: `Patient/${patientId}` }
  const isPatient = (one: unknown) => JSON.stringify(one) === JSON.stringify(patient)
  return patientId === null ? [...others] : [patient, ...others.filter((one) => !isPatient(one))]
}

/** The record as FHIR R4 JSON. Dates are years; an instant too, which R4's `instant` would not allow. */
export const fhirJson = (record: DeidRecord): Record<string, unknown> => {
  const resource: Record<string, unknown> = {
    resourceType: record.type,
    id: record.id,
    ...subject(record.type, record.patientId),
  }
  const extensions: unknown[] = []
  for (const [name, field] of Object.entries(resourceOf(record.type).fields)) {
    const value = record.fields[name]
    if (value === undefined) continue
    if ('url' in field.source) {
      if (value.kind === 'codes') extensions.push(extension(field.source.url, value.concepts.flat()))
    } else {
      resource[value.kind === 'age-group' ? `_${field.source.element}` : field.source.element] = json(
        field,
        value,
      )
    }
  }
  const { patientElement } = resourceOf(record.type)
  if (patientElement !== null && Array.isArray(resource[patientElement]))
    resource[patientElement] = amongOthers(record.patientId, resource[patientElement])
  return extensions.length > 0 ? { ...resource, extension: extensions } : resource
}
