/** One level of a hierarchy: a partition of the domain. */
export interface Level {
  /** The label of each group. */
  readonly labels: readonly string[]
  /** For each value of the domain, the group that holds it: an index into `labels`. */
  readonly groups: Int32Array
  /** How many values of the domain each group covers. */
  readonly sizes: Int32Array
}

/**
 * A generalisation hierarchy: values, and for each level a coarser partition of them. Level 0 is the values
 * themselves (group i is value i), every further level joins whole groups of the one before, and the top may
 * be one group for all.
 */
export interface Hierarchy {
  /**
   * Every value that a cell may hold, each once: more than a table holds, where the hierarchy was made for
   * more.
   */
  readonly domain: readonly string[]
  readonly levels: readonly Level[]
  /**
   * The domain's order for ranges and ordered distances: for each value its rank, 0 up. Numeric, by date, or
   * as the hierarchy lists it.
   */
  readonly ranks: Int32Array
}

/** A quasi-identifier of a table, bound to its hierarchy. */
export interface Attribute {
  readonly name: string
  readonly hierarchy: Hierarchy
  /** For each row, the index of its value in the hierarchy's domain. */
  readonly codes: Int32Array
  /** How much a loss in this attribute counts beside the others. 1 unless the plan says otherwise. */
  readonly weight: number
}

/**
 * What one group (or a range) covers of its domain, from 0 (one value) to 1 (all): (covered - 1) / (domain -
 * 1); 0 in a domain of one.
 */
export const lossOf = (covered: number, domain: number): number =>
  domain <= 1 ? 0 : (covered - 1) / (domain - 1)
