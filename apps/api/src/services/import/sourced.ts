import type { MappedRecord } from '@chartward/fhir'
import type { Identity } from './identity.ts'
import type { Place } from './problem.ts'

/** A record as it came in, and where it stands: what is reported of it names that place. */
export interface Sourced extends Place {
  readonly record: MappedRecord
}

/** A record with the tokens by which it is known again. */
export interface Identified extends Sourced {
  readonly identity: Identity
}

/**
 * Items in rounds, in each of which a resource stands once: what comes again is another version of it, and
 * is taken after the one before.
 */
export const roundsOf = (items: readonly Identified[]): Identified[][] => {
  const rounds: Identified[][] = []
  const times = new Map<string, number>()
  for (const item of items) {
    const round = times.get(item.identity.key) ?? 0
    times.set(item.identity.key, round + 1)
    const own = rounds[round]
    if (own === undefined) rounds[round] = [item]
    else own.push(item)
  }
  return rounds
}
