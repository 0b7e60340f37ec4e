import {
  AS_IT_READS,
  DELETED_AT_SOURCE,
  type Reading,
  type ResourceType,
  resourceOf,
  type Said,
  SECURITY_LABELS,
  type SecurityLabel,
  SIBLINGS,
  type Standing,
  saysNo,
  WITHDRAWN_WITH_UPLOAD,
} from '@chartward/policy'
import { type Absence, saysNone } from './absence.ts'
import { restrictsDisclosure } from './consent.ts'
import { isObject, isString, objectsOf } from './json.ts'
import { labelsIn } from './labels.ts'
import { isDeleted, isWithdrawn, type RecordFields } from './map.ts'
import { planOf } from './plan.ts'

export type { Standing } from '@chartward/policy'

/** How a record is to be taken, whatever it seems to say. */
export interface Meaning {
  readonly standing: Standing
  /** In people's words, the most serious first; empty where the record is as it reads. */
  readonly words: readonly string[]
  /** Whether it counts as active or current: not what is negated, retracted, resolved, stopped. */
  readonly counts: boolean
  /** Whether what it says is not so, and is shown struck through: not where it says no and that stands. */
  readonly struck: boolean
  /**
   * Whether what it says is in force, be it that something is so, that there is none, or that something is
   * not to be done: not what was taken back, found not to be so, is over, or is not understood.
   */
  readonly stands: boolean
  /** Where that stands: that there is none of its type, or that nothing is known of any. */
  readonly absence: Absence | null
  /** The security labels that restrict who may see it, in words. */
  readonly labels: readonly string[]
}

/** A value of a modifier element that is none of its value set, or a modifier that nobody here knows. */
const NOT_UNDERSTOOD: Said = {
  standing: 'unknown',
  counts: false,
  struck: false,
  words: 'Changed by something that this system does not understand',
}
const NONE_KNOWN = saysNo('Says that there is none')
const NO_INFORMATION = saysNo('Says that nothing is known')
const RESTRICTS: Said = { ...AS_IT_READS, words: 'Restricts disclosure' }

/** From the most serious to what is as it reads. */
const GRAVITY: readonly Standing[] = ['retracted', 'unknown', 'negated', 'said']
const graver = (a: Said, b: Said): number => GRAVITY.indexOf(a.standing) - GRAVITY.indexOf(b.standing)

const isThere = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)

/** A statement that says no, and is in force as such. */
const isStandingNo = ({ standing, struck }: Said): boolean => standing === 'negated' && !struck

/** "Entered in error", "entered-in-error" and "enteredInError" are one. */
const normal = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** What a code, a concept's codings in whatever system, or else its text, says. */
const codesIn = (value: unknown): string[] => {
  if (isString(value)) return [value]
  if (Array.isArray(value)) return value.flatMap(codesIn)
  if (!isObject(value)) return []
  const codes = [value, ...objectsOf(value.coding)].map(({ code }) => code).filter(isString)
  return codes.length > 0 ? codes : [value.text, value.display].filter(isString)
}

/** What each code of a reading says, by its normal form: made once, for it is read of every record. */
const knownCodes = new WeakMap<Readonly<Record<string, Said>>, ReadonlyMap<string, Said>>()

const readCodes = (says: Readonly<Record<string, Said>>, value: unknown): Said[] => {
  let known = knownCodes.get(says)
  if (known === undefined) {
    known = new Map(Object.entries(says).map(([code, said]) => [normal(code), said]))
    knownCodes.set(says, known)
  }
  const found = codesIn(value).flatMap((code) => known?.get(normal(code)) ?? [])
  return found.length > 0 ? found : [NOT_UNDERSTOOD]
}

const read = (reading: Reading, value: unknown): Said[] => {
  if (!isThere(value)) return []
  switch (reading.by) {
    case 'code':
      return readCodes(reading.says, value)
    case 'flag':
      if (typeof value !== 'boolean') return [NOT_UNDERSTOOD]
      return value === reading.when ? [reading.said] : []
    case 'present':
      return value === false ? [] : [reading.said]
    case 'link':
      return (Array.isArray(value) ? value : [value]).flatMap((link) =>
        readCodes(reading.says, isObject(link) ? link.type : undefined),
      )
    default:
      return reading satisfies never
  }
}

/** The values at a path below a value, through the items of lists. */
const valuesAt = (value: unknown, path: readonly string[]): unknown[] => {
  const [step, ...rest] = path
  if (step === undefined) return [value]
  return objectsOf(Array.isArray(value) ? value : [value]).flatMap((item) => valuesAt(item[step], rest))
}

/** `modifierExtension` and `implicitRules`, at whatever depth: no profile's modifier is understood here. */
const hasStrangeModifier = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(hasStrangeModifier)
  if (!isObject(value)) return false
  for (const name in value) {
    const item = value[name]
    if ((name === 'modifierExtension' || name === 'implicitRules') && isThere(item)) return true
    if (typeof item === 'object' && item !== null && hasStrangeModifier(item)) return true
  }
  return false
}

/** What stands beside a primitive, `_status`. */
const siblingIn = (type: ResourceType, fields: RecordFields, element: string): unknown => {
  const siblings = elementIn(type, fields, SIBLINGS)
  return (isObject(siblings) ? siblings[`_${element}`] : undefined) ?? fields.unmapped?.[`_${element}`]
}

/** The element of the resource that a record was made of, wherever its fields keep it. */
const elementIn = (type: ResourceType, fields: RecordFields, element: string): unknown => {
  const plan = planOf(type).get(element)
  const to = plan?.kind === 'split' ? plan.rest : plan?.to
  const mapped = to === undefined ? undefined : fields[to.class]?.[to.field]
  // What was imported before the catalog had a field for it.
  return mapped ?? fields.unmapped?.[element]
}

interface Modifier {
  readonly name: string
  readonly rest: readonly string[]
  readonly reading: Reading
}

const modifiersOf = new Map<ResourceType, readonly Modifier[]>()

/** The modifiers of a type, each by its element and the path below it. */
const modifiersIn = (type: ResourceType): readonly Modifier[] => {
  let found = modifiersOf.get(type)
  if (found === undefined) {
    found = Object.entries(resourceOf(type).modifiers).map(([path, reading]) => {
      const [name = '', ...rest] = path.split('.')
      return { name, rest, reading }
    })
    modifiersOf.set(type, found)
  }
  return found
}

const absenceIn = (type: ResourceType, fields: RecordFields): Absence | null => {
  const element = (name: string) => elementIn(type, fields, name)
  return saysNone(type, element('code') ?? element('medicationCodeableConcept') ?? element('vaccineCode'))
}

const saidBy = (type: ResourceType, fields: RecordFields): Said[] => {
  const element = (name: string) => elementIn(type, fields, name)
  const all = modifiersIn(type).flatMap(({ name, rest, reading }) => {
    const value = element(name)
    // A modifier without a value, but with an extension in its place, may say anything.
    if (rest.length === 0 && !isThere(value) && isThere(siblingIn(type, fields, name)))
      return [NOT_UNDERSTOOD]
    return valuesAt(value, rest).flatMap((item) => read(reading, item))
  })
  if (isDeleted(fields)) all.push(DELETED_AT_SOURCE)
  if (isWithdrawn(fields)) all.push(WITHDRAWN_WITH_UPLOAD)
  if (hasStrangeModifier(fields)) all.push(NOT_UNDERSTOOD)
  const none = absenceIn(type, fields)
  if (none !== null) all.push(none === 'none' ? NONE_KNOWN : NO_INFORMATION)
  if (restrictsDisclosure(type, element)) all.push(RESTRICTS)
  return all.toSorted(graver)
}

/** The security labels that restrict who may see a record, the gravest first. */
export const securityLabels = (type: ResourceType, fields: RecordFields): SecurityLabel[] =>
  labelsIn(type, fields)

/**
 * How a record of the catalog is to be taken: by the modifier elements of R4 as the catalog reads them, by
 * modifiers that are not understood, by codes that say that there is nothing, and by its security labels.
 * `fields` may lack classes that the reader may not see; only what is there is read. `labels` are those of
 * `securityLabels`, where they have been read already. Throws nothing.
 */
export const meaningOf = (
  type: ResourceType,
  fields: RecordFields,
  labels: readonly SecurityLabel[] = labelsIn(type, fields),
): Meaning => {
  const said = saidBy(type, fields)
  const words = said.map((one) => one.words).filter(isString)
  const stands = said.every((one) => one.counts || isStandingNo(one))
  return {
    standing: (said[0] ?? AS_IT_READS).standing,
    words: [...new Set(words)],
    counts: said.every(({ counts }) => counts),
    struck: said.some(({ struck }) => struck),
    stands,
    absence: stands ? absenceIn(type, fields) : null,
    labels: labels.map((label) => SECURITY_LABELS[label]),
  }
}
