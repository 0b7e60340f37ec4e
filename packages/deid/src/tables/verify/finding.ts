/** What a verifier can find wrong with a release: a closed list. */
export type FindingCode =
  /** The folder or a file of it could not be read. */
  | 'unreadable'
  | 'missing-file'
  | 'extra-file'
  | 'wrong-size'
  | 'wrong-hash'
  | 'file-too-large'
  | 'bad-manifest'
  /** The plan is not the one that its hash, or the caller, names. */
  | 'plan-hash'
  /** The manifest says of itself what its plan does not. */
  | 'plan-mismatch'
  /** The plan does to a column what the claimed profile does not allow. */
  | 'profile-rule'
  | 'bad-csv'
  | 'bad-parquet'
  | 'formats-differ'
  | 'wrong-columns'
  | 'unplanned-column'
  | 'redacted-column'
  | 'wrong-count'
  | 'too-much-suppressed'
  | 'wrong-coverage'
  | 'wrong-distribution'
  | 'model-broken'
  | 'model-claim'
  /** A model that the released data alone cannot show to hold. */
  | 'model-unverifiable'
  | 'wrong-risk'
  | 'wrong-utility'
  | 'wrong-proof'
  | 'exact-date'
  | 'age-over-89'
  | 'small-area'
  | 'zip3-table'
  | 'email'
  | 'phone'
  | 'ssn'
  | 'url'
  | 'ip-address'
  | 'formula-cell'
  | 'canary'
  | 'bad-canary'
  | 'bad-companion'
  | 'unreleased-named'
  | 'active-report'

export interface Place {
  readonly file?: string
  readonly column?: string
  /** Counted from 1, the header not counted. */
  readonly row?: number
  /** The equivalence class, counted from 1 in the order in which the file first shows them. */
  readonly class?: number
}

/** One fault. `what` holds figures and names of columns, never the value of a cell. */
export interface TableFinding {
  readonly code: FindingCode
  readonly where: Place
  readonly what: string
}

/**
 * Of one kind of fault in one place this many are listed: a million bad cells are one fault, not a million
 * lines.
 */
const LISTED = 10

export interface Findings {
  readonly list: readonly TableFinding[]
  /** All faults, also those that are not listed. */
  readonly total: number
  add(code: FindingCode, where: Place, what: string): void
}

export const collectFindings = (): Findings => {
  const list: TableFinding[] = []
  const counts = new Map<string, number>()
  let total = 0
  return {
    list,
    get total() {
      return total
    },
    add: (code, where, what) => {
      total++
      const key = JSON.stringify([code, where.file, where.column])
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count <= LISTED) list.push({ code, where, what })
    },
  }
}
