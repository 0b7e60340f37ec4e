import { SECURITY_LABELS, type SecurityLabel, securityLabelOf } from '@chartward/policy'
import { isObject, isString, objectsOf } from './json.ts'

/** Labels of a part alone: https://hl7.org/fhir/uv/security-label-ds4p/. */
const INLINE = '/extension-inline-sec-label'

const codeOf = (coding: unknown): unknown => (isObject(coding) ? (coding.code ?? coding.display) : undefined)

/** Every coding of a `meta.security` or an inline label, at whatever depth: contained resources have their own. */
const codingsIn = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.flatMap(codingsIn)
  if (!isObject(value)) return []
  const own = isString(value.url) && value.url.endsWith(INLINE) ? [value.valueCoding] : []
  const meta = isObject(value.meta) ? objectsOf(value.meta.security) : []
  return [...own, ...meta, ...Object.values(value).flatMap(codingsIn)]
}

const ORDER = Object.keys(SECURITY_LABELS)

/** The labels that restrict who may see a value or any part of it, the gravest first, each once. */
export const labelsIn = (value: unknown): SecurityLabel[] => {
  const found = codingsIn(value).map(codeOf).map(securityLabelOf)
  return [...new Set(found)]
    .filter((label) => label !== null)
    .toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
}
