import { setTimeout } from 'node:timers/promises'
import type { Database } from '@chartward/db'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadExport } from '../http/export-download.ts'
import { exportsRouter } from '../services/exports/router.ts'
import { createTestHouse, filesOf, populate } from '../services/exports/testing/house.ts'
import { auditEntries } from '../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../testing/kills.ts'
import { holdEntriesOf } from '../testing/log-unwritable.ts'
import { signInAs, type TestSignIn } from '../testing/sign-in.ts'
import type { TestApp } from '../testing/test-app.ts'
import { createCallerFactory } from '../trpc/trpc.ts'
import { hoursPass, type Runners, runnersOf, waitsPass } from './testing/runners.ts'

const caller = createCallerFactory(exportsRouter)
const PATIENT = { timeout: 40_000, interval: 100 }

let house: TestApp
let owner: Database
let analyst: TestSignIn
let runners: Runners

beforeEach(async () => {
  house = await createTestHouse()
  owner = house.database.open('chartward_owner', 4)
  await populate(house, 3, 'jobs')
  analyst = await signInAs(house.app, 'analyst')
  runners = runnersOf(house)
})
afterEach(async () => {
  await runners.stop()
  await house.stop()
})

const approved = async (): Promise<string> => {
  const officer = await signInAs(house.app, 'privacy-officer')
  const { id } = await caller(analyst.context).request({
    purpose: 'to keep runners of jobs busy',
    types: ['Patient', 'Encounter'],
  })
  await caller(officer.context).approve({ id, reason: 'a test', attestation: true })
  return id
}

const statusOf = async (id: string): Promise<string> => (await caller(analyst.context).get({ id })).status

const isUntouched = (status: string): boolean => status === 'approved'

const statesOf = (ids: readonly string[]): Promise<string[]> => Promise.all(ids.map(statusOf))

/** The job about an export, or about the work that builds it. */
const jobOf = async (id: string, name = 'do-work') => {
  const [job] = await owner.sql<{ state: string; retries: number; output: unknown }[]>`
    select state::text, retry_count as retries, output from pgboss.job
    where name = ${name} and data->>'id' in (${id}, (select id::text from works where subject_id = ${id}))`
  return job
}

const chunksOf = async (id: string): Promise<number> => {
  const [row] = await owner.sql<{ chunks: number }[]>`
    select count(*)::int as chunks from release_chunks where export_id = ${id}`
  return row?.chunks ?? 0
}

/**
 * Releases of which a part is there: seen in one statement, since what a killed runner had sent may still be
 * committed.
 */
const torn = () => owner.sql`
  select e.id, e.status, count(c.export_id)::int as chunks from export_requests e
  left join release_chunks c on c.export_id = e.id
  group by e.id having count(c.export_id) <> case when e.status = 'ready' then 2 else 0 end`

/** How the work that builds an export has ended, by its row and by the log. */
const endsOf = async (id: string) => {
  const [work] = await owner.sql<{ id: string; state: string }[]>`
    select id, state from works where subject_id = ${id}`
  const ends = (['work.done', 'work.failed', 'work.cancelled'] as const).map((action) =>
    auditEntries(house.app, action),
  )
  const entries = (await Promise.all(ends)).flat().filter(({ facts }) => facts.work === work?.id)
  return [work?.state, ...entries.map(({ action }) => action)]
}

const builtFor = async (id: string) =>
  (await auditEntries(house.app, 'export.built')).filter(({ resource }) => resource.id === id)

describe('runners of jobs', () => {
  it('build what was approved before and after they were started', async () => {
    const before = await approved()
    await runners.start()
    const after = await approved()
    for (const id of [before, after]) {
      await expect.poll(() => statusOf(id), PATIENT).toBe('ready')
      await expect.poll(async () => (await jobOf(id))?.state, PATIENT).toBe('completed')
      const { chunks } = await downloadExport({
        app: house.app,
        request: analyst.context,
        id,
        format: 'ndjson',
      })
      expect([...(await filesOf(chunks)).keys()]).toContain('Encounter.ndjson')
      expect(await jobOf(id, 'expire-release')).toMatchObject({ state: 'created' })
    }
  })

  it('take each job once, however many they are', async () => {
    await runners.start()
    await runners.start()
    const ids = await Promise.all([approved(), approved(), approved(), approved()])
    for (const id of ids) {
      await expect.poll(() => statusOf(id), PATIENT).toBe('ready')
      await expect.poll(async () => (await jobOf(id))?.state, PATIENT).toBe('completed')
      expect(await jobOf(id)).toMatchObject({ retries: 0 })
      expect(await builtFor(id)).toHaveLength(1)
    }
  })

  it('one that is killed during a build leaves no piece of it, and another one finishes it', async () => {
    const id = await approved()
    const held = await holdEntriesOf(owner, 'export.built')
    const child = runners.startChild()
    // Every piece is written and verified, and the entry, the last thing before the commit, waits.
    await expect.poll(held.waiting, PATIENT).toBe(1)
    expect(await jobOf(id)).toMatchObject({ state: 'active', retries: 0 })
    await kill(child)
    await held.letGo()

    expect(await statusOf(id)).toBe('building')
    expect(await chunksOf(id)).toBe(0)
    await runners.start()
    // Nobody takes it while the dead runner may still be alive.
    expect(await jobOf(id)).toMatchObject({ state: 'active', retries: 0 })
    await expect
      .poll(async () => {
        await hoursPass(owner)
        return statusOf(id)
      }, PATIENT)
      .toBe('ready')
    expect(await chunksOf(id)).toBe(2)
    expect(await builtFor(id)).toHaveLength(1)
    const { chunks } = await downloadExport({ app: house.app, request: analyst.context, id, format: 'csv' })
    expect([...(await filesOf(chunks)).keys()]).toEqual(['Patient.csv', 'Encounter.csv', 'manifest.json'])
  })

  it(
    'killed at any moment, again and again, leave whole releases or none',
    async () => {
      const random = seeded(20_261_130)
      const ids: string[] = []
      for (let kills = 0; kills < KILLS; kills++) {
        const id = await approved()
        ids.push(id)
        const child = runners.startChild()
        await expect
          .poll(async () => (await statesOf(ids)).filter(isUntouched).length, PATIENT)
          .toBeLessThan(kills + 1)
        await setTimeout(400 * random())
        await kill(child)
        expect(await torn()).toEqual([])
        await hoursPass(owner)
        // One that was cut off five times would be given up, which is another test.
        await owner.sql`update pgboss.job set retry_count = 0 where name = 'do-work' and state = 'retry'`
      }
      await runners.start()
      for (const id of ids) {
        await expect
          .poll(async () => {
            await hoursPass(owner)
            return statusOf(id)
          }, PATIENT)
          .toBe('ready')
        expect(await chunksOf(id)).toBe(2)
        expect(await builtFor(id)).toHaveLength(1)
        await expect
          .poll(async () => {
            await hoursPass(owner)
            return endsOf(id)
          }, PATIENT)
          .toEqual(['done', 'work.done'])
      }
    },
    KILLING_MS,
  )

  it('one that is stopped hands its build on', async () => {
    const id = await approved()
    await runners.start()
    await expect.poll(async () => (await jobOf(id))?.state, { ...PATIENT, interval: 5 }).not.toBe('created')
    await runners.stop()
    const state = await statusOf(id)
    expect(['building', 'approved', 'ready']).toContain(state)
    expect(await chunksOf(id)).toBe(state === 'ready' ? 2 : 0)
    await runners.start()
    await expect
      .poll(async () => {
        await hoursPass(owner)
        return statusOf(id)
      }, PATIENT)
      .toBe('ready')
    expect(await builtFor(id)).toHaveLength(1)
  })

  it('give up a build that no attempt can finish, and the queue keeps nothing of what went wrong', async () => {
    await owner.sql`revoke insert on release_chunks from chartward_app`
    const id = await approved()
    await runners.start()
    await expect
      .poll(async () => {
        await waitsPass(owner)
        return statusOf(id)
      }, PATIENT)
      .toBe('failed')
    expect(await caller(analyst.context).get({ id })).toMatchObject({ failure: 'gave-up', manifest: null })
    const [entry] = await auditEntries(house.app, 'export.build-failed')
    expect(entry).toMatchObject({ outcome: 'failure', resource: { type: 'ExportRequest', id } })
    expect(await jobOf(id)).toMatchObject({
      state: 'failed',
      retries: 5,
      output: { message: 'the job failed; the log of its runner says more' },
    })
    const [stored] = await owner.sql<
      { text: string }[]
    >`select string_agg(output::text, '') as text from pgboss.job`
    expect(stored?.text).not.toMatch(/release_chunks|permission|insert/i)
  })

  it('delete the files of a release that has expired', async () => {
    const id = await approved()
    await runners.start()
    await expect.poll(() => statusOf(id), PATIENT).toBe('ready')
    house.now = new Date(house.now.getTime() + 8 * 24 * 60 * 60 * 1000)
    await owner.sql`update pgboss.job set start_after = now() where name = 'expire-release'`
    await expect.poll(() => chunksOf(id), PATIENT).toBe(0)
  })
})
