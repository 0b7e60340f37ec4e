import { byteaArray, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { addTo, NO_HEADS, type RowHead, takeFrom } from '../vouch/head-seals.ts'
import type { SequencerContext } from './context.ts'
import { FollowerFault } from './follow/fault.ts'
import type { SeenEntry, SequencerFollower } from './follow/follower.ts'

/** What the log says of a session is kept for an hour longer than one can last. */
const SESSION_KEPT = '9 hours'

type Seals = SequencerContext['heads']

interface Stored {
  readonly kind: string
  readonly id: string
  readonly owner: UserId | null
  readonly version: number
  readonly hash: Buffer
  readonly log_index: string
  readonly mac: Buffer
}

/** What these entries last say of each row that they commit to. */
const lastSaid = (entries: readonly SeenEntry[]): Map<string, RowHead> => {
  const heads = new Map<string, RowHead>()
  for (const { index, entry } of entries) {
    for (const row of entry.rows) heads.set(`${row.kind}/${row.id}`, { ...row, logIndex: index })
  }
  return heads
}

/** How far was followed, and the sum as it stands. Throws where it is not this follower's own. */
const takeState = async ({ sql }: Transaction, seals: Seals, from: number): Promise<Buffer> => {
  const [state] = await sql<{ next_index: string; sum: Buffer; mac: Buffer }[]>`
    select next_index, sum, mac from row_heads_state where id = 1 for update`
  if (state === undefined && from === 0) return NO_HEADS
  const holds =
    state !== undefined && Number(state.next_index) === from && seals.stateHolds(from, state.sum, state.mac)
  if (!holds) throw new FollowerFault('row-heads-changed', from)
  return state.sum
}

/** Takes heads away, and what they were out of the sum. Throws where one is not this follower's own. */
const without = (sum: Buffer, gone: readonly Stored[], seals: Seals, from: number): Buffer => {
  for (const { log_index, hash, mac, ...rest } of gone) {
    const head = { ...rest, hash: hash.toString('hex'), logIndex: Number(log_index) }
    if (!seals.holds(head, mac)) throw new FollowerFault('row-heads-changed', from)
    if (rest.owner !== null) sum = takeFrom(sum, mac)
  }
  return sum
}

/**
 * Keeps what the log last says of each row that is vouched for, so that a process can tell one that was put
 * back to an earlier state.
 */
export const rowHeads: SequencerFollower = {
  kind: 'follower',
  name: 'row-heads',
  login: 'sequencer',
  cursor: { batch: 1000 },
  see: async (tx, entries, { heads: seals }) => {
    const { sql } = tx
    const from = entries[0]?.index ?? 0
    const next = from + entries.length
    let sum = await takeState(tx, seals, from)
    const said = [...lastSaid(entries).values()]
    const kinds = said.map(({ kind }) => kind)
    const ids = said.map(({ id }) => id)
    sum = without(
      sum,
      await sql<Stored[]>`
        delete from row_heads where (kind, id) in (select * from unnest(${kinds}::text[], ${ids}::uuid[]))
          or (kind = 'session' and id < uuid_v7_floor(now() - ${SESSION_KEPT}::interval))
        returning kind, id, owner, version, hash, log_index, mac`,
      seals,
      from,
    )
    const macs = said.map((head) => seals.head(head))
    await sql`
      insert into row_heads (kind, id, owner, version, hash, log_index, mac)
      select * from unnest(${kinds}::text[], ${ids}::uuid[], ${said.map(({ owner }) => owner)}::uuid[],
        ${said.map(({ version }) => version)}::integer[],
        ${byteaArray(
          sql,
          said.map(({ hash }) => Buffer.from(hash, 'hex')),
        )},
        ${said.map(({ logIndex }) => logIndex)}::bigint[], ${byteaArray(sql, macs)})`
    for (const [i, { owner }] of said.entries()) {
      const mac = macs[i]
      if (owner !== null && mac !== undefined) sum = addTo(sum, mac)
    }
    await sql`
      insert into row_heads_state (next_index, sum, mac) values (${next}, ${sum}, ${seals.state(next, sum)})
      on conflict (id) do update set next_index = excluded.next_index, sum = excluded.sum, mac = excluded.mac`
  },
}
