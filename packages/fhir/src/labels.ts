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

/** Labels of a part alone: https://hl7.org/fhir/uv/security-label-ds4p/. */
const INLINE = '/extension-inline-sec-label'

const codeOf = (coding: unknown): unknown => (isObject(coding) ? (coding.code ?? coding.display) : undefined)

/**
 * Every coding of a `meta.security` or an inline label, at whatever depth: contained resources have their
 * own.
 */
const codingsIn = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.flatMap(codingsIn)
  if (!isObject(value)) return []
  const own = isString(value.url) && value.url.endsWith(INLINE) ? [value.valueCoding] : []
  const meta = isObject(value.meta) ? objectsOf(value.meta.security) : []
  return [...own, ...meta, ...Object.values(value).flatMap(codingsIn)]
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
  if (isString(value)) return [value]
  return objectsOf(value).flatMap((concept) =>
    concept.coding === undefined ? [concept.text] : objectsOf(concept.coding).map(codeOf),
  )
}

/** The labels that restrict who may see a record or any part of it, the gravest first, each once. */
export const labelsIn = (type: ResourceType, fields: RecordFields): SecurityLabel[] => {
  const codes = [...Object.values(fields).flatMap(codingsIn).map(codeOf), ...ownCodes(type, fields)]
  const found = codes.map(securityLabelOf)
  return [...new Set(found)]
    .filter((label) => label !== null)
    .toSorted((a, b) => LABELS.indexOf(a) - LABELS.indexOf(b))
}
