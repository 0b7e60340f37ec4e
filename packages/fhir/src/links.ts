import {
  appointmentStatus,
  type CareStatus,
  careTeamStatus,
  encounterStatus,
  participationStatus,
  requestStatus,
} from './care-status.ts'
import { type FhirResource, isObject, isString, type JsonObject, objectsOf } from './json.ts'
import { type Who, whoOf } from './practitioner-reference.ts'
import { referenceId } from './references.ts'

/** FHIR dates or dateTimes as they stand; null where it is not said. */
export interface SaidPeriod {
  readonly start: string | null
  readonly end: string | null
}

/** That somebody takes part in a patient's care. */
export interface CareLink {
  /** Ways to find the same practitioner, the surest first. */
  readonly who: readonly Who[]
  /** All of these hold: the record's own period, and the participant's within it. */
  readonly periods: readonly SaidPeriod[]
  readonly status: CareStatus
}

export interface RecordLinks {
  /** By what the record makes care relationships; null where it makes none. */
  readonly kind: 'encounter' | 'appointment' | 'referral' | 'care-team' | null
  /** Practitioners whom it names, in its order; of a PractitionerRole, the one whose role it is. */
  readonly care: readonly CareLink[]
}

const NO_LINKS: RecordLinks = { kind: null, care: [] }

/** The id that a Reference names, if it may be of the given type: by the reference, or by Reference.type. */
export const idOfType = (reference: unknown, type: string, { typed = false } = {}): string | null => {
  if (!isObject(reference) || !isString(reference.reference)) return null
  const found = referenceId(reference.reference)
  const named = found?.type ?? reference.type ?? null
  return found !== null && (named === type || (named === null && !typed)) ? found.id : null
}

const text = (value: unknown): string | null => (isString(value) ? value : null)
const span = (start: unknown, end: unknown): SaidPeriod[] =>
  isString(start) || isString(end) ? [{ start: text(start), end: text(end) }] : []
const periodOf = (value: unknown): SaidPeriod[] => (isObject(value) ? span(value.start, value.end) : [])

/** What is changed by something that this system does not understand gives nobody anything. */
const isModified = ({ modifierExtension, implicitRules }: JsonObject): boolean =>
  modifierExtension !== undefined || implicitRules !== undefined

interface Named {
  readonly reference: unknown
  readonly status?: CareStatus
  readonly within?: readonly SaidPeriod[]
  readonly in?: JsonObject
}

/** When a request is to be carried out, else when it was made. */
const requestPeriods = (request: FhirResource): SaidPeriod[] => {
  const { occurrenceTiming: timing, occurrenceDateTime: at } = request
  const repeat = isObject(timing) && isObject(timing.repeat) ? timing.repeat : {}
  const said = [periodOf(request.occurrencePeriod), periodOf(repeat.boundsPeriod), span(at, at)]
  return said.find((periods) => periods.length > 0) ?? span(request.authoredOn, null)
}

/**
 * Who takes part in the patient's care by this record, when, and whether it counts. `type` may be one that
 * the catalog does not store.
 */
export const linksOf = (type: string, resource: FhirResource, patientRef: string | null): RecordLinks => {
  const contained = objectsOf(resource.contained)
  const participants = objectsOf(resource.participant)
  const linked = (
    kind: RecordLinks['kind'],
    status: CareStatus,
    periods: readonly SaidPeriod[],
    named: readonly Named[],
  ): RecordLinks => ({
    kind,
    care: named.flatMap(({ reference, status: own = 'counts', within = [], in: part = {} }) => {
      // A reference that does not say its type may be the patient's; a practitioner may have the same id.
      const isPatient = patientRef !== null && idOfType(reference, 'Patient') === patientRef
      const who = isPatient ? [] : whoOf(reference, contained)
      const barred = own === 'barred' || isModified(resource) || isModified(part)
      return who.length === 0
        ? []
        : [{ who, periods: [...periods, ...within], status: barred ? 'barred' : status }]
    }),
  })
  switch (type) {
    case 'Encounter':
      return linked(
        'encounter',
        encounterStatus(resource.status),
        periodOf(resource.period),
        participants.map((part) => ({
          reference: part.individual,
          within: periodOf(part.period),
          in: part,
        })),
      )
    case 'Appointment':
      return linked(
        'appointment',
        appointmentStatus(resource.status),
        span(resource.start, resource.end),
        participants.map((part) => ({
          reference: part.actor,
          status: participationStatus(part.status),
          within: periodOf(part.period),
          in: part,
        })),
      )
    case 'ServiceRequest': {
      const status = requestStatus(resource.status, resource.intent)
      const periods = requestPeriods(resource)
      // Without a period of its own a referral counts when it was made, however long it stays active.
      const lasts = isObject(resource.occurrencePeriod) ? status : status === 'open' ? 'counts' : status
      const asked = [resource.requester, ...objectsOf(resource.performer)]
      return linked(
        'referral',
        resource.doNotPerform === true ? 'barred' : lasts,
        periods,
        asked.map((reference) => ({ reference })),
      )
    }
    case 'CareTeam':
      return linked(
        'care-team',
        careTeamStatus(resource.status),
        periodOf(resource.period),
        participants.map((part) => ({ reference: part.member, within: periodOf(part.period), in: part })),
      )
    case 'PractitionerRole':
      return linked(null, 'counts', [], [{ reference: resource.practitioner }])
    default:
      return NO_LINKS
  }
}
