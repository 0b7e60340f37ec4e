import { type AuditEntryBase, checkEntry } from '@chartward/audit'
import { withTransaction } from '@chartward/db'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChartwardError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { draftOf, sequenceAll, sequencerOf, until } from '../sequencer/testing/log-kit.ts'
import { auditEntries, refusalOf } from '../testing/entries.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { type Doubt, resolveDoubt } from './doubts.ts'
import { EntriesNotStored } from './require-stored.ts'

let test: TestApp

beforeEach(async () => {
  test = await createTestApp()
})
afterEach(() => test.stop())

/** A trigger on `table` that its owner plants; `body` is what its function does. */
const plant = async (table: string, when: string, body: string): Promise<void> => {
  const { sql } = test.database.open('chartward_owner', 1)
  await sql.unsafe(`create function planted() returns trigger security definer language plpgsql as
    $$ begin ${body} end $$`)
  await sql.unsafe(`create trigger planted ${when} on ${table} for each row execute function planted()`)
}

const stored = async (table = 'audit_entries'): Promise<number> => {
  const { sql } = test.database.open('chartward_owner', 1)
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`
  return row?.n ?? -1
}

const PATIENTS = { patients: [newId(), newId()].sort() }

/** What somebody who holds the database does to what is to be stored. */
const SABOTAGES: readonly (readonly [what: string, table: string, when: string, body: string])[] = [
  ['swallows it', 'audit_entries', 'before insert', 'return null;'],
  [
    'deletes it behind RETURNING',
    'audit_entries',
    'after insert',
    `perform set_config('session_replication_role', 'replica', true);
     delete from audit_entries where id = new.id; return null;`,
  ],
  [
    'changes its bytes',
    'audit_entries',
    'before insert',
    `new.bytes := replace(convert_from(new.bytes, 'UTF8'), '"success"', '"refused"')::bytea; return new;`,
  ],
  ['changes its MAC', 'audit_entries', 'before insert', 'new.mac := sha256(new.mac); return new;'],
  [
    'changes its bytes behind RETURNING',
    'audit_entries',
    'after insert',
    `perform set_config('session_replication_role', 'replica', true);
     update audit_entries set bytes = 'x', leaf_hash = sha256('x') where id = new.id; return null;`,
  ],
  ['swallows its note', 'audit_notes', 'before insert', 'return null;'],
  ['changes its note', 'audit_notes', 'before insert', `new.content := 'x'; return new;`],
  ['swallows its patients', 'audit_entry_patients', 'before insert', 'return null;'],
]

describe('where the database keeps an entry from the log', () => {
  it.each(SABOTAGES)('and %s: neither a read nor a change has happened', async (_, table, when, body) => {
    await plant(table, when, body)
    const draft = draftOf({ note: 'why', facts: PATIENTS })
    const read = test.app.audit.commit(draft)
    await expect(read).rejects.toMatchObject({ code: 'UNAVAILABLE', cause: expect.any(EntriesNotStored) })
    const change = withTransaction(test.app.db, 'all', async (tx) => {
      await tx.sql`insert into patients (id) values (${newId()})`
      await test.app.audit.append(tx, draft)
    })
    expect(await refusalOf(change)).toBe('UNAVAILABLE')
    expect(await stored('patients')).toBe(0)
    expect(await stored()).toBe(0)
  })

  it('by a rule: neither has happened', async () => {
    const { sql } = test.database.open('chartward_owner', 1)
    await sql`create rule planted as on insert to audit_entries do instead nothing`
    await expect(test.app.audit.commit(draftOf())).rejects.toThrow(ChartwardError)
    expect(await stored()).toBe(0)
  })
})

const writers = async (): Promise<AuditEntryBase['writer'][]> =>
  (await auditEntries(test.app)).map(({ writer }) => writer).sort((a, b) => a.number - b.number)

describe('the numbers of the entries', () => {
  it('are one process’s, dense, and under the MAC', async () => {
    await Promise.all(Array.from({ length: 30 }, () => test.app.audit.commit(draftOf())))
    await withTransaction(test.app.db, 'none', (tx) => test.app.audit.append(tx, draftOf()))
    const all = await writers()
    expect(all.map(({ number }) => number)).toEqual(all.map((_, i) => i + 1))
    expect(new Set(all.map(({ process }) => process)).size).toBe(1)
  })

  it('of a transaction that was rolled back are void in the next entry', async () => {
    await test.app.audit.commit(draftOf())
    const undone = withTransaction(test.app.db, 'none', async (tx) => {
      await test.app.audit.append(tx, draftOf())
      await test.app.audit.append(tx, draftOf())
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    await test.app.audit.commit(draftOf())
    expect(await writers()).toMatchObject([
      { number: 1, settled: 0, void: [] },
      { number: 4, settled: 3, void: [[2, 3]] },
    ])
  })

  it('of a transaction that is still open are not claimed by those of a later one', async () => {
    await withTransaction(test.app.db, 'none', async (tx) => {
      await test.app.audit.append(tx, draftOf())
      await test.app.audit.commit(draftOf())
    })
    await test.app.audit.commit(draftOf())
    expect(await writers()).toMatchObject([
      { number: 1 },
      { number: 2, settled: 0 },
      { number: 3, settled: 2 },
    ])
  })

  it('of an entry that is none, or found no database, are void too', async () => {
    await expect(test.app.audit.commit(draftOf({ count: -1 }))).rejects.toThrow('not an audit entry')
    const { sql } = test.database.open('chartward_owner', 1)
    await sql`revoke insert on audit_entries from chartward_app`
    await expect(test.app.audit.commit(draftOf())).rejects.toThrow(ChartwardError)
    await sql`grant insert on audit_entries to chartward_app`
    await test.app.audit.commit(draftOf())
    expect(await writers()).toMatchObject([{ number: 3, settled: 2, void: [[1, 2]] }])
  })

  it('are closed by the process’s last entry', async () => {
    const other = await createTestApp()
    await other.app.audit.commit(draftOf())
    await other.app.audit.close()
    const [row] = await other.app.db.sql<{ bytes: Buffer }[]>`
      select bytes from audit_entries where action = 'audit.writer.closed'`
    const { writer, count } = checkEntry(JSON.parse(row?.bytes.toString('utf8') ?? 'null'))
    expect([writer.number, writer.settled, count]).toEqual([2, 1, 1])
    await other.stop()
  })

  it('of a process that has written nothing need no last entry', async () => {
    await test.app.audit.close()
    expect(await stored()).toBe(0)
  })
})

describe('a doubtful commit', () => {
  /** The transaction's id and an entry of it. */
  const begun = async (
    end: 'commit' | 'rollback' | 'stay',
  ): Promise<{ doubt: Doubt; end: () => Promise<void> }> => {
    const { sql } = test.database.open('chartward_owner', 1)
    const connection = await sql.reserve()
    await connection`begin`
    const [row] = await connection<{ id: string }[]>`select pg_current_xact_id()::text as id`
    if (end !== 'stay') await connection.unsafe(end)
    return {
      doubt: { entryId: newId(), transactionId: row?.id ?? '', settle: () => undefined },
      end: async () => {
        await connection`rollback`
        connection.release()
      },
    }
  }

  it.each([
    ['that failed', 'rollback', 'rolled-back'],
    // A server that was killed gives the ids anew that it had not written down.
    ['whose id another transaction has, which has committed', 'commit', 'rolled-back'],
    ['that is still under way, which nothing is said of', 'stay', null],
  ] as const)('%s', async (_, how, expected) => {
    const { doubt, end } = await begun(how)
    expect(await resolveDoubt(test.app.db, doubt)).toBe(expected)
    await end()
  })

  it('whose entry is there was one, whatever the server knows of its id', async () => {
    const entryId = await test.app.audit.commit(draftOf())
    const doubt = { entryId, transactionId: '3', settle: () => undefined }
    expect(await resolveDoubt(test.app.db, doubt)).toBe('committed')
  })

  it('on a server that never gave out its id failed', async () => {
    const doubt: Doubt = { entryId: newId(), transactionId: '99999999999', settle: () => undefined }
    expect(await resolveDoubt(test.app.db, doubt)).toBe('rolled-back')
  })

  it('is settled before its number is void, or claimed', async () => {
    const { sql } = test.database.open('chartward_owner', 1)
    // Ends the connection while it commits: the trigger is deferred to that moment.
    await sql.unsafe(`create function planted() returns trigger security definer language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end $$`)
    await sql`create constraint trigger planted after insert on audit_notes
      deferrable initially deferred for each row execute function planted()`
    const lost = test.app.audit.commit(draftOf({ note: 'lost' }))
    expect(await refusalOf(lost)).toBe('UNAVAILABLE')
    await until(async () => {
      await test.app.audit.commit(draftOf())
      return (await writers()).some((writer) => writer.void.length > 0)
    })
    const all = await writers()
    expect(all.flatMap((writer) => writer.void)).toEqual([[1, 1]])
    const before = all.slice(0, -1)
    expect(before.every(({ settled }) => settled === 0)).toBe(true)
    expect(all.at(-1)).toMatchObject({ settled: all.length })
    await sequenceAll(sequencerOf(test))
  })
})
