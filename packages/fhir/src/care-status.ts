/**
 * What a status says of care: `open` goes on until an end is said, `counts` was or is to be at the time
 * that stands there, `barred` gives nobody anything. What is not listed is barred.
 */
export type CareStatus = 'open' | 'counts' | 'barred'
type Statuses = Readonly<Record<string, CareStatus>>

/** https://hl7.org/fhir/R4/valueset-encounter-status.html */
const ENCOUNTER: Statuses = {
  planned: 'barred', // nobody has come yet
  arrived: 'open',
  triaged: 'open',
  'in-progress': 'open',
  onleave: 'open', // comes back to the same stay
  finished: 'counts',
  cancelled: 'barred', // it was not
  'entered-in-error': 'barred', // it never was
  unknown: 'barred', // nobody says that it was
}

/** https://hl7.org/fhir/R4/valueset-appointmentstatus.html */
const APPOINTMENT: Statuses = {
  proposed: 'barred',
  pending: 'barred', // somebody has not accepted
  booked: 'counts', // on its day
  arrived: 'counts',
  'checked-in': 'counts', // from here on its Encounter says how long
  fulfilled: 'counts',
  cancelled: 'barred',
  noshow: 'barred',
  'entered-in-error': 'barred',
  waitlist: 'barred',
}

/** https://hl7.org/fhir/R4/valueset-participationstatus.html */
const PARTICIPATION: Statuses = {
  accepted: 'counts',
  declined: 'barred',
  tentative: 'barred', // may still decline
  'needs-action': 'barred',
}

/** https://hl7.org/fhir/R4/valueset-request-status.html */
const REQUEST: Statuses = {
  draft: 'barred',
  active: 'open',
  'on-hold': 'barred', // nothing is to be done on it until it is active again
  revoked: 'barred',
  completed: 'counts',
  'entered-in-error': 'barred',
  unknown: 'barred',
}

/** Those that ask somebody to act; proposals, plans, options and a patient's directives don't. */
const ORDERS: ReadonlySet<unknown> = new Set([
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
])

/** https://hl7.org/fhir/R4/valueset-care-team-status.html */
const CARE_TEAM: Statuses = {
  proposed: 'barred',
  active: 'open',
  suspended: 'barred',
  inactive: 'counts', // was, for as long as it says
  'entered-in-error': 'barred',
}

const of = (statuses: Statuses, status: unknown): CareStatus =>
  typeof status === 'string' && Object.hasOwn(statuses, status) ? (statuses[status] ?? 'barred') : 'barred'

export const encounterStatus = (status: unknown): CareStatus => of(ENCOUNTER, status)
export const appointmentStatus = (status: unknown): CareStatus => of(APPOINTMENT, status)
export const participationStatus = (status: unknown): CareStatus => of(PARTICIPATION, status)
export const careTeamStatus = (status: unknown): CareStatus => of(CARE_TEAM, status)
/** https://hl7.org/fhir/R4/valueset-request-intent.html */
export const requestStatus = (status: unknown, intent: unknown): CareStatus =>
  ORDERS.has(intent) ? of(REQUEST, status) : 'barred'
