import { byteaArray, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { addTo, NO_HEADS, type RowHead, takeFrom } from '../vouch/head-seals.ts'
import { SESSION_KEPT_MS } from '../vouch/heads.ts'
import type { SequencerContext } from './context.ts'
import type { SeenEntry, SequencerFollower } from './follow/follower.ts'
import { readEntries } from './follow/read-entries.ts'

/** Heads, or entries, that are read at a time. */
const PAGE = 1_000

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

/** What is kept of rows is not what this follower has left there. */
class HeadsChanged extends Error {
  override readonly name = 'HeadsChanged'
}

/**
 * The sum as it was left. Throws HeadsChanged where the state is not this follower's own, or of another time.
 */
const takeState = async ({ sql }: Transaction, seals: Seals, from: number): Promise<Buffer> => {
  const [state] = await sql<{ next_index: string; sum: Buffer; mac: Buffer }[]>`
    select next_index, sum, mac from row_heads_state where id = 1 for update`
  if (state === undefined && from === 0) return NO_HEADS
  const holds =
    state !== undefined && Number(state.next_index) === from && seals.stateHolds(from, state.sum, state.mac)
  if (!holds) throw new HeadsChanged()
  return state.sum
}

/** Throws HeadsChanged unless the heads of accounts are, all together, those that the sum is of. */
const requireWhole = async ({ sql }: Transaction, sum: Buffer): Promise<void> => {
  let found: Buffer = NO_HEADS
  const all = sql<{ mac: Buffer }[]>`select mac from row_heads where owner is not null`
  for await (const rows of all.cursor(PAGE)) for (const { mac } of rows) found = addTo(found, mac)
  if (!found.equals(sum)) throw new HeadsChanged()
}

/** Takes heads out of the sum. Throws HeadsChanged where one is not this follower's own. */
const without = (sum: Buffer, gone: readonly Stored[], seals: Seals): Buffer => {
  let left = sum
  for (const { log_index, hash, mac, ...rest } of gone) {
    const head = { ...rest, hash: hash.toString('hex'), logIndex: Number(log_index) }
    if (!seals.holds(head, mac)) throw new HeadsChanged()
    if (rest.owner !== null) left = takeFrom(left, mac)
  }
  return left
}

/** Keeps what these entries say, in place of what was said before of the same rows; gives the sum then. */
const keep = async (
  { sql }: Transaction,
  seals: Seals,
  before: Buffer,
  entries: readonly SeenEntry[],
): Promise<Buffer> => {
  const said = [...lastSaid(entries).values()]
  const kinds = said.map(({ kind }) => kind)
  const ids = said.map(({ id }) => id)
  const gone = await sql<Stored[]>`
    delete from row_heads where (kind, id) in (select * from unnest(${kinds}::text[], ${ids}::uuid[]))
      or (kind = 'session' and id < uuid_v7_floor(now() - ${SESSION_KEPT_MS} * interval '1 millisecond'))
    returning kind, id, owner, version, hash, log_index, mac`
  let sum = without(before, gone, seals)
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
  return sum
}

/** Keeps what the log says from its first entry up to, and without, `to`: after what was kept was changed. */
const keepAnew = async (tx: Transaction, { heads, isOwn }: SequencerContext, to: number): Promise<Buffer> => {
  await tx.sql`delete from row_heads`
  let sum: Buffer = NO_HEADS
  for (let from = 0; from < to; from += PAGE) {
    sum = await keep(tx, heads, sum, await readEntries(tx.sql, isOwn, from, Math.min(from + PAGE, to)))
  }
  return sum
}

/** Those that have looked once, since they run, at all that is kept. */
const looked = new WeakSet<SequencerContext>()

/**
 * Keeps what the log last says of each row that is vouched for, so that a process can tell one that was put
 * back to an earlier state. What somebody else has changed of it is said in the process's log, and kept anew
 * from the log's first entry on.
 */
export const rowHeads: SequencerFollower = {
  kind: 'follower',
  name: 'row-heads',
  login: 'sequencer',
  cursor: { batch: 1000 },
  see: async (tx, entries, context) => {
    const { heads: seals, log } = context
    const from = entries[0]?.index ?? 0
    const next = from + entries.length
    let sum: Buffer
    try {
      const before = await takeState(tx, seals, from)
      if (!looked.has(context)) await requireWhole(tx, before)
      sum = await keep(tx, seals, before, entries)
    } catch (error) {
      if (!(error instanceof HeadsChanged)) throw error
      log.error('what is kept of rows was changed behind the sequencer: it is made anew from the log')
      sum = await keep(tx, seals, await keepAnew(tx, context, from), entries)
    }
    looked.add(context)
    await tx.sql`
      insert into row_heads_state (next_index, sum, mac) values (${next}, ${sum}, ${seals.state(next, sum)})
      on conflict (id) do update set next_index = excluded.next_index, sum = excluded.sum, mac = excluded.mac`
  },
}
