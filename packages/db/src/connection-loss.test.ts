import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { copyRows } from './copy.ts'
import { type Connection, type Database, openDatabase } from './database.ts'
import { isOutage } from './errors.ts'
import { type BrokenLine, openBrokenLine } from './testing/broken-line.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
import { type Transaction, withTransaction } from './transaction.ts'

/*
 * What becomes of statements when the connection under them goes away: the driver as it is patched by
 * patches/postgres@*.patch. An error that nobody can catch fails the run, whichever test it comes from.
 */

let database: TestDatabase
let line: BrokenLine
let owner: Database
const opened: Database[] = []

beforeAll(async () => {
  database = await createTestDatabase('empty')
  line = await openBrokenLine(database.url('chartward_owner'))
  owner = database.open('chartward_owner', 2)
  await owner.sql`create table notes (n int primary key, tag text[])`
})
afterEach(async () => {
  line.behave('whole')
  for (const db of opened.splice(0)) await db.close()
  await endAll()
  await owner.sql`truncate notes`
})
afterAll(async () => {
  await line.stop()
  await database.drop()
})

const openLine = (connections: number, limits = {}): Database => {
  const url = line.through(database.url('chartward_owner'))
  const db = openDatabase({ url, connections, name: 'broken-line', limits })
  opened.push(db)
  return db
}

const end = async (pid: number): Promise<void> => {
  await owner.sql`select pg_terminate_backend(${pid}, 10000)`
}

/** Ends what the tests have opened; the server itself does not see that a client is gone while it sleeps. */
const endAll = async (): Promise<void> => {
  await owner.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'broken-line'`
}

const untilAsleep = async (count: number): Promise<void> => {
  await expect
    .poll(
      async () => {
        const [row] = await owner.sql`
          select count(*)::int as asleep from pg_stat_activity
          where application_name = 'broken-line' and state = 'active' and query like '%pg_sleep(60)%'`
        return row?.asleep
      },
      { timeout: 30_000 },
    )
    .toBe(count)
}

const pidOf = async ({ sql }: Connection): Promise<number> => {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  if (row === undefined) throw new Error('no backend')
  return row.pid
}

/** Holds all connections of a pool at once: each has to be there, and to work. */
const expectWhole = async ({ sql }: Database, connections: number): Promise<void> => {
  const held = await Promise.all(Array.from({ length: connections }, () => sql.reserve()))
  const pids = await Promise.all(held.map(async (one) => (await one`select pg_backend_pid() as pid`)[0]?.pid))
  for (const one of held) one.release()
  expect(new Set(pids).size).toBe(connections)
}

const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work
  } catch (error) {
    return error
  }
  return null
}

/** Sooner or later, however busy the machine is. */
const expectAnswer = async ({ sql }: Database): Promise<void> => {
  await expect.poll(() => failureOf(sql`select 1`), { timeout: 30_000 }).toBe(null)
}

const expectOutage = async (work: Promise<unknown>): Promise<void> => {
  const error = await failureOf(work)
  expect(error).toBeInstanceOf(Error)
  expect(isOutage(error)).toBe(true)
}

describe('a connection that ends', () => {
  it('while it is reserved, fails what is sent on it from then on, and its place in the pool is free again', async () => {
    const db = openLine(1)
    const reserved = await db.sql.reserve()
    const [row] = await reserved<{ pid: number }[]>`select pg_backend_pid() as pid`
    await end(row?.pid ?? 0)
    await expectOutage(Promise.resolve(reserved`select 1`))
    await expectOutage(Promise.resolve(reserved`select 2`))
    reserved.release()
    reserved.release()
    await expectWhole(db, 1)
  })

  it.each(['reset', 'close'] as const)('by a %s under a statement fails the statement', async (by) => {
    const db = openLine(2)
    const running = [db.sql`select pg_sleep(60)`, db.sql`select pg_sleep(60)`].map((one) => expectOutage(one))
    await untilAsleep(2)
    line.cut(by)
    await Promise.all(running)
    await expectWhole(db, 2)
  })

  it('under a transaction fails it and all that it still sends, of which nothing enters another transaction', async () => {
    const db = openLine(1)
    const handed = Promise.withResolvers<Transaction>()
    await expectOutage(
      withTransaction(db, 'none', async (tx) => {
        handed.resolve(tx)
        await tx.sql`insert into notes (n) values (1)`
        await end(await pidOf(tx))
        await new Promise(() => undefined)
      }),
    )
    const lost = await handed.promise
    await expectOutage(Promise.resolve(lost.sql`insert into notes (n) values (2)`))
    // Another transaction has the connection's place: what the lost one sends must not reach it.
    await withTransaction(db, 'none', async (next) => {
      await next.sql`insert into notes (n) values (3)`
      await expectOutage(Promise.resolve(lost.sql`insert into notes (n) values (4)`))
      await next.sql`insert into notes (n) values (5)`
    })
    const rows = await owner.sql<{ n: number }[]>`select n from notes order by n`
    expect(rows.map(({ n }) => n)).toEqual([3, 5])
  })

  it('and a transaction that is over send nothing by its connection any more', async () => {
    const db = openLine(1)
    const over = await withTransaction(db, 'none', async (tx) => tx)
    await expect(over.sql`insert into notes (n) values (1)`).rejects.toMatchObject({
      code: 'TRANSACTION_ENDED',
    })
    await expectWhole(db, 1)
  })

  it('leaves nothing behind of what the server said last', async () => {
    const db = openLine(1)
    const sleeping = expectOutage(db.sql`select pg_sleep(60)`)
    await untilAsleep(1)
    await endAll()
    await sleeping
    expect(await db.sql`select 7 as n`).toEqual([{ n: 7 }])
  })

  it('under a COPY fails it, also when all has been sent', async () => {
    const db = openLine(1)
    await expectOutage(
      withTransaction(db, 'none', async (tx) => {
        await tx.sql`select 1`
        await copyRows(
          tx,
          'notes',
          { n: 'int4' },
          (function* () {
            yield [1]
            line.cut('reset')
          })(),
        )
      }),
    )
    await expectWhole(db, 1)
  })

  it('between two batches of a cursor is no end of the rows', async () => {
    const db = openLine(1)
    const seen: number[] = []
    await expectOutage(
      (async () => {
        for await (const rows of db.sql<{ n: number }[]>`select generate_series(1, 1000) as n`.cursor(10)) {
          seen.push(...rows.map(({ n }) => n))
          line.cut('close')
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      })(),
    )
    expect(seen).toHaveLength(10)
  })

  it('again and again under load loses no place in the pool, and leaves nothing unanswered', async () => {
    const db = openLine(4)
    let on = true
    let done = 0
    const worker = async (kind: number): Promise<void> => {
      while (on) {
        const work =
          kind % 3 === 0
            ? withTransaction(db, 'none', async ({ sql }) => void (await sql`select 1`))
            : kind % 3 === 1
              ? db.sql`select ${[`a${kind}`]}::text[] as tag`
              : db.sql.reserve().then(async (one) => {
                  try {
                    await one`select 1`
                  } finally {
                    one.release()
                  }
                })
        const error = await failureOf(Promise.resolve(work))
        if (error === null) done += 1
        else expect(isOutage(error)).toBe(true)
      }
    }
    const workers = Promise.all(Array.from({ length: 12 }, (_, kind) => worker(kind)))
    for (let times = 0; times < 40; times++) {
      await new Promise((resolve) => setTimeout(resolve, 15))
      if (times % 4 === 0) {
        line.cut(times % 8 === 0 ? 'reset' : 'close')
        line.behave(times % 16 === 0 ? 'refuse' : 'whole')
      } else await endAll()
    }
    line.behave('whole')
    on = false
    await workers
    expect(done).toBeGreaterThan(0)
    await expectWhole(db, 4)
  })

  it('wherever the answer breaks off, whatever waits is answered', async () => {
    // The start of a connection, the types that it asks for, and its first statements take some 4000 bytes.
    for (let bytes = 0; bytes < 4200; bytes += 197) {
      line.behave(bytes)
      const db = openLine(2)
      await Promise.all(
        [
          Promise.resolve(db.sql`select ${['a']}::text[] as tag`),
          withTransaction(db, 'none', async ({ sql }) => void (await sql`select 1 as one`)),
          db.sql.reserve().then(async (one) => {
            try {
              await one`select repeat('x', 1000)`
            } finally {
              one.release()
            }
          }),
        ].map(async (work) => {
          const error = await failureOf(work)
          if (error !== null) expect(isOutage(error)).toBe(true)
        }),
      )
      line.behave('whole')
      await expectWhole(db, 2)
      await db.close()
    }
  })
})

describe('a server that is away', () => {
  it('fails statements, transactions and reservations; when it is back all places of the pool are', async () => {
    line.behave('refuse')
    const db = openLine(2)
    await Promise.all([
      ...Array.from({ length: 6 }, () => expectOutage(db.sql`select 1`)),
      ...Array.from({ length: 3 }, () => expectOutage(db.sql.reserve())),
      expectOutage(withTransaction(db, 'none', async () => undefined)),
    ])
    line.behave('whole')
    await expectWhole(db, 2)
  })

  it('without a word is given up: whoever makes a connection, and whoever waits for one', async () => {
    line.behave('silent')
    const db = openLine(1, { connect: 1, wait: 0.2 })
    await Promise.all(Array.from({ length: 3 }, () => expectOutage(db.sql`insert into notes (n) values (1)`)))
    line.behave('whole')
    await expectAnswer(db)
    expect(await owner.sql`select n from notes`).toHaveLength(0)
  })

  it('without a word under a statement is given up', async () => {
    const db = openLine(1, { response: 0.5 })
    await db.sql`select 1`
    line.behave('silent')
    await expectOutage(db.sql`select 2`)
    line.behave('whole')
    await expectWhole(db, 1)
  })

  it('keeps no pool from being closed', async () => {
    const db = openLine(2)
    const sleeping = expectOutage(db.sql`select pg_sleep(60)`)
    await db.sql`select 1`
    const closing = db.close()
    line.cut('close')
    await Promise.all([sleeping, closing])
    await expectOutage(db.sql`select 1`)
  })
})

describe('whoever waits for a connection', () => {
  it('is refused in time, and what they would have sent is never sent', async () => {
    const db = openLine(1, { wait: 0.2 })
    await expectAnswer(db)
    const holder = await db.sql.reserve()
    await expectOutage(db.sql`insert into notes (n) values (1)`)
    await expectOutage(db.sql.reserve())
    holder.release()
    await expectWhole(db, 1)
    expect(await owner.sql`select n from notes`).toHaveLength(0)
  })
})

describe('a statement that can not be made', () => {
  it('fails alone: the answers of those beside it stay theirs', async () => {
    const db = openLine(1)
    await db.sql`select 1`
    const impossible: unknown = undefined
    const [first, wrong, second] = await Promise.allSettled([
      db.sql`select 1 as n, pg_sleep(0.05)`,
      db.sql`select ${impossible as string} as n`,
      db.sql`select 2 as n`,
    ])
    expect(first).toMatchObject({ status: 'fulfilled', value: [{ n: 1 }] })
    expect(wrong).toMatchObject({ status: 'rejected', reason: { code: 'UNDEFINED_VALUE' } })
    expect(second).toMatchObject({ status: 'fulfilled', value: [{ n: 2 }] })
  })
})

describe('a COPY that the server refuses at its end', () => {
  it('is refused by name, and the connection goes on', async () => {
    const db = openLine(1)
    const twice = withTransaction(db, 'none', (tx) => copyRows(tx, 'notes', { n: 'int4' }, [[1], [1]]))
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    await expectWhole(db, 1)
  })
})
