import type { Action } from '@chartward/audit'
import type { Database } from '@chartward/db'
import type { TestDatabase } from '@chartward/db/testing'

/** Resolves once a statement of another connection waits for a lock on the log. */
const someoneWaits = async (database: TestDatabase): Promise<void> => {
  const { sql } = database.open('chartward_owner', 1)
  for (;;) {
    const [row] = await sql<{ waits: boolean }[]>`
      select exists (select from pg_locks l join pg_class c on c.oid = l.relation
        where not l.granted and c.relname like 'audit_entries%') as waits`
    if (row?.waits === true) return
  }
}

/** Lets everything run that needs no answer of the database. */
const turns = async (count = 20): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate)
}

/**
 * Begins `work` while another connection holds the log so that nothing can be appended, and tells whether it
 * had come to an end before the log was let go, once its entry was seen to wait. Rejects where nothing of it
 * ever waits for the log: vitest's limit on time is what ends that.
 */
export const whileLogIsHeld = async <T>(
  database: TestDatabase,
  work: () => Promise<T>,
): Promise<{ readonly early: boolean; readonly outcome: PromiseSettledResult<T> }> => {
  const holder = await database.open('chartward_owner', 1).sql.reserve()
  await holder`begin`
  await holder`lock table audit_entries in share mode`
  let early = false
  let running: Promise<PromiseSettledResult<T>[]>
  try {
    let settled = false
    running = Promise.allSettled([work()]).then((outcomes) => {
      settled = true
      return outcomes
    })
    await someoneWaits(database)
    await turns()
    early = settled
  } finally {
    await holder`rollback`
    holder.release()
  }
  const [outcome] = await running
  if (outcome === undefined) throw new Error('there was nothing to wait for')
  return { early, outcome }
}

/** Runs `work` while the application may append nothing to the log. */
export const whileLogRefuses = async <T>(database: TestDatabase, work: () => Promise<T>): Promise<T> => {
  const { sql } = database.open('chartward_owner', 1)
  await sql`revoke insert on audit_entries from chartward_app`
  try {
    return await work()
  } finally {
    await sql`grant insert on audit_entries to chartward_app`
  }
}

/** Any number that nothing else of this database locks. */
const HOLD = 4_380_900

/**
 * From now on an entry of `action`, and no other, waits until it is let go: what comes before it in its
 * transaction has been done.
 */
export const holdEntriesOf = async (
  owner: Database,
  action: Action,
): Promise<{ readonly waiting: () => Promise<number>; readonly letGo: () => Promise<void> }> => {
  await owner.sql.unsafe(`
    create function hold_entry() returns trigger language plpgsql as $$
    begin
      if new.action = '${action}' then perform pg_advisory_xact_lock(${HOLD}); end if;
      return new;
    end $$;
    create trigger hold_entry before insert on audit_entries for each row execute function hold_entry()`)
  const holder = await owner.sql.reserve()
  await holder`select pg_advisory_lock(${HOLD})`
  return {
    waiting: async () => {
      const [row] = await owner.sql<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_locks
        where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`
      return row?.waiting ?? 0
    },
    letGo: async () => {
      await holder`select pg_advisory_unlock(${HOLD})`
      holder.release()
      await owner.sql`drop trigger hold_entry on audit_entries`
      await owner.sql`drop function hold_entry`
    },
  }
}
