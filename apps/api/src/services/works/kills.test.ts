import { setTimeout } from 'node:timers/promises'
import type { Database } from '@chartward/db'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hoursPass, type Runners, runnersOf } from '../../jobs/testing/runners.ts'
import { appendEntries, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { holdEntriesOf } from '../../testing/log-unwritable.ts'
import { signInAs } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { auditRouter } from '../audit/router.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { worksRouter } from './router.ts'

const callerFor = createCallerFactory(router({ works: worksRouter, audit: auditRouter }))
const PATIENT = { timeout: 40_000, interval: 100 }

let house: TestApp
let owner: Database
let officer: { audit: ReturnType<typeof callerFor>['audit']; works: ReturnType<typeof callerFor>['works'] }
let runners: Runners

beforeEach(async () => {
  house = await createTestHouse()
  owner = house.database.open('chartward_owner', 4)
  const { audit, works } = callerFor((await signInAs(house.app, 'privacy-officer')).context)
  officer = { audit, works }
  await appendEntries(house, 600)
  await sequenceAll(sequencerOf(house))
  runners = runnersOf(house)
})
afterEach(async () => {
  await runners.stop()
  await house.stop()
})

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
    const child = runners.startChild()
    await expect.poll(held.waiting, PATIENT).toBe(1)
    await kill(child)
    await held.letGo()
    expect(await stateOf(id)).toBe('running')
    expect(await endsOf(id)).toEqual([])
    await runners.start()
    await expect
      .poll(async () => {
        await hoursPass(owner)
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
        const child = runners.startChild()
        await expect
          .poll(async () => (await officer.works.get({ id })).state === 'waiting', PATIENT)
          .toBe(false)
        await setTimeout(400 * random())
        await kill(child)
        await hoursPass(owner)
        await owner.sql`update pgboss.job set retry_count = 0 where name = 'do-work' and state = 'retry'`
      }
      await runners.start()
      for (const id of ids) {
        await expect
          .poll(async () => {
            await hoursPass(owner)
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
    const child = runners.startChild()
    await expect.poll(held.waiting, PATIENT).toBe(1)
    await kill(child)
    await held.letGo()
    await officer.works.cancel({ id })
    await runners.start()
    await expect
      .poll(async () => {
        await hoursPass(owner)
        return stateOf(id)
      }, PATIENT)
      .toBe('cancelled')
    expect(await endsOf(id)).toEqual(['work.cancelled'])
  })
})
