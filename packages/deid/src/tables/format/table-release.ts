import type { Model } from './model.ts'
import type { Content, Plan, Profile, Role, Transform } from './plan.ts'

/*
 * What the folder of a released table holds: `data.csv` and/or `data.parquet`, `dictionary.json`,
 * `report.json`, `report.html` and `manifest.json`. The manifest names the SHA-256 of all others and every
 * claim that a verifier recomputes from the data.
 */

/**
 * Distinct patients, where the release has a column of patients; rows where every row is a patient of its
 * own.
 */
export interface Risks {
  /** The most: 1 / smallest class. */
  readonly prosecutor: number
  /**
   * The mean over patients of 1 / class size, = classes / patients: the average prosecutor's and the
   * marketer's.
   */
  readonly marketer: number
  /** The share of patients in classes with a risk above 0.05, 0.1, 0.2, 0.33 (key: the threshold). */
  readonly atRisk: Readonly<Record<string, number>>
  /** The share of patients that are alone in their class. */
  readonly unique: number
  readonly smallestClass: number
  readonly averageClass: number
  readonly classes: number
}

export interface Utility {
  /**
   * Weighted mean over the cells of all source rows of (covered - 1) / (domain - 1); suppressed rows count 1.
   */
  readonly loss: number
  /** The same for each quasi-identifier. */
  readonly lossByColumn: Readonly<Record<string, number>>
  /** Sum over classes of rows squared, and source rows for each suppressed one (Bayardo and Agrawal 2005). */
  readonly discernibility: number
  /** Released rows / classes / smallest k of the models (LeFevre 2006); null where no model gives a k. */
  readonly averageClass: number | null
}

export interface ReleasedColumn {
  readonly name: string
  readonly role: Role | 'patient'
  readonly category: string
  readonly content: Content
  /** The last is what the values in the files are. */
  readonly transform: Transform
  /**
   * Quasi-identifiers: the size of the hierarchy's domain and, for each label that stands in the data, how
   * many values it covers.
   */
  readonly coverage: { readonly domain: number; readonly labels: Readonly<Record<string, number>> } | null
  readonly weight: number
}

export interface ModelClaim {
  readonly model: Model
  /** What was reached: smallest class, smallest l, greatest t, the risk. In the model's own unit. */
  readonly reached: number
}

/**
 * For t-closeness: the source's distribution of a sensitive attribute, what the classes' distance is measured
 * from.
 */
export interface Distribution {
  readonly attribute: string
  readonly values: readonly string[]
  /** Distinct patients of the source with each value. */
  readonly patients: readonly number[]
  /** Ordered distance: the rank of each value. */
  readonly ranks: readonly number[] | null
  /** Hierarchical distance: for each level from the finest, the group of each value. */
  readonly groups: readonly (readonly number[])[] | null
}

export interface TableManifest {
  readonly format: 'chartward-deid-release/1'
  readonly engine: string
  readonly plan: Plan
  /** SHA-256 of the canonical JSON (RFC 8785) of `plan`. */
  readonly planSha256: string
  readonly profile: Profile
  readonly source: { readonly rows: number; readonly patients: number; readonly columns: number }
  readonly released: { readonly rows: number; readonly patients: number; readonly suppressedRows: number }
  /** The released column that numbers the patients ("patient"), null where every row is one. */
  readonly patientColumn: string | null
  readonly columns: readonly ReleasedColumn[]
  readonly models: readonly ModelClaim[]
  readonly distributions: readonly Distribution[]
  readonly method: 'optimal' | 'local' | 'mondrian'
  readonly proof:
    | { readonly kind: 'optimal' | 'heuristic' }
    | { readonly kind: 'best-found'; readonly gap: number }
  readonly risksBefore: Risks
  readonly risksAfter: Risks
  readonly utility: Utility
  readonly zip3Table: { readonly source: string; readonly sha256: string }
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}
