import type { KeyStatement } from './statement.ts'

/**
 * Leaves behind the enrolment of a bundle key at which the key before it is still good, for bundles that were
 * begun before: key and entry of a bundle are milliseconds apart. By places and not by times, which whoever
 * appends entries chooses.
 */
export const BUNDLE_KEY_GRACE = 1_000

/** The bundle key that the log enrolled last, and the leaf at which it did. */
export interface EnrolledBundleKey {
  readonly statement: KeyStatement
  readonly index: number
}

/**
 * Whether an entry `bundle.signed` at leaf `at` may name `key`: that of the last enrolment before it, or for
 * 1,000 leaves the one which handed over to that. One that was lost hands over to none and is good no longer.
 */
export const signsBundlesAt = (last: EnrolledBundleKey | null, key: unknown, at: number): boolean => {
  if (last === null) return false
  const { statement, index } = last
  return key === statement.key || (key === statement.previous && at - index <= BUNDLE_KEY_GRACE)
}
