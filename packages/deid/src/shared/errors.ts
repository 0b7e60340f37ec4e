/** Closed list of what can go wrong in this package. Messages never hold a value of a record. */
export type DeidErrorCode =
  | 'bad-as-of'
  | 'bad-random-id'
  | 'bad-crosswalk'
  | 'wrong-resource-type'
  | 'bad-manifest'
  | 'bad-file-name'
  | 'file-too-large'
  | 'too-many-files'
  | 'bad-csv'
  | 'empty-table'
  | 'unknown-column'
  | 'bad-hierarchy'
  | 'bad-plan'
  | 'bad-value'
  | 'bad-key'
  | 'bad-model'
  | 'contradictory-models'
  | 'no-solution'
  | 'cancelled'
  | 'bad-release'
  | 'not-eligible'

export class DeidError extends Error {
  readonly code: DeidErrorCode

  constructor(code: DeidErrorCode, message: string) {
    super(message)
    this.name = 'DeidError'
    this.code = code
  }
}
