import { ACCESS_ACTIONS } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'

/** As long as what somebody said counts, a reason for unusual access is that of what they open (ADR 037). */
const COUNTS_MS = 60 * 60_000

/** An access, as far as it takes to find why it was more than is usual. */
interface Access {
  readonly id: string
  readonly at: string
  readonly action: string
  readonly outcome: string
  readonly actor: { readonly id: string | null }
}

/** The entry in which somebody said why they open more than is usual; its note has the reason. */
export interface Explanation {
  readonly entryId: EntryId
  readonly at: string
}

interface Said {
  readonly id: EntryId
  readonly actorId: string
  readonly at: number
}

const isAccess = ({ action, outcome }: Access): boolean =>
  outcome === 'success' && ACCESS_ACTIONS.some((one) => one === action)

/**
 * For each access before which, within the hour, its person said why they open more than is usual: where that
 * stands. The reason itself is read with the entry, which is an entry of its own.
 */
export const explanationsOf = async (
  sql: Connection['sql'],
  accesses: readonly Access[],
): Promise<ReadonlyMap<string, Explanation>> => {
  const shown = accesses.filter(isAccess)
  const actors = [...new Set(shown.flatMap(({ actor }) => actor.id ?? []))]
  if (actors.length === 0) return new Map()
  const times = shown.map(({ at }) => Date.parse(at))
  const rows = await sql<{ id: EntryId; actorId: string; at: string }[]>`
    select id, actor_id as "actorId", at from audit_entries
    where action = 'access.explained' and outcome = 'success' and actor_id = any(${actors})
      and at > ${new Date(Math.min(...times) - COUNTS_MS).toISOString()}
      and at <= ${new Date(Math.max(...times) + 1).toISOString()}
    order by at desc, id desc`
  const said = rows.map(({ at, ...row }): Said => ({ ...row, at: new Date(at).getTime() }))
  return new Map(
    shown.flatMap(({ id, at, actor }) => {
      const then = Date.parse(at)
      const latest = said.find(
        (one) => one.actorId === actor.id && one.at <= then && one.at > then - COUNTS_MS,
      )
      return latest === undefined
        ? []
        : [[id, { entryId: latest.id, at: new Date(latest.at).toISOString() }] as const]
    }),
  )
}
