import {
  type Compartment,
  type FieldClass,
  isResourceType,
  type ResourceType,
  SIBLINGS,
} from '@chartward/policy'
import { type EntryIds, entryId, meantBy, NO_ENTRIES } from './entry-ids.ts'
import { FhirError } from './errors.ts'
import { type FhirResource, isObject, isResource, type JsonObject } from './json.ts'
import { linksOf, type RecordLinks } from './links.ts'
import { patientElementOf, patientRefOf } from './patient-reference.ts'
import { type ElementPlan, planOf, type Target } from './plan.ts'
import type { Who } from './practitioner-reference.ts'
import { isKnownType } from './r4-types.ts'
import { ID, plainPatientReference } from './references.ts'
import { sourceIdOf, splitSourceId } from './source-id.ts'
import { storable } from './storable.ts'
import { isExtensionList, isOfType } from './value-types.ts'
import { refuseOtherVersion } from './version.ts'

/**
 * Values by field class, then by the catalog's field name; under `unmapped` by FHIR element. Raw
 * FHIR JSON values.
 */
export type RecordFields = Partial<Record<FieldClass, Record<string, unknown>>>

export interface MappedRecord {
  readonly type: ResourceType
  /**
   * The id by which the source knows the resource, with its server's base where that is known
   * (`splitSourceId`): what makes an import idempotent.
   */
  readonly sourceId: string
  readonly compartment: Compartment
  /** The source id of the patient: its own for a Patient, null in the directory. */
  readonly patientRef: string | null
  readonly fields: RecordFields
  readonly links: RecordLinks
}

/**
 * Under `unmapped`: which field each item of a split array went to, where that is not the catalog's order, so
 * that `fromRecord` gives the array back as it was. No FHIR element can have this name.
 */
export const ORDER = '$order'

/**
 * In every class that a record has: that the source has deleted the resource, so that whoever sees anything
 * of it knows. No FHIR element can have this name.
 */
export const DELETED = '$deleted'

/** The same where the upload that brought the record was withdrawn. */
export const WITHDRAWN = '$withdrawn'

const marked = (fields: RecordFields, mark: typeof DELETED | typeof WITHDRAWN): RecordFields =>
  Object.fromEntries(
    Object.entries(fields).map(([fieldClass, values]) => [fieldClass, { ...values, [mark]: true }]),
  )
const isMarked = (fields: RecordFields, mark: typeof DELETED | typeof WITHDRAWN): boolean =>
  Object.values(fields).some((values) => values?.[mark] === true)

/** What a record held, with the mark that its source has deleted it. */
export const deletedFields = (fields: RecordFields): RecordFields => marked(fields, DELETED)

/** What a record held, with the mark that it was withdrawn with the upload that brought it. */
export const withdrawnFields = (fields: RecordFields): RecordFields => marked(fields, WITHDRAWN)

/** Whether it was withdrawn, as any class that is there says. */
export const isWithdrawn = (fields: RecordFields): boolean => isMarked(fields, WITHDRAWN)

/** Whether the source has deleted it, as any class that is there says. */
export const isDeleted = (fields: RecordFields): boolean => isMarked(fields, DELETED)

/** https://hl7.org/fhir/R4/json.html: letters and digits, and `_` before the sibling of a primitive. */
const ELEMENT_NAME = /^_?[a-zA-Z][a-zA-Z0-9]{0,63}$/

const put = (fields: RecordFields, fieldClass: FieldClass, name: string, value: unknown): void => {
  const values = fields[fieldClass] ?? {}
  values[name] = value
  fields[fieldClass] = values
}

const invalid = (type: ResourceType, element: string, plan: ElementPlan): FhirError =>
  new FhirError(
    'invalid-element',
    `${type}.${element} is not a valid ${plan.type.replace('Complex', 'structure')} of FHIR R4: correct it at the source.`,
  )

const typeOf = (resource: unknown): ResourceType => {
  if (!isResource(resource)) throw new FhirError('not-a-resource', 'A resource needs a resourceType of FHIR.')
  refuseOtherVersion(resource)
  if (isResourceType(resource.resourceType)) return resource.resourceType
  throw isKnownType(resource.resourceType)
    ? new FhirError('unsupported-type', `Chartward does not store ${resource.resourceType} resources.`)
    : new FhirError('not-a-resource', 'The resourceType is none that FHIR R4 knows.')
}

const ownIdOf = (type: ResourceType, resource: FhirResource, fullUrl: string | null): string => {
  if (resource.id !== undefined && !ID.test(resource.id)) {
    throw new FhirError(
      'invalid-element',
      `${type}.id is not a valid id of FHIR R4: correct it at the source.`,
    )
  }
  const id = entryId(type, resource.id, fullUrl)
  if (id !== undefined) return id
  throw new FhirError('missing-id', `This ${type} has no id: without one it can't be told from another.`)
}

const checkStorable = (type: ResourceType, element: string, known: boolean, value: unknown): void => {
  const answer = storable(value)
  if (answer === 'yes') return
  const where = known ? `${type}.${element}` : `An element of this ${type}`
  throw answer === 'too-deep'
    ? new FhirError('too-deep', `${where} is nested more than 64 levels deep.`)
    : new FhirError('invalid-element', `${where} holds text that is not Unicode, or a number out of range.`)
}

const split = (
  fields: RecordFields,
  element: string,
  plan: ElementPlan & { kind: 'split' },
  items: readonly JsonObject[],
): void => {
  const targets = [...plan.rules.map((rule) => rule.to), plan.rest]
  const taken = items.map((item) => plan.rules.find((rule) => rule.matches(item))?.to ?? plan.rest)
  for (const to of targets) {
    const own = items.filter((_, index) => taken[index] === to)
    if (own.length > 0) put(fields, to.class, to.field, own)
  }
  const places = taken.map((to) => targets.indexOf(to))
  const inOrder = places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0))
  if (inOrder && items.length > 0) return
  const known = fields.unmapped?.[ORDER]
  put(fields, 'unmapped', ORDER, {
    ...(isObject(known) ? known : {}),
    [element]: taken.map((to) => to.field),
  })
}

/**
 * Whether an element extends a primitive (`_status`) that the siblings' field may keep: one of its own class.
 */
const extendsItsClass = (plans: ReadonlyMap<string, ElementPlan>, element: string): boolean => {
  const base = element.startsWith('_') ? plans.get(element.slice(1)) : undefined
  const to = plans.get(SIBLINGS)
  return base?.kind === 'whole' && to?.kind === 'whole' && base.to.class === to.to.class
}

const addSibling = (fields: RecordFields, to: Target, element: string, value: unknown): void => {
  const known = fields[to.class]?.[to.field]
  put(fields, to.class, to.field, { ...(isObject(known) ? known : {}), [element]: value })
}

/**
 * A FHIR R4 resource as a record of the catalog, by each field's `source` alone; what the catalog has no
 * field for is kept under `unmapped`. Fields taken from among the items of an array hold an array. The
 * element that names the patient is left out where it has the plain form, since the row carries it. One that
 * names no patient, and may, is of the directory. `fullUrl` is the Bundle entry's: a `urn:uuid:` there is
 * what references mean, so it goes before the id, and a URL tells which server's ids these are; `entries` are
 * the Bundle's.
 *
 * Throws FhirError: not-a-resource, wrong-fhir-version, unsupported-type, missing-id,
 * missing-patient-reference, invalid-element, too-deep.
 */
export const toRecord = (
  resource: FhirResource,
  fullUrl: string | null = null,
  entries: EntryIds = NO_ENTRIES,
): MappedRecord => {
  const type = typeOf(resource)
  const ownId = ownIdOf(type, resource, fullUrl)
  const named = patientRefOf(type, resource, ownId)
  const patientRef =
    named === null || type === 'Patient' ? named : meantBy('Patient', named, fullUrl, entries)
  const sourceId = withBaseOf(ownId, patientRef, fullUrl)
  const patientElement = patientElementOf(type)
  const plans = planOf(type)
  const fields: RecordFields = {}
  for (const [element, value] of Object.entries(resource)) {
    if (element === 'resourceType' || value === undefined) continue
    if (element === patientElement && patientRef !== null && isPlain(value, patientRef)) continue
    if (!ELEMENT_NAME.test(element)) {
      throw new FhirError('invalid-element', `This ${type} has an element whose name FHIR does not allow.`)
    }
    const plan = plans.get(element)
    checkStorable(type, element, plan !== undefined, value)
    if (plan?.kind === 'whole') {
      if (!isOfType(plan.type, value)) throw invalid(type, element, plan)
      put(fields, plan.to.class, plan.to.field, value)
    } else if (plan?.kind === 'split') {
      const isList = element === 'extension' ? isExtensionList(value) : isOfType(plan.type, value)
      if (!isList || !Array.isArray(value)) throw invalid(type, element, plan)
      split(fields, element, plan, value)
    } else if (extendsItsClass(plans, element)) {
      const to = plans.get(SIBLINGS)
      if (to?.kind === 'whole') addSibling(fields, to.to, element, value)
    } else {
      put(fields, 'unmapped', element, value)
    }
  }
  const compartment: Compartment = patientRef === null ? 'directory' : 'patient'
  const { kind, care } = linksOf(type, resource, named)
  const meant = (who: Who): Who =>
    who.by === 'id' ? { ...who, id: meantBy(who.type, who.id, fullUrl, entries) } : who
  const links = { kind, care: care.map((link) => ({ ...link, who: link.who.map(meant) })) }
  return { type, sourceId, compartment, patientRef, fields, links }
}

/** A resource of which nothing says whose it is is of the server whose patient it names. */
const withBaseOf = (ownId: string, patientRef: string | null, fullUrl: string | null): string =>
  patientRef === null || fullUrl?.startsWith('urn:') === true || splitSourceId(ownId).base !== null
    ? ownId
    : sourceIdOf(splitSourceId(patientRef).base, ownId)

const isPlain = (value: unknown, patientRef: string): boolean =>
  isObject(value) && Object.keys(value).length === 1 && value.reference === plainPatientReference(patientRef)
