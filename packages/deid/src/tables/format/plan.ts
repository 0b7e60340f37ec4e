import type { IdentifierCategory } from '@chartward/policy'
import type { Model } from './model.ts'

/** The three profiles of 45 CFR 164.514: (b)(2), (b)(1) and (e). */
export type Profile = 'safe-harbor' | 'expert-determination' | 'limited-data-set'

/** What stands between the cells of a CSV file. */
export type Delimiter = ',' | ';' | '\t' | '|'

/**
 * How a hierarchy is made. A file has the values in its first column and a label for each level in the
 * others.
 */
export type HierarchySpec =
  | { readonly kind: 'csv'; readonly file: string; readonly delimiter?: Delimiter }
  /**
   * Numbers by bands: `widths` from fine to coarse, each a multiple of the one before, from `origin`; below
   * `bottom` and from `top` on is one group.
   */
  | {
      readonly kind: 'interval'
      readonly widths: readonly number[]
      readonly origin?: number
      readonly bottom?: number
      readonly top?: number
    }
  /** Dates (YYYY-MM-DD): any of these levels, from fine to coarse. */
  | {
      readonly kind: 'date'
      readonly levels: readonly ('week' | 'month' | 'quarter' | 'year' | 'five-years' | 'decade')[]
    }
  /**
   * Codes by their first characters: lengths from long to short ([5, 3] keeps 5, then 3; then all). ICD-10,
   * ZIP.
   */
  | { readonly kind: 'prefix'; readonly lengths: readonly number[] }
  /** Values in this order; each level joins so many neighbours of the level before. */
  | { readonly kind: 'order'; readonly values: readonly string[]; readonly fanouts: readonly number[] }

/** What is done to a column. `keyed` ones need the export's key. */
export type Transform =
  /** Left out of the release. */
  | { readonly kind: 'redact' }
  | { readonly kind: 'keep' }
  /** By its hierarchy, to what the search finds; with `level`, to that level and no other. */
  | { readonly kind: 'generalise'; readonly level?: number }
  /** Values above `above` become "> above" (89 stays, 90 goes); below `below`, "< below". */
  | { readonly kind: 'top-code'; readonly above: number }
  | { readonly kind: 'bottom-code'; readonly below: number }
  /** To bands of this width from `origin`: "[10, 20)". */
  | { readonly kind: 'bin'; readonly width: number; readonly origin?: number }
  /** Noise from a Laplace distribution of this scale, by the export's key; whole numbers stay whole. */
  | { readonly kind: 'perturb'; readonly scale: number; readonly minimum?: number; readonly maximum?: number }
  /** HMAC-SHA-256 under the export's key, base64url, 22 characters. */
  | { readonly kind: 'pseudonym' }
  /** A random id of this export (the crosswalk's), derived from nothing of the value. */
  | { readonly kind: 'random-id' }
  /**
   * All dates of a patient by one offset of 1 to `days` days to either side, never 0, by the export's key.
   */
  | { readonly kind: 'date-shift'; readonly days: number }
  | { readonly kind: 'year' }
  /** Three digits where more than 20,000 people live, else 000. */
  | { readonly kind: 'zip3' }
  /** Another value of the column's own kind, drawn from its distribution. */
  | { readonly kind: 'substitute'; readonly values: readonly string[] }
  /** Free text with each identifier replaced by its category. */
  | { readonly kind: 'scrub' }

/**
 * - `identifier`: identifies by itself: left out, or replaced;
 * - `quasi-identifier`: identifies with others: what the models count;
 * - `sensitive`: what must not be learnt;
 * - `insensitive`: neither;
 * - `text`: free text.
 */
export type Role = 'identifier' | 'quasi-identifier' | 'sensitive' | 'insensitive' | 'text'

/** What a column holds, where eligibility turns on more than the category. */
export type Content =
  | 'date'
  | 'age'
  | 'zip'
  | 'state'
  | 'city'
  | 'year'
  | 'code'
  | 'number'
  | 'text'
  | 'other'

export interface ColumnPlan {
  readonly role: Role
  /** The category of 45 CFR 164.514(b)(2)(i) that its values are of. */
  readonly category: IdentifierCategory
  readonly content: Content
  readonly transform: Transform
  readonly hierarchy?: HierarchySpec
  readonly weight?: number
}

export interface Plan {
  readonly format: 'chartward-deid-plan/1'
  readonly title: string
  readonly profile: Profile
  /** YYYY-MM-DD: the day as of which ages are reckoned. */
  readonly asOf: string
  /** Public. Fixes everything that is arbitrary but not secret: the search's choices among equals. */
  readonly seed: string
  readonly delimiter?: Delimiter
  /** The column that says whose row it is; null where every row is a patient of its own. */
  readonly patient: string | null
  /** What is not named here is left out. */
  readonly columns: Readonly<Record<string, ColumnPlan>>
  readonly models: readonly Model[]
  readonly suppressionLimit: number
  readonly search: {
    /** `best` runs all three and takes the best by `metric`. */
    readonly method: 'optimal' | 'local' | 'mondrian' | 'best'
    readonly maxNodes?: number
    readonly maxMilliseconds?: number
  }
  readonly metric: 'loss' | 'discernibility' | 'average-class' | 'non-uniform-entropy'
  readonly formats: readonly ('csv' | 'parquet')[]
  /** Expert determination: who determined that the risk is very small, and the day. */
  readonly expert?: { readonly name: string; readonly date: string }
  /** Limited data set: the data use agreement on record. */
  readonly dataUseAgreement?: { readonly recipient: string; readonly purpose: string; readonly ends: string }
}
