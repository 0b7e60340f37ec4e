import { type ResourceType, resourceOf } from '@chartward/policy'
import { FhirError } from './errors.ts'
import { type FhirResource, isObject, isString, objectsOf } from './json.ts'
import { idOfType } from './links.ts'

/**
 * R4's Appointment has no subject: the patient is one of its participants, and stays where it stands.
 * https://hl7.org/fhir/R4/appointment.html
 */
const patientOfParticipants = (resource: FhirResource): string | null => {
  const actors = objectsOf(resource.participant).map((participant) => participant.actor)
  const typed = actors.map((actor) => idOfType(actor, 'Patient', { typed: true })).filter((id) => id !== null)
  const maybe = actors.map((actor) => idOfType(actor, 'Patient')).filter((id) => id !== null)
  const found = new Set(typed.length > 0 ? typed : maybe)
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

/** Who a resource names beside others: as an aim of what was done, or as one of those who meet. */
const AMONG_OTHERS: ReadonlySet<unknown> = new Set(['id', 'target', 'securityContext'])

/** The element of a resource that the record's row stands for, or null where there is none to leave out. */
export const patientElementOf = (type: ResourceType): string | null => {
  const { patientElement } = resourceOf(type)
  return AMONG_OTHERS.has(patientElement) || type === 'Appointment' ? null : patientElement
}

/**
 * Whether a reference may mean a patient whom it does not name by id: by search, by identifier, by name
 * alone.
 */
const mayMeanPatient = (reference: unknown, contained: unknown): boolean => {
  if (!isObject(reference)) return false
  const { reference: to, type } = reference
  if (isString(type)) return type === 'Patient'
  if (!isString(to)) return reference.identifier !== undefined || reference.display !== undefined
  if (to.startsWith('#')) {
    const own = objectsOf(contained).find(({ id }) => to === `#${String(id)}`)
    return own === undefined || own.resourceType === 'Patient'
  }
  const named = /(?:^|\/)([A-Z][A-Za-z]{1,63})[/?]/.exec(to)?.[1]
  return named === undefined || named === 'Patient'
}

const refused = (type: ResourceType, where: string): FhirError =>
  new FhirError(
    'missing-patient-reference',
    `This ${type} names no patient: ${where} must be a literal reference to a Patient (Patient/id, an absolute URL or urn:uuid:).`,
  )

/** A patient among the references of a list; one of several patients is none. */
const patientAmong = (references: readonly unknown[]): string | null => {
  const found = new Set(references.map((one) => idOfType(one, 'Patient', { typed: true })))
  const [only] = [...found].filter(isString)
  return [...found].filter(isString).length === 1 && only !== undefined ? only : null
}

/**
 * The source id of the patient that a resource belongs to: its own for a Patient, null in the directory and
 * for what may do without one and has none. Throws `missing-patient-reference` where the resource names no
 * patient, or names one in a way that can't be followed.
 */
export const patientRefOf = (type: ResourceType, resource: FhirResource, sourceId: string): string | null => {
  const { patientElement, withoutPatient } = resourceOf(type)
  if (patientElement === null) return null
  if (patientElement === 'id') return sourceId
  const value = resource[patientElement]
  if (AMONG_OTHERS.has(patientElement)) return patientAmong(Array.isArray(value) ? value : [value])
  const subject = idOfType(value, 'Patient')
  const found = subject ?? (type === 'Appointment' ? patientOfParticipants(resource) : null)
  if (found !== null) return found
  if (withoutPatient === 'directory' && !mayMeanPatient(value, resource.contained)) return null
  throw refused(type, type === 'Appointment' ? 'participant.actor' : patientElement)
}
