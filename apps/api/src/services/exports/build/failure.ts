/**
 * Why a build gave no release; all that is kept and shown of it.
 * - `identifier-found`: the check of the finished files found an identifier of the source;
 * - `not-verified`: a finished file was not what was written, or nothing of it could be checked;
 * - `records-untrusted`: a stored record failed its integrity check, so nothing can be said of what it
 *   would release;
 * - `too-large`: a file over the 4 GiB of a ZIP;
 * - `no-space`: the database is nearly full;
 * - `cancelled`: somebody who may asked for the build's end;
 * - `gave-up`: every attempt was cut off or met an error that is in the process's log.
 */
export type BuildFailure =
  | 'identifier-found'
  | 'not-verified'
  | 'records-untrusted'
  | 'too-large'
  | 'no-space'
  | 'cancelled'
  | 'gave-up'

/**
 * Ends a build for good: another attempt would come to the same. `facts` are counts by kind, never a value.
 */
export class BuildRefused extends Error {
  readonly failure: BuildFailure
  readonly facts: Readonly<Record<string, number>>

  constructor(failure: BuildFailure, facts: Readonly<Record<string, number>> = {}) {
    super(`the build was refused: ${failure}`)
    this.name = 'BuildRefused'
    this.failure = failure
    this.facts = facts
  }
}
