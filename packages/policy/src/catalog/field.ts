import type { Reading } from './readings.ts'

/**
 * The vocabulary in which the catalog declares a field. Every property of `Field` is required: a field
 * without a class, a mask, an identifier category, a Safe Harbor treatment, a search kind or a source
 * does not compile.
 */

/**
 * Each class of a record version is one ciphertext under a key of its own. `unmapped` is what no field is
 * declared for: no field names it, and a patient alone reads it, with the whole of their own record.
 */
export const FIELD_CLASSES = ['identity', 'contact', 'clinical', 'narrative', 'billing', 'unmapped'] as const
export type FieldClass = (typeof FIELD_CLASSES)[number]

/** The FHIR R4 datatype of a field's value, as it stands in the resource's JSON. */
export type FieldType =
  | 'string'
  | 'code'
  | 'id'
  | 'boolean'
  | 'integer'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'decimal'
  | 'Period'
  | 'Quantity'
  | 'Range'
  | 'Ratio'
  | 'SampledData'
  | 'Money'
  | 'CodeableConcept'
  | 'CodeableConcept[]'
  | 'Coding'
  | 'HumanName[]'
  | 'Address[]'
  | 'Address'
  | 'ContactPoint[]'
  | 'Identifier[]'
  | 'Reference'
  | 'Reference[]'
  | 'Annotation[]'
  | 'Narrative'
  | 'Attachment[]'
  | 'Component[]'
  | 'Complex'

/**
 * What a role with a masked grant sees in the place of the value. `hidden` shows only that there is a value.
 */
export type Mask = 'hidden' | 'initials' | 'year' | 'last-four' | 'area'

/**
 * The identifier categories of 45 CFR 164.514(b)(2)(i)(A) to (R), by letter. `none` states that the field on
 * its own is none of the eighteen; free text is `R`, since anything may stand in it.
 */
export const IDENTIFIER_CATEGORIES = {
  A: 'Names',
  B: 'Geographic subdivisions smaller than a state',
  C: 'Elements of dates (except year) and ages over 89',
  D: 'Telephone numbers',
  E: 'Fax numbers',
  F: 'E-mail addresses',
  G: 'Social security numbers',
  H: 'Medical record numbers',
  I: 'Health plan beneficiary numbers',
  J: 'Account numbers',
  K: 'Certificate/license numbers',
  L: 'Vehicle identifiers and serial numbers',
  M: 'Device identifiers and serial numbers',
  N: 'Web URLs',
  O: 'IP addresses',
  P: 'Biometric identifiers',
  Q: 'Full-face photographs and comparable images',
  R: 'Any other unique identifying number, characteristic, or code',
} as const
export type IdentifierCategory = keyof typeof IDENTIFIER_CATEGORIES | 'none'

/**
 * What a Safe Harbor export does to the field (45 CFR 164.514(b)(2)):
 * - `drop`: left out;
 * - `keep`: kept as it is; only for closed value sets, booleans and numbers;
 * - `codes`: only codes of known terminologies that pass that terminology's own form; displays and
 *   texts left out;
 * - `quantity`: number and unit; an age over 89 becomes the group "90 or older";
 * - `year`: the year alone, and not even that where it would tell an age over 89;
 * - `birth-year`: the year alone for people of 89 or younger, else the group;
 * - `state-zip3`: state, and the first three digits of the ZIP where more than 20,000 people live, else 000;
 * - `fresh-id`: a random id of this export, the same for every mention of the same resource.
 */
export type SafeHarborTreatment =
  | 'drop'
  | 'keep'
  | 'codes'
  | 'quantity'
  | 'year'
  | 'birth-year'
  | 'state-zip3'
  | 'fresh-id'

/** `identifier`: 128-bit blind-index token, exact match. `name`: truncated tokens, whole word or prefix. */
export type Search = 'none' | 'identifier' | 'name'

/**
 * The element of a field that keeps the siblings of primitives (`_birthDate`, `_status`), each under its own
 * name: extensions of values, which R4 writes beside them. Those of another class than the field's stay
 * unmapped, with the value that they extend out of reach.
 */
export const SIBLINGS = '_'

/** Where the value stands in the FHIR R4 resource: a top-level element, or those items of it that match. */
export type FhirSource =
  | { readonly element: string }
  | { readonly element: 'identifier'; readonly identifierType: string }
  | { readonly element: 'extension'; readonly url: string }

/** `billing-address`: of the addresses of a patient the one that bills go to. */
export type FieldPart = 'billing-address'

export interface Field {
  readonly type: FieldType
  readonly class: FieldClass
  readonly mask: Mask
  readonly identifier: IdentifierCategory
  readonly safeHarbor: SafeHarborTreatment
  readonly search: Search
  readonly source: FhirSource
  /** The part of it that a role may show without the rest. */
  readonly part?: FieldPart
}

/**
 * `patient`: belongs to one patient. `directory`: practitioners, organizations, places, medications and
 * groups, shared by all patients.
 */
export type Compartment = 'patient' | 'directory'

export interface Resource {
  readonly compartment: Compartment
  /** The element that names the patient: `id` for Patient itself, null in the directory. */
  readonly patientElement:
    | 'id'
    | 'subject'
    | 'patient'
    | 'beneficiary'
    | 'for'
    | 'target'
    | 'securityContext'
    | null
  /**
   * What becomes of a resource that names no patient at all: refused, since R4 or its sense demands one, or
   * kept in the directory, sealed, where no role reads it. One that names a patient in a way that can't be
   * followed is refused in either case.
   */
  readonly withoutPatient: 'refused' | 'directory'
  /** The fields by whose date a person reads these records in order: the first that has a value. */
  readonly occurred: readonly string[]
  /** The fields that say what the record is about, its title in a list: the first that has a value. */
  readonly title: readonly string[]
  /**
   * How each element is read that changes what the rest means, by FHIR element, nested ones by their path: at
   * least those that R4 marks as modifiers, or the catalog does not compile.
   */
  readonly modifiers: Readonly<Record<string, Reading>>
  readonly fields: Readonly<Record<string, Field>>
}

type Declared<Fields extends Readonly<Record<string, Field>>> = Omit<
  Resource,
  'fields' | 'occurred' | 'title'
> & {
  readonly fields: Fields
  readonly occurred: readonly (keyof NoInfer<Fields> & string)[]
  readonly title: readonly (keyof NoInfer<Fields> & string)[]
}

/**
 * Checks a declaration and keeps its exact field names; `occurred` and `title` must name fields of its own.
 */
export const defineResource = <
  const Fields extends Readonly<Record<string, Field>>,
  const Modifiers extends Resource['modifiers'],
>(
  resource: Declared<Fields> & { readonly modifiers: Modifiers },
): Declared<Fields> & { readonly modifiers: Modifiers } => resource
