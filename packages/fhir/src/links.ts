import type { ResourceType } from '@chartward/policy'
import { type FhirResource, isObject, isString, type JsonObject, objectsOf } from './json.ts'
import { referenceId } from './references.ts'

export interface RecordLinks {
  /**
   * Source ids of the practitioners that took part: what makes a care relationship. In the order
   * of the resource.
   */
  readonly practitioners: readonly string[]
  /** FHIR dates or dateTimes as they stand; null where an end is open. */
  readonly period: { readonly start: string | null; readonly end: string | null } | null
}

const NO_LINKS: RecordLinks = { practitioners: [], period: null }

/** The id that a Reference names, if it may be of the given type: by the reference, or by Reference.type. */
export const idOfType = (reference: unknown, type: string, { typed = false } = {}): string | null => {
  if (!isObject(reference) || !isString(reference.reference)) return null
  const found = referenceId(reference.reference)
  const named = found?.type ?? reference.type ?? null
  return found !== null && (named === type || (named === null && !typed)) ? found.id : null
}

const text = (value: unknown): string | null => (isString(value) ? value : null)

const span = (start: string | null, end: string | null): RecordLinks['period'] =>
  start === null && end === null ? null : { start, end }

const periodOf = (value: unknown): RecordLinks['period'] =>
  isObject(value) ? span(text(value.start), text(value.end)) : null

const practitionersOf = (references: readonly unknown[], patientRef: string | null): string[] => {
  const ids = references.map((reference) => idOfType(reference, 'Practitioner'))
  return [...new Set(ids.filter((id) => id !== null && id !== patientRef))].filter(isString)
}

/**
 * Who cared for the patient, and when. A `urn:uuid:` does not say what it names: such an id is given as a
 * candidate, and the importer keeps those that it knows as practitioners.
 */
export const linksOf = (
  type: ResourceType,
  resource: FhirResource,
  patientRef: string | null,
): RecordLinks => {
  const participants: JsonObject[] = objectsOf(resource.participant)
  if (type === 'Encounter') {
    const individuals = participants.map((participant) => participant.individual)
    return { practitioners: practitionersOf(individuals, patientRef), period: periodOf(resource.period) }
  }
  if (type === 'Appointment') {
    const actors = participants.map((participant) => participant.actor)
    const period = span(text(resource.start), text(resource.end))
    return { practitioners: practitionersOf(actors, patientRef), period }
  }
  if (type === 'ServiceRequest') {
    const asked = [resource.requester, ...objectsOf(resource.performer)]
    const when = periodOf(resource.occurrencePeriod) ?? span(text(resource.authoredOn), null)
    return { practitioners: practitionersOf(asked, patientRef), period: when }
  }
  return NO_LINKS
}
