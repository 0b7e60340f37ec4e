import { type Field, type FieldClass, type FieldType, SIBLINGS } from './field.ts'

/** The resource's own id: linked ids are kept consistent inside one export and random across exports. */
export const resourceId = <C extends FieldClass>(fieldClass: C) =>
  ({
    type: 'id',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'R',
    safeHarbor: 'fresh-id',
    search: 'none',
    source: { element: 'id' },
  }) as const satisfies Field

/** Tags, profiles and version stamps of the source system: kept for the record, of no use to a reader. */
export const meta = <C extends FieldClass>(fieldClass: C) =>
  ({
    type: 'Complex',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'R',
    safeHarbor: 'drop',
    search: 'none',
    source: { element: 'meta' },
  }) as const satisfies Field

/** Business identifiers of the source system (accession numbers, order numbers, claim numbers). */
export const identifiers = <C extends FieldClass>(fieldClass: C) =>
  ({
    type: 'Identifier[]',
    class: fieldClass,
    mask: 'last-four',
    identifier: 'R',
    safeHarbor: 'drop',
    search: 'none',
    source: { element: 'identifier' },
  }) as const satisfies Field

/** The human-readable rendering of a resource. Anything may stand in it. */
export const narrativeText = {
  type: 'Narrative',
  class: 'narrative',
  mask: 'hidden',
  identifier: 'R',
  safeHarbor: 'drop',
  search: 'none',
  source: { element: 'text' },
} as const satisfies Field

export const notes = {
  type: 'Annotation[]',
  class: 'narrative',
  mask: 'hidden',
  identifier: 'R',
  safeHarbor: 'drop',
  search: 'none',
  source: { element: 'note' },
} as const satisfies Field

/** A status or another code of a closed FHIR value set. */
export const status = <C extends FieldClass>(fieldClass: C, element = 'status') =>
  ({
    type: 'code',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'none',
    safeHarbor: 'keep',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const concept = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({
    type: 'CodeableConcept',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'none',
    safeHarbor: 'codes',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const concepts = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...concept(fieldClass, element), type: 'CodeableConcept[]' }) as const satisfies Field

export const moment = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({
    type: 'dateTime',
    class: fieldClass,
    mask: 'year',
    identifier: 'C',
    safeHarbor: 'year',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const period = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...moment(fieldClass, element), type: 'Period' }) as const satisfies Field

/** A reference to another record of the same patient, or to a practitioner or organization. */
export const reference = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({
    type: 'Reference',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'R',
    safeHarbor: 'fresh-id',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const references = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...reference(fieldClass, element), type: 'Reference[]' }) as const satisfies Field

/**
 * A structure whose parts are many: shown to those who may see its class, left out of de-identified exports.
 */
export const structure = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({
    type: 'Complex',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'R',
    safeHarbor: 'drop',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const freeText = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({
    type: 'string',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'R',
    safeHarbor: 'drop',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const quantity = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({
    type: 'Quantity',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'none',
    safeHarbor: 'quantity',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const money = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...quantity(fieldClass, element), type: 'Money' }) as const satisfies Field

export const flag = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({
    type: 'boolean',
    class: fieldClass,
    mask: 'hidden',
    identifier: 'none',
    safeHarbor: 'keep',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const count = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...flag(fieldClass, element), type: 'integer' }) as const satisfies Field

export const coding = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...concept(fieldClass, element), type: 'Coding' }) as const satisfies Field

/** A value of a datatype that no treatment lets out of the house. */
export const measure = <C extends FieldClass, T extends FieldType>(fieldClass: C, element: string, type: T) =>
  ({ ...freeText(fieldClass, element), type }) as const satisfies Field

/** A structure in which people write: treated as their free text is. */
export const freeStructure = (element: string) =>
  ({ ...freeText('narrative', element), type: 'Complex' }) as const satisfies Field

export const attachments = (element: string) =>
  ({ ...freeText('narrative', element), type: 'Attachment[]' }) as const satisfies Field

/**
 * The person that a record is about (or who answers for them), where the reference says more than the row
 * does: mostly a name.
 */
export const person = (element: string) => relative('identity', element)

/** A person by a reference that may name them: a relative, a household member, or the patient on a bill. */
export const relative = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...reference(fieldClass, element), identifier: 'A', safeHarbor: 'drop' }) as const satisfies Field

/** A picture that may show a face, or a part of the body by which somebody is known. */
export const picture = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...structure(fieldClass, element), identifier: 'Q' }) as const satisfies Field

export const pictures = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...picture(fieldClass, element), type: 'Attachment[]' }) as const satisfies Field

/** A lot, a serial number, or what else tells one device or one vial from another. */
export const deviceNumber = <C extends FieldClass>(fieldClass: C, element: string) =>
  ({ ...freeText(fieldClass, element), identifier: 'M' }) as const satisfies Field

export const deviceReference = {
  ...reference('clinical', 'device'),
  identifier: 'M',
  safeHarbor: 'drop',
} as const satisfies Field

export const names = {
  type: 'HumanName[]',
  class: 'identity',
  mask: 'initials',
  identifier: 'A',
  safeHarbor: 'drop',
  search: 'none',
  source: { element: 'name' },
} as const satisfies Field

export const telecom = {
  type: 'ContactPoint[]',
  class: 'contact',
  mask: 'last-four',
  identifier: 'D',
  safeHarbor: 'drop',
  search: 'none',
  source: { element: 'telecom' },
} as const satisfies Field

export const addresses = {
  type: 'Address[]',
  class: 'contact',
  mask: 'area',
  identifier: 'B',
  safeHarbor: 'state-zip3',
  search: 'none',
  source: { element: 'address' },
} as const satisfies Field

/**
 * What every resource of R4 can have (https://hl7.org/fhir/R4/domainresource.html): nothing of it leaves the
 * house, and none of it is lost.
 */
export const everyResource = <C extends FieldClass>(fieldClass: C) =>
  ({
    id: resourceId(fieldClass),
    text: narrativeText,
    meta: meta(fieldClass),
    implicitRules: freeText(fieldClass, 'implicitRules'),
    language: freeText(fieldClass, 'language'),
    contained: structure(fieldClass, 'contained'),
    extension: structure(fieldClass, 'extension'),
    modifierExtension: structure(fieldClass, 'modifierExtension'),
    primitiveExtension: structure(fieldClass, SIBLINGS),
  }) as const satisfies Readonly<Record<string, Field>>
