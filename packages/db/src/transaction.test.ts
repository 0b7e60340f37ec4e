import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRows } from './copy.ts'
import type { Database } from './database.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
import { type Transaction, type TransactionOutcome, withTransaction } from './transaction.ts'

let db: TestDatabase
let owner: Database

beforeAll(async () => {
  db = await createTestDatabase()
  owner = db.open('chartward_owner', 2)
  await owner.sql`create table written (id uuid not null)`
})
afterAll(() => db.drop())

/** What a listener is told of the transaction in which `work` is run. */
const outcomesOf = async (
  work: (tx: Transaction) => Promise<unknown>,
  pool = owner,
): Promise<TransactionOutcome[]> => {
  const told: TransactionOutcome[] = []
  await withTransaction(pool, 'none', async (tx) => {
    tx.settled((outcome) => told.push(outcome))
    await work(tx)
  }).catch(() => undefined)
  return told
}

describe('whoever asks is told once what became of a transaction', () => {
  it('that was committed, after it has been, also within another', async () => {
    const id = randomUUID()
    const outcomes = await outcomesOf((tx) =>
      withTransaction(tx, 'none', async (inner) => {
        await inner.sql`insert into written values (${id})`
      }),
    )
    expect(outcomes).toEqual(['committed'])
    expect(await owner.sql`select from written where id = ${id}`).toHaveLength(1)
  })

  it.each([
    ['whose work failed', async () => Promise.reject(new Error('undo'))],
    ['whose statement failed', (tx: Transaction) => tx.sql`select 1 / 0`],
    [
      'whose failed statement nobody minded',
      (tx: Transaction) => tx.sql`select 1 / 0`.then(undefined, () => undefined),
    ],
    [
      'whose commit was refused',
      async ({ sql }: Transaction) => {
        await sql`create table once (id int unique deferrable initially deferred)`
        await sql`insert into once values (1), (1)`
      },
    ],
  ])('%s: it was rolled back', async (_, work) => {
    expect(await outcomesOf(work)).toEqual(['rolled-back'])
  })

  it('whose connection was lost while it committed: it is in doubt', async () => {
    await owner.sql`create table left_behind (id uuid not null)`
    await owner.sql`create function leave() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end $$`
    await owner.sql`create constraint trigger leave after insert on left_behind deferrable initially deferred
      for each row execute function leave()`
    // A pool of its own, whose connection is not used again.
    const outcomes = await outcomesOf(
      ({ sql }) => sql`insert into left_behind values (${randomUUID()})`,
      db.open('chartward_owner', 1),
    )
    expect(outcomes).toEqual(['doubtful'])
  })

  it('that has ended already: at once', async () => {
    const held: Transaction[] = []
    await withTransaction(owner, 'none', async (tx) => {
      held.push(tx)
    })
    const told: TransactionOutcome[] = []
    for (const tx of held) tx.settled((outcome) => told.push(outcome))
    expect(told).toEqual(['committed'])
  })
})

describe('many rows at once', () => {
  it('of which something in the database swallows one are an error, and none of them is stored', async () => {
    await owner.sql`create table swallowed (id uuid not null)`
    await owner.sql`create function swallow() returns trigger language plpgsql as 'begin return null; end'`
    await owner.sql`create trigger swallow before insert on swallowed for each row execute function swallow()`
    const write = withTransaction(owner, 'none', (tx) =>
      insertRows(tx, 'swallowed', { id: 'uuid' }, [[randomUUID()], [randomUUID()]]),
    )
    await expect(write).rejects.toThrow('other rows than it was given')
  })
})
