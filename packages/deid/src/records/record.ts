import type { ExactNumber, ResourceType } from '@chartward/policy'
import type { AgeGroup } from './safe-harbor/age.ts'

/** A decrypted record version: raw FHIR R4 JSON values by the catalog's field names, all classes merged. */
export interface SourceRecord {
  readonly type: ResourceType
  readonly sourceId: string
  /** Source id of the patient whose record it is; for Patient itself it may be left out. */
  readonly patientSourceId?: string | null
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Code {
  readonly system: string
  readonly code: string
}

export type Comparator = '<' | '<=' | '>=' | '>'

export interface DeidQuantity {
  /** With the digits that it was sent with, where no rule has rounded it. */
  readonly value: number | ExactNumber
  /** A UCUM code, or null for a bare number. */
  readonly unit: string | null
  readonly comparator: Comparator | null
}

export interface DeidReference {
  /** FHIR resource type, or null where the source reference did not say. */
  readonly type: string | null
  readonly id: string
}

export interface Area {
  readonly state: string | null
  readonly zip3: string | null
}

/** What may stand in a release, by kind. There is no kind for text: nothing free can be expressed. */
export type DeidValue =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean }
  | { readonly kind: 'codes'; readonly concepts: readonly (readonly Code[])[] }
  | {
      readonly kind: 'components'
      readonly items: readonly { readonly codes: readonly Code[]; readonly quantity: DeidQuantity | null }[]
    }
  | ({ readonly kind: 'quantity' } & DeidQuantity)
  | { readonly kind: 'money'; readonly value: number | ExactNumber; readonly currency: string | null }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'years'; readonly start: number | null; readonly end: number | null }
  | { readonly kind: 'birth-year'; readonly year: number }
  | { readonly kind: 'age-group'; readonly group: AgeGroup }
  | { readonly kind: 'areas'; readonly areas: readonly Area[] }
  | { readonly kind: 'references'; readonly references: readonly DeidReference[] }

/** A record of a release. `id` and `patientId` are random ids of that release. */
export interface DeidRecord {
  readonly type: ResourceType
  readonly id: string
  readonly patientId: string | null
  readonly fields: Readonly<Record<string, DeidValue>>
}
