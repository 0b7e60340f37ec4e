import { type FieldClass, type Resource, type ResourceType, resourceOf } from '@chartward/policy'
import { displayConcept, displayName } from './display.ts'
import { isObject, isString, type JsonObject, objectsOf } from './json.ts'

/** A value with the name of the field that it stands in. */
export interface Told<Value> {
  readonly field: string
  readonly value: Value
}

type Values = Readonly<Record<string, unknown>>

/** Fields that tell what a record is about where those that the catalog names are empty. */
const TITLES = [
  'code',
  'medicationCodeableConcept',
  'medicationReference',
  'vaccineCode',
  'title',
  'type',
  'description',
  'serviceType',
  'reaction',
  'productCodeableConcept',
  'deviceName',
  'name',
  'relationship',
  'focus',
  'reasonCode',
  'category',
  'scope',
  'conclusion',
  'modality',
  'class',
  'participant',
  'agent',
]

/** Fields whose date is a record's own where those that the catalog names are empty. */
const DATES = [
  'effectiveDateTime',
  'effectivePeriod',
  'effectiveInstant',
  'performedDateTime',
  'performedPeriod',
  'occurrenceDateTime',
  'occurrencePeriod',
  'onsetDateTime',
  'onsetPeriod',
  'period',
  'billablePeriod',
  'start',
  'startDate',
  'started',
  'whenHandedOver',
  'whenPrepared',
  'authoredOn',
  'authored',
  'dateTime',
  'date',
  'recordedDate',
  'dateAsserted',
  'recorded',
  'created',
  'issued',
]

const STATES = ['clinicalStatus', 'status', 'lifecycleStatus', 'docStatus']

/** One field or several in order, as the catalog declares them. */
const listed = (declared: string | readonly string[] | null | undefined): readonly string[] =>
  declared === null || declared === undefined ? [] : isString(declared) ? [declared] : declared

const candidates = new Map<string, readonly string[]>()

/** Those of the fields that the type has, and that a role can read, each once. */
const fieldsFrom = (type: ResourceType, kind: string, names: () => readonly string[]): readonly string[] => {
  const key = `${kind} ${type}`
  let found = candidates.get(key)
  if (found === undefined) {
    const { fields } = resourceOf(type)
    found = [...new Set(names())].filter((name) => {
      const field = fields[name]
      return field !== undefined && field.class !== 'unmapped'
    })
    candidates.set(key, found)
  }
  return found
}

const declaredOf = (type: ResourceType): Pick<Resource, 'occurred' | 'title'> => resourceOf(type)

/** The fields of a type that may tell what a record is about, the first that is there being its title. */
export const titleFields = (type: ResourceType): readonly string[] =>
  fieldsFrom(type, 'title', () => [...listed(declaredOf(type).title), ...TITLES])

/** The fields of a type whose date is a record's own, the first that is there. */
export const dateFields = (type: ResourceType): readonly string[] =>
  fieldsFrom(type, 'date', () => [...listed(declaredOf(type).occurred), ...DATES])

/** The fields of a type that tell its state in one code. */
export const stateFields = (type: ResourceType): readonly string[] => fieldsFrom(type, 'state', () => STATES)

/** The classes that a record's line in a chart is made of: of its title, date and state, and of its id. */
export const chartClasses = (type: ResourceType): readonly FieldClass[] => {
  const { fields } = resourceOf(type)
  const names = ['id', ...titleFields(type), ...dateFields(type), ...stateFields(type)]
  return [...new Set(names.flatMap((name) => fields[name]?.class ?? []))]
}

const isMask = (value: unknown): boolean => isObject(value) && value.masked === true

const first = <Value>(
  values: Values,
  names: readonly string[],
  read: (value: unknown, field: string) => Value | null,
): Told<Value> | null => {
  for (const field of names) {
    const value = values[field]
    if (value === undefined || isMask(value)) continue
    const found = read(value, field)
    if (found !== null) return { field, value: found }
  }
  return null
}

const words = (value: unknown): string | null =>
  isString(value) && value.trim() !== '' ? value.trim() : null

/** What a contained resource is: its code, or the ingredient of a mixture. */
const containedText = (contained: unknown, reference: unknown): string | null => {
  if (!isString(reference) || !reference.startsWith('#')) return null
  const one = objectsOf(contained).find(({ id }) => id === reference.slice(1))
  if (one === undefined) return null
  return (
    displayConcept(one.code) ??
    objectsOf(one.ingredient)
      .map(({ itemCodeableConcept }) => displayConcept(itemCodeableConcept))
      .find(isString) ??
    null
  )
}

/** What references mean that carry no words, by how they are written. */
type Names = Readonly<Record<string, string>>
const NO_NAMES: Names = {}

const referenceText = (value: JsonObject, values: Values, names: Names): string | null => {
  const { reference, identifier } = value
  const named =
    words(value.display) ??
    containedText(values.contained, reference) ??
    (isString(reference) && Object.hasOwn(names, reference) ? words(names[reference]) : null)
  if (named !== null) return named
  const number = isObject(identifier) ? words(identifier.value) : null
  return number === null ? null : `Known by number ${number} alone`
}

const DISPLAY = 'http://hl7.org/fhir/StructureDefinition/display'

/** What a canonical URL is called: by the words beside it, else by how its address ends. */
const canonicalText = (value: unknown, values: Values): string | null => {
  const siblings = isObject(values.primitiveExtension) ? values.primitiveExtension._questionnaire : null
  const beside = objectsOf(isObject(siblings) ? siblings.extension : null).find(({ url }) => url === DISPLAY)
  const [, name] = (isString(value) ? /^https?:\/\/[^?#]+\/([\w.-]+)(?:\|.*)?$/.exec(value) : null) ?? []
  return words(beside?.valueString) ?? (name === undefined ? null : `Questionnaire ${name}`)
}

/** A value of any datatype that a title is made of, in one line. */
const titleText = (value: unknown, values: Values, names: Names): string | null => {
  if (isString(value)) return words(value)
  if (Array.isArray(value)) {
    const lines = [...new Set(value.map((one) => titleText(one, values, names)).filter(isString))]
    return lines.length === 0 ? null : lines.join(', ')
  }
  if (!isObject(value)) return null
  // AllergyIntolerance.reaction: the substance is what the allergy is to, where `code` does not say it.
  if ('substance' in value || 'manifestation' in value) return displayConcept(value.substance)
  if ('family' in value || 'given' in value) return displayName([value])
  // Medication.ingredient
  if ('itemCodeableConcept' in value) return displayConcept(value.itemCodeableConcept)
  // Whoever takes part: CareTeam.participant, Appointment.participant, Provenance.agent.
  if ('member' in value || 'actor' in value || 'who' in value)
    return (
      titleText(value.member ?? value.actor ?? value.who, values, names) ??
      displayConcept(value.role ?? value.type)
    )
  if ('coding' in value || 'code' in value || isString(value.text)) return displayConcept(value)
  if ('reference' in value || 'display' in value || isObject(value.identifier))
    return referenceText(value, values, names)
  return words(value.name)
}

/**
 * What a record is about in one line, of the values that are there and what its references mean; null where
 * none of them says it.
 */
export const titleOf = (type: ResourceType, values: Values, names: Names = NO_NAMES): Told<string> | null =>
  first(values, titleFields(type), (value, field) =>
    field === 'questionnaire' ? canonicalText(value, values) : titleText(value, values, names),
  )

/** Whether a record has a number in it that a trend can be drawn of. */
const isMeasured = (values: Values): boolean =>
  isObject(values.valueQuantity) ||
  values.valueInteger !== undefined ||
  objectsOf(values.component).some(({ valueQuantity }) => isObject(valueQuantity))

/**
 * The code that two measurements of one kind share, for a trend: "http://loinc.org|8302-2", else the words.
 * Null for what has no number.
 */
export const kindOf = (type: ResourceType, values: Values): string | null => {
  const title = titleOf(type, values)
  if (title === null || !isMeasured(values)) return null
  const value = values[title.field]
  const concept = Array.isArray(value) ? value[0] : value
  const coding = isObject(concept) ? objectsOf(concept.coding)[0] : undefined
  const code = words(coding?.code)
  return code === null ? title.value : `${words(coding?.system) ?? ''}|${code}`
}

/** When a FHIR date, dateTime, instant or Period begins, else when it ends, in ms; null for anything else. */
const momentOf = (value: unknown): number | null => {
  if (Array.isArray(value)) return momentOf(value[0])
  if (isObject(value)) return momentOf(value.start) ?? momentOf(value.end)
  const at = isString(value) && /^\d{4}(-\d{2}){0,2}(T|$)/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** A record's own date: the first of its dates that is there, in ms, a year as its first moment (UTC). */
export const dateOf = (type: ResourceType, values: Values): Told<number> | null =>
  first(values, dateFields(type), momentOf)

const stateText = (value: unknown): string | null => {
  if (isString(value)) return words(value)
  if (!isObject(value)) return null
  return words(objectsOf(value.coding)[0]?.code) ?? words(value.text)
}

/** The code of a record's state: active, resolved, final. */
export const stateOf = (type: ResourceType, values: Values): Told<string> | null =>
  first(values, stateFields(type), stateText)

/**
 * Whether a record is a consent in force that forbids something: shown on the chart, and enforced by nobody.
 */
export const isRestrictingConsent = (type: string, values: Values): boolean => {
  if (type !== 'Consent' || (values.status !== undefined && values.status !== 'active')) return false
  const denies = (provision: unknown): boolean =>
    isObject(provision) && (provision.type === 'deny' || objectsOf(provision.provision).some(denies))
  return denies(values.provision)
}
