/** What a follower may find wrong with the log that it reads. */
export type FollowerFaultCode =
  | 'head-missing'
  | 'cursor-ahead'
  | 'leaf-missing'
  | 'entry-missing'
  | 'bad-mac'
  | 'leaf-mismatch'
  | 'malformed-entry'

/**
 * The entry at `index` is not what was sequenced. The follower stands before it until a person has mended the
 * log.
 */
export class FollowerFault extends Error {
  override readonly name = 'FollowerFault'
  readonly code: FollowerFaultCode
  readonly index: number

  constructor(code: FollowerFaultCode, index: number) {
    super(`${code} at ${index}`)
    this.code = code
    this.index = index
  }
}
