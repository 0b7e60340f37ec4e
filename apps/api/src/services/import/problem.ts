/** Where in what was imported something stands. */
export interface Place {
  /** The file's name, without its folder; empty for a stream that has none. */
  readonly file: string
  /** From 1; 0 for a file as a whole. */
  readonly line: number
  /** Which entry of the Bundle on that line, from 1, and with dots that of a Bundle inside it. */
  readonly entry: string | null
}

/** What a line or a resource is refused for, or is left out for. */
export interface ImportProblem extends Place {
  /** A resource type of FHIR's own list, where it is known. */
  readonly type: string | null
  /**
   * The id by which the source knows the resource, or the vault's of a patient whom no place in the files
   * stands for: it may identify a person, so it is for the operator alone.
   */
  readonly id: string | null
  /** `skipped`: nothing is lost by it, and nobody has to do anything. */
  readonly kind: 'rejected' | 'skipped'
  readonly code: string
  /** What is wrong and what to do; never a value of the resource. */
  readonly message: string
}
