import { Consent, Provenance, RelatedPerson } from './agreements.ts'
import { ExplanationOfBenefit } from './benefits.ts'
import { Claim, ClaimResponse, Coverage } from './billing.ts'
import { Organization, Practitioner } from './directory.ts'
import { Binary, Composition, DocumentReference, QuestionnaireResponse } from './documents.ts'
import type { Field, FieldClass, Resource } from './field.ts'
import {
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
} from './medication.ts'
import { Immunization, Procedure, ServiceRequest } from './orders.ts'
import { Patient } from './patient.ts'
import { BodyStructure, Device, Media } from './pictures.ts'
import { Group, Location, Medication, PractitionerRole } from './places.ts'
import { CarePlan, Goal, Task } from './plans.ts'
import { AllergyIntolerance, Condition, FamilyMemberHistory, Flag } from './problems.ts'
import type { R4Modifiers } from './r4-modifiers.ts'
import type { Reading } from './readings.ts'
import { DiagnosticReport, ImagingStudy, Observation, Specimen } from './results.ts'
import { Appointment, CareTeam, Encounter } from './visits.ts'

/**
 * A type whose reading of one of R4's modifier elements is not decided, or that is not listed, does not
 * compile.
 */
type ReadsEveryModifier = {
  readonly [Type in keyof R4Modifiers]: {
    readonly modifiers: Readonly<Record<R4Modifiers[Type][number], Reading>>
  }
}

/**
 * Every PHI resource and field that Chartward stores, declared once. Encryption, policy, masks,
 * log redaction, search and de-identification derive from it. Adding a field is one edit in one
 * file of this folder.
 */
export const catalog = {
  Patient,
  Encounter,
  Condition,
  Observation,
  MedicationRequest,
  Procedure,
  Immunization,
  AllergyIntolerance,
  DiagnosticReport,
  DocumentReference,
  CarePlan,
  Goal,
  ImagingStudy,
  Appointment,
  ServiceRequest,
  MedicationStatement,
  MedicationDispense,
  MedicationAdministration,
  CareTeam,
  FamilyMemberHistory,
  Flag,
  Device,
  Specimen,
  Media,
  BodyStructure,
  QuestionnaireResponse,
  Composition,
  Consent,
  RelatedPerson,
  Task,
  Provenance,
  Binary,
  Coverage,
  Claim,
  ClaimResponse,
  ExplanationOfBenefit,
  Practitioner,
  PractitionerRole,
  Organization,
  Location,
  Medication,
  Group,
} as const satisfies ReadsEveryModifier

export type Catalog = typeof catalog
export type ResourceType = keyof Catalog
export type FieldPath = {
  [R in ResourceType]: `${R}.${keyof Catalog[R]['fields'] & string}`
}[ResourceType]

export const RESOURCE_TYPES: readonly ResourceType[] = Object.freeze(Object.keys(catalog) as ResourceType[])

export const isResourceType = (value: string): value is ResourceType => Object.hasOwn(catalog, value)

/**
 * The declaration of a resource type with its exact field names forgotten, for code that walks the catalog.
 */
export const resourceOf = (type: ResourceType): Resource => catalog[type]

const fields: ReadonlyMap<string, Field> = new Map(
  RESOURCE_TYPES.flatMap((type) =>
    Object.entries(resourceOf(type).fields).map(([name, field]) => [`${type}.${name}`, field] as const),
  ),
)

export const isFieldPath = (value: string): value is FieldPath => fields.has(value)

const pathsByName: ReadonlyMap<string, ReadonlyMap<string, FieldPath>> = new Map(
  RESOURCE_TYPES.map((type) => [
    type,
    new Map(
      Object.keys(resourceOf(type).fields).flatMap((name) => {
        const path = `${type}.${name}`
        return isFieldPath(path) ? [[name, path] as const] : []
      }),
    ),
  ]),
)

/** The path of a field of a type, or undefined where it has none of that name. */
export const pathOf = (type: ResourceType, name: string): FieldPath | undefined =>
  pathsByName.get(type)?.get(name)

export const FIELD_PATHS: readonly FieldPath[] = Object.freeze([...fields.keys()].filter(isFieldPath))

/**
 * The declaration of one field, or undefined for a path that the catalog does not know: to policy, a deny.
 */
export const fieldOf = (path: string): Field | undefined => fields.get(path)

/** The catalog's paths of one resource type in one class, in declaration order. */
export const pathsOf = (type: ResourceType, fieldClass?: FieldClass): FieldPath[] =>
  FIELD_PATHS.filter(
    (path) =>
      path.startsWith(`${type}.`) && (fieldClass === undefined || fieldOf(path)?.class === fieldClass),
  )

export * from './field.ts'
export type { Reading, Said, Standing } from './readings.ts'
export { AS_IT_READS, DELETED_AT_SOURCE, saysNo, WITHDRAWN_WITH_UPLOAD } from './readings.ts'
