import type { Model } from './format/model.ts'
import type { Attribute } from './hierarchy/hierarchy.ts'

/** A sensitive attribute: what an attacker must not learn. */
export interface Sensitive {
  readonly name: string
  /** Its distinct values. */
  readonly values: readonly string[]
  /** For each row, the index of its value. */
  readonly codes: Int32Array
  /** For ordered distance: the rank of each value. Null where the values have no order. */
  readonly ranks: Int32Array | null
  /**
   * For hierarchical distance: for each level from the finest (0) to the top, the group of each value. Null
   * where there is no hierarchy.
   */
  readonly groups: readonly Int32Array[] | null
}

/** What a search is to solve. */
export interface Problem {
  readonly rows: number
  readonly attributes: readonly Attribute[]
  readonly sensitive: readonly Sensitive[]
  /** For each row the number of its patient, 0 up; null where every row is a patient of its own. */
  readonly patients: Int32Array | null
  readonly models: readonly Model[]
  /** The greatest share of rows that may be suppressed, 0 to 1. */
  readonly suppressionLimit: number
}

/**
 * What became of one attribute in one class: a group of a level, or a range of ranks (both ends included).
 */
export type Recoded =
  | { readonly kind: 'level'; readonly level: number; readonly group: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }

/** How good a solution is known to be. A gap is the greatest loss by which a better one could beat it. */
export type Proof =
  | { readonly kind: 'optimal' }
  | { readonly kind: 'best-found'; readonly gap: number }
  | { readonly kind: 'heuristic' }

export type Method = 'optimal' | 'local' | 'mondrian'

export interface Solution {
  readonly method: Method
  /** For each row its class, or -1 where it is suppressed. */
  readonly classOf: Int32Array
  /** For each class, what each attribute became, in the order of the problem's attributes. */
  readonly recoded: readonly (readonly Recoded[])[]
  /** Full-domain only: the level of each attribute. */
  readonly levels: readonly number[] | null
  readonly proof: Proof
  /** Weighted mean over cells of (covered - 1) / (domain - 1); a suppressed row counts 1. */
  readonly loss: number
  readonly suppressedRows: number
  /** Lattice nodes, or cuts, that were looked at. */
  readonly checked: number
}

export interface Progress {
  readonly method: Method
  /** 0 to 1, never falling. */
  readonly done: number
  /** The loss of the best solution found so far, or null. */
  readonly best: number | null
}
