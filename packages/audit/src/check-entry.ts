import { ACTIONS, type ActionSpec, isAction, type Rule } from './actions.ts'
import type { AuditEntry, AuditEntryBase, Outcome } from './entry.ts'
import { AuditError } from './errors.ts'
import { isWriter } from './is-writer.ts'
import { hasExactlyKeys, isJsonScalar, isPlainObject, MAX_DEPTH } from './json.ts'

/**
 * `value` as an audit entry, or AuditError: `unsupported-version`, `unknown-action` or
 * `malformed-entry`, naming the field and never its value. Unknown keys are refused: what nobody reads
 * must not be hashed into the log.
 */
export const checkEntry = (value: unknown): AuditEntry => {
  assertEntry(value)
  return value
}

type Check = (value: unknown) => boolean

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const DIGEST = /^[0-9a-f]{64}$/

const isText: Check = (value) => typeof value === 'string' && value.isWellFormed()
const isName: Check = (value) => isText(value) && value !== ''
const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const shape = (checks: Record<string, Check>): Check => {
  const keys = Object.keys(checks)
  const pairs = Object.entries(checks)
  return (value) =>
    isPlainObject(value) && hasExactlyKeys(value, keys) && pairs.every(([key, check]) => check(value[key]))
}

const isCount: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isNames = (value: unknown): value is string[] => Array.isArray(value) && value.every(isName)
const isSortedNames: Check = (value) =>
  isNames(value) && value.every((name, i) => i === 0 || (value[i - 1] ?? '') < name)

const isInstant: Check = (value) => {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false
  const milliseconds = `${value.slice(0, 23)}Z`
  const time = Date.parse(milliseconds)
  // Date.parse rolls 30 February over to March; a date that exists comes back as it went in.
  return !Number.isNaN(time) && new Date(time).toISOString() === milliseconds
}

const ACTORS: readonly Check[] = [
  shape({ kind: (kind) => kind === 'user', id: isName }),
  shape({ kind: (kind) => kind === 'service' || kind === 'system', name: isName }),
  shape({ kind: (kind) => kind === 'anonymous' }),
]

const isFacts: Check = (value) =>
  isPlainObject(value) &&
  Object.entries(value).every(
    ([key, fact]) =>
      key.isWellFormed() && (isJsonScalar(fact) || (Array.isArray(fact) && fact.every(isJsonScalar))),
  )

const isJson = (value: unknown, depth: number): boolean => {
  if (depth > MAX_DEPTH) return false
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1))
  if (!isPlainObject(value)) return isJsonScalar(value)
  return Object.entries(value).every(([key, item]) => key.isWellFormed() && isJson(item, depth + 1))
}
// Two levels of the entry itself stand above a snapshot.
const isSnapshot: Check = (value) => value === null || (isPlainObject(value) && isJson(value, 2))

const isRow = shape({
  kind: isName,
  id: matches(UUID),
  owner: orNull(matches(UUID)),
  version: (value) => isCount(value) && value !== 0,
  hash: matches(DIGEST),
})

const OUTCOMES: readonly Outcome[] = ['success', 'failure', 'refused', 'asked']

/** One check per field: a field added to AuditEntryBase does not compile until it is checked here. */
const FIELDS: { readonly [K in keyof AuditEntryBase]: Check } = {
  v: (value) => value === 1,
  id: matches(UUID_V7),
  at: isInstant,
  actor: (value) => ACTORS.some((check) => check(value)),
  sessionId: orNull(isName),
  requestId: orNull(isName),
  action: isAction,
  outcome: (value) => OUTCOMES.some((outcome) => outcome === value),
  resource: shape({ type: isName, id: orNull(isName) }),
  patientId: orNull(matches(UUID)),
  fields: isSortedNames,
  classes: isNames,
  masked: isNames,
  purpose: orNull(isText),
  statement: orNull(isName),
  reason: orNull(isText),
  facts: isFacts,
  ip: orNull(isText),
  userAgent: orNull(isText),
  noteHash: orNull(matches(DIGEST)),
  count: orNull(isCount),
  records: orNull(shape({ digest: matches(DIGEST), count: isCount })),
  rows: (value) => Array.isArray(value) && value.every(isRow),
  change: orNull(shape({ before: isSnapshot, after: isSnapshot })),
  writer: isWriter,
}
const FIELD_CHECKS: readonly (readonly [string, Check])[] = Object.entries(FIELDS)

const assertEntry: (value: unknown) => asserts value is AuditEntry = (value) => {
  if (!isPlainObject(value)) throw malformed('it is not an object')
  if (value.v !== 1) throw new AuditError('unsupported-version', 'an audit entry of another version')
  if (isText(value.action) && !isAction(value.action)) {
    throw new AuditError('unknown-action', 'an audit entry whose action is not in the list')
  }
  for (const [field, check] of FIELD_CHECKS) {
    if (!Object.hasOwn(value, field) || !check(value[field]))
      throw malformed(`${field} is missing or not valid`)
  }
  if (Object.keys(value).length !== FIELD_CHECKS.length) throw malformed('it has an unknown key')
  if (!isAction(value.action)) throw malformed('action is missing or not valid')

  const spec: ActionSpec = ACTIONS[value.action]
  const done = value.outcome === 'success'
  demand('patientId', spec.patient, value.patientId, done)
  demand('records', spec.records ?? 'none', value.records, done)
  demand('change', spec.change, value.change, done)
}

const demand = (field: string, rule: Rule, value: unknown, done: boolean): void => {
  if (rule === 'none' && value !== null) throw malformed(`its action has no ${field}`)
  if (rule === 'required' && done && value === null) throw malformed(`its action demands ${field}`)
}

const malformed = (why: string): AuditError => new AuditError('malformed-entry', `not an audit entry: ${why}`)
