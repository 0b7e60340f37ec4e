import { normalBase, sourceIdOf, splitSourceId } from './source-id.ts'

const TYPE = '[A-Z][A-Za-z]{1,63}'
const ID_CHARS = '[A-Za-z0-9\\-.]{1,64}'
/** https://hl7.org/fhir/R4/datatypes.html#id */
export const ID = new RegExp(`^${ID_CHARS}$`)
const URN = new RegExp(`^urn:(?:uuid|oid):(${ID_CHARS})(?:#.*)?$`, 'i')
/** Type and id, with a version and a fragment that name the same record. */
const NAMED = `(${TYPE})/(${ID_CHARS})(?:/_history/${ID_CHARS})?(?:#.*)?`
const RELATIVE = new RegExp(`^/?${NAMED}$`)
const ABSOLUTE = new RegExp(`^(https?://[^?#\\s|]+)/${NAMED}$`, 'i')
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The source id that a literal reference names, and its resource type where the reference says it:
 * `urn:uuid:X`, `urn:oid:X`, `Patient/X`, `/Patient/X`, an absolute URL that ends so (then with its base),
 * each with or without `/_history/V` and a fragment. Null for what names no record by id: a contained
 * resource (`#x`), a search (`Patient?identifier=…`), anything else.
 * https://hl7.org/fhir/R4/references.html#literal
 */
export const referenceId = (reference: string): { type: string | null; id: string } | null => {
  const urn = URN.exec(reference)
  if (urn?.[1] !== undefined) return { type: null, id: urn[1] }
  const relative = RELATIVE.exec(reference)
  if (relative?.[1] !== undefined && relative[2] !== undefined) return { type: relative[1], id: relative[2] }
  const [, url, type, id] = ABSOLUTE.exec(reference) ?? []
  if (url === undefined || type === undefined || id === undefined || !/^[A-Z]/.test(type)) return null
  return { type, id: sourceIdOf(normalBase(url), id) }
}

/**
 * The one form in which `fromRecord` writes the patient's reference; any other form is kept word for word.
 */
export const plainPatientReference = (sourceId: string): string => {
  const { id } = splitSourceId(sourceId)
  return UUID.test(id) ? `urn:uuid:${id}` : `Patient/${id}`
}
