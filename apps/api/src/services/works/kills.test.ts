import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Database } from '@chartward/db'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningJobs, startJobs } from '../../jobs/start-jobs.ts'
import { appendEntries, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, seeded } from '../../testing/kills.ts'
import { holdEntriesOf } from '../../testing/log-unwritable.ts'
import { signInAs } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { auditRouter } from '../audit/router.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { worksRouter } from './router.ts'

const callerFor = createCallerFactory(router({ works: worksRouter, audit: auditRouter }))
const RUN_JOBS = fileURLToPath(new URL('../../jobs/testing/run-jobs.ts', import.meta.url))
const PATIENT = { timeout: 40_000, interval: 100 }

let house: TestApp
let owner: Database
let officer: { audit: ReturnType<typeof callerFor>['audit']; works: ReturnType<typeof callerFor>['works'] }
let running: RunningJobs[]
let children: ChildProcess[]

beforeEach(async () => {
  house = await createTestHouse()
  owner = house.database.open('chartward_owner', 4)
  const { audit, works } = callerFor((await signInAs(house.app, 'privacy-officer')).context)
  officer = { audit, works }
  await appendEntries(house, 600)
  await sequenceAll(sequencerOf(house))
  running = []
  children = []
})
afterEach(async () => {
  for (const jobs of running) await jobs.stop()
  for (const child of children) await kill(child)
  await house.stop()
})

const start = async (): Promise<void> => {
  running.push(await startJobs(house.app, house.database.url('chartward_app')))
}

const startChild = (): ChildProcess => {
  const config = { url: house.database.url('chartward_app'), files: house.files }
  const child = spawn(process.execPath, [RUN_JOBS, JSON.stringify(config)], { stdio: 'ignore' })
  children.push(child)
  return child
}

const kill = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** Hours go by for the queue: heartbeats have not come, and waits are over. */
const hoursPass = async (): Promise<void> => {
  await owner.sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '2 hours' where state = 'active'`
  await owner.sql`update pgboss.job set start_after = now() where state in ('created', 'retry')`
  await owner.sql`update pgboss.queue set monitor_claim_on = null`
}

const asked = async (): Promise<string> => (await officer.audit.askCheck({})).workId
const stateOf = async (id: string): Promise<string> => (await officer.works.get({ id })).state

const endsOf = async (id: string): Promise<string[]> => {
  const entries = await Promise.all(
    (['audit.verified', 'work.cancelled'] as const).map((action) => auditEntries(house.app, action)),
  )
  return entries.flat().flatMap(({ action, facts }) => (facts.work === id ? [action] : []))
}

describe('a process that is killed while it does long work', () => {
  it('before it has said how it ended leaves it running, and another does it, once', async () => {
    const id = await asked()
    const held = await holdEntriesOf(owner, 'audit.verified')
    const child = startChild()
    await expect.poll(held.waiting, PATIENT).toBe(1)
    await kill(child)
    await held.letGo()
    expect(await stateOf(id)).toBe('running')
    expect(await endsOf(id)).toEqual([])
    await start()
    await expect
      .poll(async () => {
        await hoursPass()
        return stateOf(id)
      }, PATIENT)
      .toBe('done')
    expect(await endsOf(id)).toEqual(['audit.verified'])
    expect(await officer.audit.check({ id })).toMatchObject({ size: expect.any(Number) })
  })

  it(
    'at any moment, again and again, leaves work that ends once, with one result',
    async () => {
      const random = seeded(20_261_201)
      const ids = new Set<string>()
      for (let kills = 0; kills < KILLS; kills++) {
        const id = await asked()
        ids.add(id)
        const child = startChild()
        await expect
          .poll(async () => (await officer.works.get({ id })).state === 'waiting', PATIENT)
          .toBe(false)
        await setTimeout(400 * random())
        await kill(child)
        await hoursPass()
        await owner.sql`update pgboss.job set retry_count = 0 where name = 'do-work' and state = 'retry'`
      }
      await start()
      for (const id of ids) {
        await expect
          .poll(async () => {
            await hoursPass()
            return stateOf(id)
          }, PATIENT)
          .toBe('done')
        expect(await endsOf(id)).toEqual(['audit.verified'])
      }
    },
    KILLING_MS,
  )

  it('after its end was asked for is followed by one that cancels it', async () => {
    const id = await asked()
    const held = await holdEntriesOf(owner, 'audit.verified')
    const child = startChild()
    await expect.poll(held.waiting, PATIENT).toBe(1)
    await kill(child)
    await held.letGo()
    await officer.works.cancel({ id })
    await start()
    await expect
      .poll(async () => {
        await hoursPass()
        return stateOf(id)
      }, PATIENT)
      .toBe('cancelled')
    expect(await endsOf(id)).toEqual(['work.cancelled'])
  })
})
