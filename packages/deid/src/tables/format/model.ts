/**
 * A privacy model with its parameters. All count distinct PATIENTS, never rows. Those of a class must hold in
 * every released class of records that share their released quasi-identifiers; those of the table hold for
 * the release as a whole.
 */
export type ClassModel =
  /** Every class has at least k patients (Sweeney 2002). k is a whole number of 2 or more. */
  | { readonly kind: 'k-anonymity'; readonly k: number }
  /** At least l distinct values (Machanavajjhala 2007, 3). */
  | { readonly kind: 'distinct-l-diversity'; readonly attribute: string; readonly l: number }
  /** exp(entropy of the values) >= l; l may be a fraction. */
  | { readonly kind: 'entropy-l-diversity'; readonly attribute: string; readonly l: number }
  /** With counts r1 >= r2 >= …: r1 < c * (r_l + r_(l+1) + …). */
  | {
      readonly kind: 'recursive-l-diversity'
      readonly attribute: string
      readonly c: number
      readonly l: number
    }
  /**
   * The distance of the class's distribution from the table's is at most t (Li 2007): equal, ordered or
   * hierarchical ground distance.
   */
  | {
      readonly kind: 't-closeness'
      readonly attribute: string
      readonly t: number
      readonly distance: 'equal' | 'ordered' | 'hierarchical'
    }
  /**
   * Each value of the attribute that occurs in a class occurs for at least `minimum` patients of it (11 by
   * CMS's cell size policy).
   */
  | { readonly kind: 'small-cells'; readonly attribute: string; readonly minimum: number }

export type TableModel =
  /** 1 / the smallest class is at most `threshold`. */
  | { readonly kind: 'prosecutor-risk'; readonly threshold: number }
  /** The share of records in classes with a risk above `threshold` is at most `share`. */
  | { readonly kind: 'records-at-risk'; readonly threshold: number; readonly share: number }
  /** The average risk, classes / patients, is at most `threshold`: also the marketer's risk. */
  | { readonly kind: 'marketer-risk'; readonly threshold: number }
  /**
   * 1 / the smallest class in the population (of `population` patients, estimated) is at most `threshold`.
   */
  | { readonly kind: 'journalist-risk'; readonly threshold: number; readonly population: number }
  /**
   * The estimated share of patients who are unique in a population of `population` is at most `threshold`.
   */
  | {
      readonly kind: 'population-uniqueness'
      readonly threshold: number
      readonly population: number
      readonly estimator: 'zayatz' | 'pitman' | 'dankar'
    }

export type Model = ClassModel | TableModel
