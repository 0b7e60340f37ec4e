import type { ResourceType } from '@chartward/policy'
import { isObject, isString, type JsonObject, objectsOf, stringsOf } from './json.ts'
import type { RecordFields } from './map.ts'
import { isPlaceholder } from './placeholder.ts'
import { referenceId } from './references.ts'
import { splitSourceId } from './source-id.ts'

/** What a person finds by a number, a payer or a month, and what only answers a claim. */
export const CLAIM_TYPES = ['Claim', 'ExplanationOfBenefit'] as const
export type ClaimType = (typeof CLAIM_TYPES)[number]

/**
 * By what a claim is found: its number, whom it is sent to by name or number, the entry of the directory that
 * this is, the month of service. `answers`: the claim that a response is about.
 */
export type ClaimKeyKind = 'number' | 'payer' | 'payer-entry' | 'month' | 'answers'

export interface ClaimKey {
  readonly kind: ClaimKeyKind
  /** As it stands in the record, or of a reference the plain id: the normal form is the index's. */
  readonly value: string
}

/** A record is found by no more than these, the first ones: what is sent may hold any number of them. */
const MOST: Readonly<Record<ClaimKeyKind, number>> = {
  number: 16,
  payer: 16,
  'payer-entry': 1,
  month: 24,
  answers: 8,
}

export const isClaimType = (type: ResourceType): type is ClaimType => CLAIM_TYPES.some((one) => one === type)

/** What a claim is to be found by, made of the record alone; nothing for a record of another kind. */
export const claimKeys = (type: ResourceType, { billing = {} }: RecordFields): ClaimKey[] => {
  const values: [ClaimKeyKind, string[]][] = [
    ['answers', claimsAnswered(type, billing)],
    ...(isClaimType(type)
      ? ([
          ['number', identifiersIn(billing.identifier)],
          ['payer', payersOf(billing)],
          ['payer-entry', payerEntries(billing)],
          ['month', monthsOfService(billing)],
        ] satisfies [ClaimKeyKind, string[]][])
      : []),
  ]
  return values.flatMap(([kind, found]) =>
    [...new Set(found)].slice(0, MOST[kind]).map((value) => ({ kind, value })),
  )
}

const identifiersIn = (value: unknown): string[] =>
  objectsOf(value)
    .map((identifier) => identifier.value)
    .filter(isString)
    .filter((number) => !isPlaceholder(number))

/** The id of a literal reference without its server; null for what names no record by id. */
const plainId = (reference: unknown): string | null => {
  const found = isString(reference) ? referenceId(reference) : null
  return found === null ? null : splitSourceId(found.id).id
}

const claimsAnswered = (type: ResourceType, values: JsonObject): string[] => {
  const about =
    type === 'ExplanationOfBenefit' ? values.claim : type === 'ClaimResponse' ? values.request : undefined
  return isObject(about) ? [plainId(about.reference) ?? []].flat() : []
}

/** A resource that a record has within itself. */
const containedIn = (values: JsonObject, { reference }: JsonObject): JsonObject | undefined =>
  objectsOf(values.contained).find(({ id }) => isString(id) && reference === `#${id}`)

const coveragesOf = (values: JsonObject): JsonObject[] =>
  objectsOf(values.insurance)
    .map(({ coverage }) => coverage)
    .filter(isObject)

/** References to whom a claim is sent to: of its own, and those of coverage that it has within itself. */
const payerReferences = (values: JsonObject): JsonObject[] => [
  ...(isObject(values.insurer) ? [values.insurer] : []),
  ...coveragesOf(values).flatMap((coverage) => objectsOf(containedIn(values, coverage)?.payor)),
]

/**
 * Whom a claim is sent to, in each way in which the record itself says it: the words of a reference and its
 * identifier, name and identifiers of a contained organization.
 */
export const payersOf = (values: JsonObject): string[] => {
  const references = payerReferences(values)
  const within = references.map((one) => containedIn(values, one)).filter((one) => one !== undefined)
  const said = [...references, ...within].flatMap(({ display, identifier, name, alias }) => [
    ...[display, name, ...stringsOf(alias)].filter(isString),
    ...identifiersIn(isObject(identifier) ? [identifier] : identifier),
  ])
  // Of coverage that stands elsewhere the words alone: many write the payer's name there.
  const besides = coveragesOf(values)
    .map(({ display }) => display)
    .filter(isString)
  return [...said, ...besides].filter((one) => !isPlaceholder(one))
}

/**
 * The id by which a claim refers without words to its insurer, if it does: who that is, is for the directory
 * to say.
 */
export const payerEntries = ({ insurer }: JsonObject): string[] => {
  if (!isObject(insurer) || isString(insurer.display)) return []
  const found = isString(insurer.reference) ? referenceId(insurer.reference) : null
  const isPayer = found !== null && (found.type === null || found.type === 'Organization')
  return isPayer ? [splitSourceId(found.id).id] : []
}

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])(?=$|-)/

/** The month of a date as it was sent, in the place that it was written for. */
const monthOf = (date: unknown): string | null => (isString(date) ? (MONTH.exec(date)?.[0] ?? null) : null)

/** Every month from the first to the last; an open period is its one end. */
const monthsBetween = (start: string | null, end: string | null): string[] => {
  const [from, to] = [start ?? end, end ?? start]
  if (from === null || to === null) return []
  const months: string[] = []
  for (let month = from; month <= to && months.length < MOST.month; month = after(month)) months.push(month)
  return months.length === 0 ? [from] : months
}

const after = (month: string): string => {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const next = of === 12 ? [year + 1, 1] : [year, of + 1]
  return [String(next[0]).padStart(4, '0'), String(next[1]).padStart(2, '0')].join('-')
}

const monthsIn = (value: unknown): string[] =>
  isObject(value) ? monthsBetween(monthOf(value.start), monthOf(value.end)) : [monthOf(value) ?? []].flat()

/**
 * When what is billed was done: the billed period; where none says a month, the days of the lines; where
 * these don't either, when the claim was made.
 */
export const monthsOfService = (values: JsonObject): string[] => {
  const billed = monthsIn(values.billablePeriod)
  if (billed.length > 0) return billed
  const lines = objectsOf(values.item).flatMap((item) => [
    ...monthsIn(item.servicedPeriod),
    ...monthsIn(item.servicedDate),
  ])
  return lines.length > 0 ? lines.toSorted() : monthsIn(values.created)
}
