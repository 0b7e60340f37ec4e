import { formatCount } from '../lib/format.ts'
import type { Neighbours } from './table/neighbours.ts'

/** The ways from what a drawer shows to what stands before and after it in its list. */
export interface Steps {
  readonly previous: (() => void) | null
  readonly next: (() => void) | null
  /** Where in the list it stands, in words; null where it is not in it, and then there is no way. */
  readonly place: string | null
}

export const stepsOf = <Row>(
  { previous, next, place }: Neighbours<Row>,
  goTo: (row: Row) => void,
): Steps => ({
  previous: previous === null ? null : () => goTo(previous),
  next: next === null ? null : () => goTo(next),
  place:
    place === null
      ? null
      : `${formatCount(place.at)} of ${formatCount(place.of)}${place.more ? ' loaded' : ''}`,
})
