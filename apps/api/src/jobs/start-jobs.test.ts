import { setTimeout } from 'node:timers/promises'
import { schema } from '@chartward/db'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendEntries, sequenceAll, sequencerOf } from '../sequencer/testing/log-kit.ts'
import { loggedIds, makeSeen, seeing, seenSoFar } from '../sequencer/testing/seen.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { installQueue } from './install-queue.ts'
import type { AppFollower, Job, PeriodicJob } from './job.ts'
import { purgeCounters } from './purge-counters.ts'
import { type RunningJobs, startJobs } from './start-jobs.ts'

const PATIENT = { timeout: 60_000, interval: 100 }

let house: TestApp
let running: RunningJobs[]

beforeEach(async () => {
  house = await createTestApp()
  running = []
})
afterEach(async () => {
  for (const jobs of running) await jobs.stop()
  await house.stop()
})

const start = async (jobs: readonly Job[]): Promise<void> => {
  running.push(await startJobs(house.app, house.database.url('chartward_app'), jobs))
}

const statesOf = async (name: string): Promise<string[]> => {
  const { sql } = house.database.open('chartward_owner', 1)
  const rows = await sql<{ state: string }[]>`
    select state::text from pgboss.job where name = ${name} order by singleton_on`
  return rows.map(({ state }) => state)
}

describe('a periodic job', () => {
  const owner = () => house.database.url('chartward_owner')

  it('is done once in a period, however many processes there are and however often one starts', async () => {
    let runs = 0
    const job: PeriodicJob = {
      ...purgeCounters,
      // Long enough for no two periods to be met.
      schedule: { everySeconds: 10 * 365 * 24 * 3600 },
      run: async () => {
        runs++
      },
    }
    await installQueue(owner(), [job])
    await start([job])
    await start([job])
    await start([job])
    await expect.poll(() => statesOf(job.name), PATIENT).toEqual(['completed'])
    await running.pop()?.stop()
    await start([job])
    await setTimeout(6_000)
    expect(await statesOf(job.name)).toEqual(['completed'])
    expect(runs).toBe(1)
  })

  it('is done again in the next period, by one at a time', async () => {
    let runs = 0
    let atOnce = 0
    let most = 0
    const job: PeriodicJob = {
      ...purgeCounters,
      schedule: { everySeconds: 1 },
      run: async () => {
        runs++
        most = Math.max(most, ++atOnce)
        await setTimeout(2_500)
        atOnce--
      },
    }
    await installQueue(owner(), [job])
    await start([job])
    await start([job])
    await expect.poll(() => runs, PATIENT).toBeGreaterThan(2)
    expect(most).toBe(1)
  })

  it('that fails is tried again', async () => {
    let runs = 0
    const job: PeriodicJob = {
      ...purgeCounters,
      queue: { ...purgeCounters.queue, retryDelay: 1 },
      run: async () => {
        if (++runs < 3) throw new Error('not now')
      },
    }
    await installQueue(owner(), [job])
    await start([job])
    await expect.poll(() => statesOf(job.name), PATIENT).toEqual(['completed'])
    expect(runs).toBe(3)
  })

  it('deletes counters of attempts that nobody goes on with', async () => {
    const longAgo = new Date(Date.now() - 31 * 86_400_000)
    await house.app.db.orm
      .insert(schema.attemptCounters)
      .values({ subject: 'old', failures: 1, windowStartedAt: longAgo, lastAt: longAgo })
    await installQueue(owner())
    await start([purgeCounters])
    await expect
      .poll(async () => (await house.app.db.orm.select().from(schema.attemptCounters)).length, PATIENT)
      .toBe(0)
  })
})

describe('a follower of the application', () => {
  it('sees what has been sequenced, with the application at hand, once, whoever of two runs it', async () => {
    await installQueue(house.database.url('chartward_owner'))
    await makeSeen(house)
    const hadTheApp = new Set<boolean>()
    const follower: AppFollower = {
      ...seeing(),
      login: 'app',
      see: async (tx, entries, app) => {
        hadTheApp.add(app === house.app)
        await seeing().see(tx, entries, null)
      },
    }
    const sequencer = sequencerOf(house)
    await appendEntries(house, 30)
    await sequenceAll(sequencer)
    await start([follower])
    await start([follower])
    await appendEntries(house, 30)
    await sequenceAll(sequencer)
    const ids = await loggedIds(house)
    await expect.poll(async () => (await seenSoFar(house)).length, PATIENT).toBe(ids.length)
    expect((await seenSoFar(house)).map(({ id }) => id)).toEqual(ids)
    expect(hadTheApp).toEqual(new Set([true]))
  })
})
