import { type Field, isResourceType, resourceOf } from '@chartward/policy'
import type { SourceRecord } from '../record.ts'

type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const codesOf = (identifier: unknown): unknown[] => {
  const type = isJson(identifier) && isJson(identifier.type) ? identifier.type.coding : []
  return Array.isArray(type) ? type.map((coding) => (isJson(coding) ? coding.code : undefined)) : []
}

const fieldValue = (field: Field, resource: Json): unknown => {
  const { source } = field
  const value = resource[source.element]
  if ('identifierType' in source)
    return Array.isArray(value)
      ? value.filter((item) => codesOf(item).includes(source.identifierType))
      : undefined
  if ('url' in source)
    return Array.isArray(value) ? value.filter((item) => isJson(item) && item.url === source.url) : undefined
  return value
}

const referenceId = (value: unknown): string | null =>
  isJson(value) && typeof value.reference === 'string'
    ? value.reference.replace(/^urn:uuid:|^Patient\//, '')
    : null

/**
 * A FHIR resource as the vault hands it over: catalog fields, and by their own names the elements of no
 * field.
 */
export const sourceOf = (resource: Json): SourceRecord | null => {
  const { resourceType: type, id } = resource
  if (typeof type !== 'string' || !isResourceType(type) || typeof id !== 'string') return null
  const { fields, patientElement } = resourceOf(type)
  const named = Object.entries(fields).map(([name, field]) => [name, fieldValue(field, resource)] as const)
  const elements = new Set(Object.values(fields).map(({ source }) => source.element))
  const unnamed = Object.entries(resource).filter(([element]) => !elements.has(element))
  const patient =
    patientElement === null || patientElement === 'id' ? null : referenceId(resource[patientElement])
  return {
    type,
    sourceId: id,
    patientSourceId: type === 'Patient' ? id : patient,
    fields: Object.fromEntries([...unnamed, ...named.filter(([, value]) => value !== undefined)]),
  }
}
