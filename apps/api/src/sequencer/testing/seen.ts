import type { EntryId } from '@chartward/policy'
import type { TestApp } from '../../testing/test-app.ts'
import type { Follower } from '../follow/follower.ts'

/** Makes the table in which the follower of `seeing` writes down what it sees, in the order of seeing. */
export const makeSeen = async ({ database }: TestApp): Promise<void> => {
  const { sql } = database.open('chartward_owner', 1)
  await sql`create table seen (n bigserial primary key, index bigint not null, entry_id uuid not null)`
  for (const login of ['chartward_app', 'chartward_sequencer']) {
    await sql`grant select, insert on seen to ${sql(login)}`
    await sql`grant usage on sequence seen_n_seq to ${sql(login)}`
  }
}

/**
 * Writes down each entry by a statement of its own; `slowly`, so that nearly whenever it is killed it is in
 * the midst of a batch.
 */
export const seeing = ({
  slowly = false,
  batch = 20,
}: {
  readonly slowly?: boolean
  readonly batch?: number
} = {}): Follower<'sequencer', null> => ({
  kind: 'follower',
  name: 'test',
  login: 'sequencer',
  cursor: { batch },
  see: async ({ sql }, entries) => {
    for (const { index, entry } of entries) {
      await sql`insert into seen (index, entry_id) values (${index}, ${entry.id})`
      if (slowly) await sql`select pg_sleep(0.003)`
    }
  },
})

export interface Seen {
  readonly index: number
  readonly id: string
}

/** What has been seen, in the order of seeing. */
export const seenSoFar = async ({ app }: TestApp): Promise<Seen[]> => {
  const rows = await app.db.sql<{ index: string; entry_id: EntryId }[]>`
    select index, entry_id from seen order by n`
  return rows.map(({ index, entry_id }) => ({ index: Number(index), id: entry_id }))
}

export const seenCount = async ({ app }: TestApp): Promise<number> => {
  const [row] = await app.db.sql<{ count: number }[]>`select count(*)::int as count from seen`
  return row?.count ?? 0
}

/** The log's entry ids, by index. */
export const loggedIds = async ({ app }: TestApp): Promise<string[]> => {
  const rows = await app.db.sql<{ entry_id: EntryId }[]>`select entry_id from audit_leaves order by index`
  return rows.map(({ entry_id }) => entry_id)
}
