import { withTransaction } from '@chartward/db'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { doWork } from './do-work.ts'
import { installQueue } from './install-queue.ts'
import { isQueued } from './job.ts'
import { enqueue, openQueue } from './queue.ts'
import { JOBS } from './registry.ts'

describe('the queue', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
    await installQueue(database.url('chartward_owner'))
  })
  afterAll(() => database.drop())

  const jobsFor = (id: string) =>
    database.open('chartward_app', 1).sql<{ data: unknown; state: string }[]>`
      select data, state::text from pgboss.job where data->>'id' = ${id}`

  it('can be installed again, and by two at once', async () => {
    const url = database.url('chartward_owner')
    await Promise.all([installQueue(url), installQueue(url)])
    const [row] = await database.open('chartward_app', 1).sql<{ queues: number }[]>`
      select count(*)::int as queues from pgboss.queue`
    expect(row?.queues).toBe(JOBS.filter(isQueued).length)
  })

  it('can be installed by several at once where there is none', async () => {
    const fresh = await createTestDatabase()
    const url = fresh.url('chartward_owner')
    await Promise.all(Array.from({ length: 4 }, () => installQueue(url)))
    const boss = openQueue(fresh.open('chartward_app'))
    await boss.start()
    await boss.stop({ graceful: false })
    await fresh.drop()
  })

  it('does not open where it was not installed', async () => {
    const bare = await createTestDatabase()
    await expect(openQueue(bare.open('chartward_app')).start()).rejects.toThrow('not installed')
    await bare.drop()
  })

  it('has a job if and only if the transaction that asked for it was committed, and it holds an id alone', async () => {
    const db = database.open('chartward_app')
    const [kept, lost] = [newId(), newId()]
    await withTransaction(db, 'none', (tx) => enqueue(tx, doWork, kept))
    await expect(
      withTransaction(db, 'none', async (tx) => {
        await enqueue(tx, doWork, lost)
        throw new Error('no after all')
      }),
    ).rejects.toThrow('no after all')
    expect(await jobsFor(kept)).toEqual([{ data: { id: kept }, state: 'created' }])
    expect(await jobsFor(lost)).toEqual([])
  })

  it('lets the application do nothing that the owner would carry out, and define nothing', async () => {
    const { sql } = database.open('chartward_app', 1)
    const denied = [
      sql`insert into pgboss.bam (name, version, table_name, command) values ('x', 1, 'job', 'select 1')`,
      sql`update pgboss.bam set command = 'select 1'`,
      sql`update pgboss.queue set table_name = 'users'`,
      sql`insert into pgboss.queue select * from pgboss.queue`,
      sql`delete from pgboss.queue`,
      sql`update pgboss.version set version = 1`,
      sql`insert into pgboss.schedule (name, cron) values ('do-work', '* * * * *')`,
      sql`truncate pgboss.job`,
      sql`select pgboss.create_queue('more', '{}'::jsonb)`,
      sql`select pgboss.delete_queue('do-work')`,
      sql`create table pgboss.mine (id int)`,
    ]
    const outcomes = await Promise.allSettled(denied)
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual(
      denied.map(() => '42501'),
    )
  })

  it('is out of reach of the sequencer and the auditor', async () => {
    for (const role of ['chartward_sequencer', 'chartward_auditor'] as const)
      await expect(database.open(role, 1).sql`select * from pgboss.job`).rejects.toMatchObject({
        code: '42501',
      })
  })

  it('can be looked after with the rights that the application has', async () => {
    const boss = openQueue(database.open('chartward_app'))
    const errors: unknown[] = []
    boss.on('error', (error) => errors.push(error))
    await boss.start()
    await boss.supervise()
    await boss.stop({ graceful: false })
    expect(errors).toEqual([])
  })
})
