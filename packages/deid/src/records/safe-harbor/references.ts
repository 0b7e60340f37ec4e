import type { IdMap } from '../../shared/id-map.ts'
import { own } from '../../shared/json.ts'
import type { DeidReference } from '../record.ts'
import { FHIR_TYPES } from '../terminology/resource-types.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const TYPED =
  /^(?:https?:\/\/[^?#]*\/)?([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/

/**
 * The release's form of a FHIR Reference in the forms `urn:uuid:X`, `Type/X` (with or without a version) and
 * absolute URL. A reference into the resource (`#x`), a conditional or a logical one, and one to no FHIR
 * type: null.
 */
export const freshReference = (value: unknown, ids: IdMap): DeidReference | null => {
  const reference = own(value, 'reference')
  if (typeof reference !== 'string') return null
  if (/^urn:uuid:/i.test(reference)) {
    const id = reference.slice('urn:uuid:'.length)
    return UUID.test(id) ? { type: null, id: ids.idFor(null, id) } : null
  }
  const [, type, id] = TYPED.exec(reference) ?? []
  if (type === undefined || id === undefined || !FHIR_TYPES.has(type)) return null
  return { type, id: ids.idFor(type, id) }
}
