import type { Need, NeedRoom, NeedsYouOutput } from '@chartward/contract'
import { FEEDS } from './feeds.ts'
import { isFor, type NeedsContext } from './room.ts'

/** As many as a person reads; the counts know of all. */
const SHOWN = 50

/**
 * What needs the reader, from each feed whose permissions they hold, and how many in each room. Somebody who
 * is shut out comes first, then what ends soonest, then what has waited longest.
 */
export const listNeeds = async ({ ctx }: { readonly ctx: NeedsContext }): Promise<NeedsYouOutput> => {
  const found = await Promise.all(FEEDS.filter((feed) => isFor(ctx, feed)).map((feed) => feed.needs(ctx)))
  const all = found.flat().toSorted(byPressure)
  const counts: Partial<Record<NeedRoom, number>> = {}
  for (const { room } of all) counts[room] = (counts[room] ?? 0) + 1
  return { items: all.slice(0, SHOWN), counts }
}

const byPressure = (a: Need, b: Need): number =>
  Number(b.kind === 'lockdown') - Number(a.kind === 'lockdown') ||
  endOf(a) - endOf(b) ||
  Date.parse(a.since) - Date.parse(b.since)

const NEVER = Number.MAX_SAFE_INTEGER
const endOf = ({ due }: Need): number => (due === null ? NEVER : Date.parse(due))
