import { type ResourceType, resourceOf } from '@chartward/policy'
import { FhirError } from './errors.ts'
import { type FhirResource, objectsOf } from './json.ts'
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

/** The element of a resource that the record's row stands for, or null where there is none to leave out. */
export const patientElementOf = (type: ResourceType): string | null => {
  const { patientElement } = resourceOf(type)
  return patientElement === 'id' || type === 'Appointment' ? null : patientElement
}

/**
 * The source id of the patient that a resource belongs to: its own for a Patient, null in the directory.
 * Throws `missing-patient-reference` where the resource names no patient, or names something that is none.
 */
export const patientRefOf = (type: ResourceType, resource: FhirResource, sourceId: string): string | null => {
  const { patientElement } = resourceOf(type)
  if (patientElement === null) return null
  if (patientElement === 'id') return sourceId
  const subject = idOfType(resource[patientElement], 'Patient')
  const found = subject ?? (type === 'Appointment' ? patientOfParticipants(resource) : null)
  if (found !== null) return found
  const where = type === 'Appointment' ? 'participant.actor' : patientElement
  throw new FhirError(
    'missing-patient-reference',
    `This ${type} names no patient: ${where} must be a literal reference to a Patient (Patient/id, an absolute URL or urn:uuid:).`,
  )
}
