const TYPE = '[A-Z][A-Za-z]{1,63}'
/** https://hl7.org/fhir/R4/datatypes.html#id */
export const ID = /^[A-Za-z0-9\-.]{1,64}$/
const URN = /^urn:(?:uuid|oid):([A-Za-z0-9\-.]{1,64})$/i
const RELATIVE = new RegExp(`^(${TYPE})/([A-Za-z0-9\\-.]{1,64})(?:/_history/[A-Za-z0-9\\-.]{1,64})?$`)
const ABSOLUTE = new RegExp(
  `^https?://[^?#\\s]+/(${TYPE})/([A-Za-z0-9\\-.]{1,64})(?:/_history/[A-Za-z0-9\\-.]{1,64})?$`,
)
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The source id that a literal reference names, and its resource type where the reference says it:
 * `urn:uuid:X`, `Patient/X`, an absolute URL that ends so, each with or without `/_history/V`. Null for what
 * names no record by id: a contained resource (`#x`), a search (`Patient?identifier=…`), anything else.
 * https://hl7.org/fhir/R4/references.html#literal
 */
export const referenceId = (reference: string): { type: string | null; id: string } | null => {
  const urn = URN.exec(reference)
  if (urn?.[1] !== undefined) return { type: null, id: urn[1] }
  const literal = RELATIVE.exec(reference) ?? ABSOLUTE.exec(reference)
  if (literal?.[1] === undefined || literal[2] === undefined) return null
  return { type: literal[1], id: literal[2] }
}

/**
 * The one form in which `fromRecord` writes the patient's reference; any other form is kept word for word.
 */
export const plainPatientReference = (id: string): string =>
  UUID.test(id) ? `urn:uuid:${id}` : `Patient/${id}`
