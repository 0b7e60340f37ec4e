import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection, Database } from './database.ts'
import { databaseFault, isOutage } from './errors.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
import { withTransaction } from './transaction.ts'

let database: TestDatabase
let owner: Database

beforeAll(async () => {
  database = await createTestDatabase('empty')
  owner = database.open('chartward_owner', 2)
  await owner.sql`create table things (n int primary key)`
  await owner.sql`insert into things (n) values (1)`
})
afterAll(() => database.drop())

/** What PostgreSQL itself says of a statement in a transaction of its own. */
const failureOf = async (work: (tx: Connection) => Promise<unknown>): Promise<unknown> => {
  try {
    await withTransaction(owner, 'none', work)
  } catch (error) {
    return error
  }
  return null
}

describe('an outage is', () => {
  it.each([
    [
      '25006',
      'a server that takes no changes',
      'set transaction read only; insert into things (n) values (2)',
    ],
    ['57014', 'a statement that takes too long', "set local statement_timeout = '10ms'; select pg_sleep(10)"],
    ['57P01', 'a connection that is ended', 'select pg_terminate_backend(pg_backend_pid())'],
    ['53300', 'no connection left', "do $$ begin raise exception using errcode = '53300'; end $$"],
    ['57P03', 'a server that starts', "do $$ begin raise exception using errcode = '57P03'; end $$"],
    ['08006', 'what a pooler says of itself', "do $$ begin raise exception using errcode = '08006'; end $$"],
  ])('%s: %s', async (sqlState, _what, text) => {
    const error = await failureOf(({ sql }) => sql.unsafe(text).simple())
    expect(isOutage(error)).toBe(true)
    // A connection's end may be seen before what was said of it.
    if (sqlState !== '57P01') expect(databaseFault(error)?.sqlState).toBe(sqlState)
  })

  it('what the operating system or the driver say of it, also wrapped', () => {
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'CONNECTION_CLOSED', 'CONNECTION_WAIT_TIMEOUT']) {
      const error = Object.assign(new Error('x'), { code })
      expect(isOutage(error)).toBe(true)
      expect(isOutage(new Error('y', { cause: error }))).toBe(true)
      expect(isOutage(new AggregateError([error]))).toBe(true)
    }
  })
})

describe('an outage is not', () => {
  it.each([
    ['23505', 'insert into things (n) values (1)'],
    ['22P02', "select 'x'::int"],
    ['42P01', 'select * from nowhere'],
  ])('%s', async (sqlState, text) => {
    const error = await failureOf(({ sql }) => sql.unsafe(text))
    expect(databaseFault(error)?.sqlState).toBe(sqlState)
    expect(isOutage(error)).toBe(false)
  })

  it('an error of our own, nor what is no error', () => {
    expect(isOutage(new TypeError('x'))).toBe(false)
    expect(isOutage({ code: 'ECONNREFUSED' })).toBe(false)
    expect(isOutage(null)).toBe(false)
  })
})
