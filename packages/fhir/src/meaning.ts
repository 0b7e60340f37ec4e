import type { ResourceType } from '@chartward/policy'
import { isObject, isString, objectsOf } from './json.ts'
import type { RecordFields } from './map.ts'

/** How what a record seems to say is to be taken. */
export type Standing =
  | 'said' // as it reads
  | 'negated' // it says that something is NOT so, or not to be done
  | 'retracted' // it never was, or was taken back
  | 'unknown' // changed by a modifier that this system does not understand

export interface Meaning {
  readonly standing: Standing
  /** In people's words, the most serious first, e.g. "Do not give"; empty where it is as it reads. */
  readonly words: readonly string[]
  /** Whether it counts as active or current: false for retracted, refuted, resolved, stopped. */
  readonly counts: boolean
  /** `meta.security` in words, such as "Restricted". */
  readonly labels: readonly string[]
}

const codesOf = (value: unknown): string[] => {
  if (isString(value)) return [value]
  const concepts = Array.isArray(value) ? objectsOf(value) : isObject(value) ? [value] : []
  return concepts.flatMap((one) => objectsOf(one.coding).map(({ code }) => code)).filter(isString)
}

const RETRACTED: Readonly<Record<string, string>> = {
  'entered-in-error': 'Entered in error',
  cancelled: 'Cancelled',
  revoked: 'Revoked',
  noshow: 'No show',
  declined: 'Declined',
  nullified: 'Nullified',
  rejected: 'Rejected',
}

const NEGATED: Readonly<Record<string, string>> = { 'not-done': 'Not done', refuted: 'Refuted' }

const ENDED: ReadonlySet<string> = new Set([
  'resolved',
  'inactive',
  'remission',
  'completed',
  'stopped',
  'ended',
  'superseded',
  'failed',
])

/** Concepts that mark who may see a record, by code (http://terminology.hl7.org/CodeSystem/v3-ActCode). */
const LABELS: Readonly<Record<string, string>> = {
  R: 'Restricted',
  V: 'Very restricted',
  PSYTHPN: 'Psychotherapy notes',
  '42CFRPart2': '42 CFR Part 2 (substance use)',
}

const STATUS_FIELDS = ['status', 'verificationStatus', 'clinicalStatus', 'lifecycleStatus', 'docStatus']

/** What R4 forbids to ignore of a record: modifier elements, statuses that negate, security labels. */
export const meaningOf = (type: ResourceType, fields: RecordFields): Meaning => {
  const all: Readonly<Record<string, unknown>> = Object.assign({}, ...Object.values(fields))
  const statuses = STATUS_FIELDS.flatMap((name) => codesOf(all[name]))
  const retracted = statuses.flatMap((code) => RETRACTED[code] ?? [])
  const negated = statuses.flatMap((code) => NEGATED[code] ?? [])
  if (all.doNotPerform === true) negated.unshift(type.startsWith('Medication') ? 'Do not give' : 'Do not do')
  const unknown =
    objectsOf(all.modifierExtension).length > 0 || isString(all.implicitRules)
      ? ["Changed by something this system doesn't understand"]
      : []
  const words = [...unknown, ...retracted, ...negated]
  const standing =
    unknown.length > 0
      ? 'unknown'
      : retracted.length > 0
        ? 'retracted'
        : negated.length > 0
          ? 'negated'
          : 'said'
  const meta = isObject(all.meta) ? all.meta : {}
  const labels = objectsOf(meta.security).flatMap(({ code }) => (isString(code) ? (LABELS[code] ?? []) : []))
  return { standing, words, counts: standing === 'said' && !statuses.some((code) => ENDED.has(code)), labels }
}
