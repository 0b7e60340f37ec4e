import {
  type FieldClass,
  LABELS,
  type ResourceType,
  resourceOf,
  type SecurityLabel,
  securityLabelOf,
} from '@chartward/policy'
import { isObject, isString, objectsOf } from './json.ts'
import type { RecordFields } from './map.ts'

/** Labels of a part alone, whatever version is named: https://hl7.org/fhir/uv/security-label-ds4p/. */
const INLINE = /\/extension-inline-sec-label(\||$)/

/** What a Coding says; of a bare code, which is none, the code. What says nothing that is known restricts. */
const codeOf = (coding: unknown): unknown => (isObject(coding) ? (coding.code ?? coding.display) : coding)

/** Labels as they should come, in a list, and by themselves. */
const codesOf = (security: unknown): unknown[] => {
  if (security === undefined || security === null) return []
  return Array.isArray(security) ? security.map(codeOf) : [codeOf(security)]
}

/**
 * Adds the codes of every `meta.security` and inline label, at whatever depth: contained resources have their
 * own. Each record that is written or shown is looked through: no lists are made on the way.
 */
const addCodes = (value: unknown, codes: unknown[]): void => {
  if (Array.isArray(value)) {
    for (const item of value) addCodes(item, codes)
    return
  }
  if (!isObject(value)) return
  for (const name in value) {
    const item = value[name]
    if (typeof item !== 'object' || item === null) continue
    if (name === 'meta') {
      if (isObject(item)) codes.push(...codesOf(item.security))
      else for (const one of objectsOf(item)) codes.push(...codesOf(one.security))
    }
    addCodes(item, codes)
  }
  if (isString(value.url) && INLINE.test(value.url)) codes.push(codeOf(value.valueCoding))
}

/**
 * Elements beside `meta.security` by which a type says how confidential its content is:
 * https://hl7.org/fhir/R4/documentreference.html, https://hl7.org/fhir/R4/composition.html.
 */
const OWN_LABELS: Readonly<Partial<Record<ResourceType, string>>> = {
  DocumentReference: 'securityLabel',
  Composition: 'confidentiality',
}

/**
 * The classes that say whether a record of a type is labelled: to be opened before anything of it is shown.
 * Labels within another class are of parts that only whoever opens that class sees.
 */
export const labelClasses = (type: ResourceType): readonly FieldClass[] => {
  const elements: readonly (string | undefined)[] = ['meta', OWN_LABELS[type]]
  const fields = Object.values(resourceOf(type).fields)
  return fields.filter(({ source }) => elements.includes(source.element)).map((field) => field.class)
}

const ownCodes = (type: ResourceType, fields: RecordFields): unknown[] => {
  const element = OWN_LABELS[type]
  if (element === undefined) return []
  const value = Object.values(fields).find((values) => values[element] !== undefined)?.[element]
  if (value === undefined || value === null) return []
  const concepts: readonly unknown[] = Array.isArray(value) ? value : [value]
  return concepts.flatMap((concept) => {
    if (!isObject(concept)) return [concept]
    return concept.coding === undefined ? [concept.text] : codesOf(concept.coding)
  })
}

/** The labels that restrict who may see a record or any part of it, the gravest first, each once. */
export const labelsIn = (type: ResourceType, fields: RecordFields): SecurityLabel[] => {
  const codes = ownCodes(type, fields)
  for (const values of Object.values(fields)) addCodes(values, codes)
  if (codes.length === 0) return []
  return [...new Set(codes.map(securityLabelOf))]
    .filter((label) => label !== null)
    .toSorted((a, b) => LABELS.indexOf(a) - LABELS.indexOf(b))
}
