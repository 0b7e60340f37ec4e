/** For one sensitive attribute, the values in each class: class c has entries starts[c] to starts[c + 1]. */
export interface Histogram {
  readonly starts: Int32Array
  /** Codes of the sensitive attribute, ascending within a class. */
  readonly values: Int32Array
  /** Distinct patients of the class with that value. */
  readonly patients: Int32Array
}

/** The equivalence classes of a table in one state of generalisation. */
export interface Classes {
  readonly count: number
  /** Rows of each class. */
  readonly rows: Int32Array
  /** Distinct patients of each class; the same array as `rows` where every row is a patient of its own. */
  readonly patients: Int32Array
  /** One for each sensitive attribute that a model names, in the order of `Problem.sensitive`. */
  readonly histograms: readonly Histogram[]
}
