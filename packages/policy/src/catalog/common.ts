import type { Field, FieldClass } from './field.ts'

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
