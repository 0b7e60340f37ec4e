/** What an integrity check can find. A code is added here and nowhere else. */
export type IntegrityCode =
  /** The entry of a leaf is gone. */
  | 'entry-missing'
  /** The bytes of an entry are not those that went into the log. */
  | 'entry-changed'
  /** A searchable column is not what the bytes say. */
  | 'column-changed'
  /** The leaf hash beside an entry is not that of its bytes, which are sound. */
  | 'leaf-hash-changed'
  /** The bytes are those of the log, but are no entry. */
  | 'entry-malformed'
  /** The application did not write this entry. */
  | 'bad-mac'
  /** An entry that is neither in the log nor waiting to be: put in behind the application. */
  | 'entry-unsequenced'
  | 'quarantined'
  /** A leaf's row is not that of the sound entry that it names. */
  | 'leaf-changed'
  | 'leaf-missing'
  | 'leaf-duplicated'
  | 'leaf-surplus'
  | 'node-changed'
  | 'node-missing'
  | 'node-surplus'
  /** The log ends before its head or its signed checkpoint says. */
  | 'truncated'
  | 'head-missing'
  | 'head-mismatch'
  | 'checkpoint-missing'
  | 'checkpoint-invalid'
  /** The leaves do not hash to the root that was signed. */
  | 'checkpoint-mismatch'
  /** The record versions of a write are not those that its entry committed to. */
  | 'records-mismatch'
  /** Record versions that no entry committed to. */
  | 'records-unlogged'
  /** A record's current version is not its last one, or the record's row is gone. */
  | 'record-mismatch'

export interface IntegrityProblem {
  /** The leaf it is about, where it is about one. */
  readonly index: number | null
  readonly entryId: string | null
  readonly code: IntegrityCode
  /** A sentence with names, numbers and opaque ids, never a value of an entry. */
  readonly detail: string
}

/** What is kept; the rest is counted, so that memory does not grow with the damage. */
const MAX_PROBLEMS = 1_000

/** The problems found so far. */
export class Findings {
  readonly problems: IntegrityProblem[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  add(
    code: IntegrityCode,
    detail: string,
    { index = null, entryId = null }: { index?: number | null; entryId?: string | null } = {},
  ): void {
    this.#count++
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ index, entryId, code, detail })
  }
}
