import { setTimeout } from 'node:timers/promises'
import { type Database, schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { hoursPass, type Runners, runnersOf } from '../../jobs/testing/runners.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { changeVouched } from '../../testing/rows.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { finishWork } from '../works/testing/finish-work.ts'
import { as, type Somebody } from './testing/person.ts'

const reason = 'an incident is open'
const PATIENT = { timeout: 40_000, interval: 100 }

let house: TestApp
beforeEach(async () => {
  house = await createTestHouse()
})
afterEach(() => house.stop())

const nurses = async (count: number) => {
  const made = []
  for (let i = 0; i < count; i += 1) made.push(await as(house.app, 'nurse'))
  return made
}
const lockDown = (by: Somebody, [first, ...rest]: readonly { readonly id: UserId }[]) => {
  if (first === undefined) throw new Error('nobody is meant')
  return by.users.lockDownMany({ userIds: [first.id, ...rest.map(({ id }) => id)], reason })
}
const resultOf = async (workId: string) => {
  const [row] = await house.app.db.orm.select().from(schema.works).where(eq(schema.works.id, workId))
  return { state: row?.state, failure: row?.failure, result: row?.result }
}
const statusOf = async (by: Somebody, id: UserId) => (await by.users.get({ id })).status
const startedOf = async (ids: readonly string[]) =>
  (await auditEntries(house.app, 'user.lockdown.started')).filter(({ resource }) =>
    ids.includes(resource.id ?? ''),
  )

describe('a lockdown of many', () => {
  it('is one act: each of those who are named, and nobody else, with the reason and an entry each', async () => {
    const by = await as(house.app, 'security-officer')
    const [people, bystander] = [await nurses(3), await as(house.app, 'nurse')]
    const { workId } = await lockDown(by, people)
    await finishWork(house.app, workId)
    expect(await resultOf(workId)).toMatchObject({
      state: 'done',
      result: { people: 3, lockedDown: 3, waiting: 0, left: 0, bound: 0 },
    })
    for (const person of people) {
      expect(await statusOf(by, person.id)).toBe('suspended')
      expect(await person.auth.session()).toMatchObject({ stage: 'none' })
    }
    expect(await statusOf(by, bystander.id)).toBe('active')
    const ids = people.map(({ id }) => id)
    const [asked] = (await auditEntries(house.app, 'user.lockdown.requested')).slice(-1)
    expect(asked).toMatchObject({
      actor: { kind: 'user', id: by.id },
      count: 3,
      change: { before: null, after: { people: ids.toSorted(), work: workId } },
    })
    const started = await startedOf(ids)
    expect(started.map(({ resource }) => resource.id).sort()).toEqual(ids.toSorted())
    for (const entry of started)
      expect(entry).toMatchObject({
        actor: { kind: 'user', id: by.id },
        requestId: asked?.requestId,
        noteHash: expect.any(String),
      })
  })

  it('is lifted for each of them by somebody else than who began it', async () => {
    const [by, other] = [await as(house.app, 'security-officer'), await as(house.app, 'privacy-officer')]
    const [one, two] = await nurses(2)
    if (one === undefined || two === undefined) throw new Error('nobody was made')
    const { workId } = await lockDown(by, [one, two])
    await finishWork(house.app, workId)
    const { items } = await other.approvals.list({})
    const waiting = items.find(({ subject }) => JSON.stringify(subject).includes(one.id))
    const id = waiting?.id ?? ''
    expect(await refusalOf(by.approvals.reject({ id, reason }))).toBe('SECOND_PERSON_REQUIRED')
    await other.approvals.reject({ id, reason: 'it was a drill' })
    expect(await statusOf(other, one.id)).toBe('active')
    expect(await statusOf(other, two.id)).toBe('suspended')
  })

  it('keeps the limits of privileged people: the unprivileged first, one who is privileged, and the rest are left', async () => {
    const by = await as(house.app, 'security-officer')
    for (const role of ['administrator', 'privacy-officer', 'security-officer'])
      for (let i = 0; i < 3; i += 1) await as(house.app, role)
    const chiefs = [await as(house.app, 'administrator'), await as(house.app, 'administrator')]
    const people = await nurses(2)
    const { workId } = await lockDown(by, [...chiefs, ...people])
    await finishWork(house.app, workId)
    expect((await resultOf(workId)).result).toEqual({
      people: 4,
      lockedDown: 3,
      waiting: 0,
      left: 0,
      bound: 1,
    })
    const states = await Promise.all(chiefs.map(({ id }) => statusOf(by, id)))
    expect(states.sort()).toEqual(['active', 'suspended'])
    for (const { id } of people) expect(await statusOf(by, id)).toBe('suspended')
    expect(await refusalOf(lockDown(by, await nurses(1)))).toBe('SECOND_PERSON_REQUIRED')
  })

  it('leaves one that is closed already, and waits for a second person where it would leave nobody', async () => {
    const by = await as(house.app, 'security-officer')
    const last = await as(house.app, 'privacy-officer')
    const [gone, stays] = await nurses(2)
    if (gone === undefined || stays === undefined) throw new Error('nobody was made')
    const { workId } = await lockDown(by, [gone, last, stays])
    await changeVouched(house.app, 'user', eq(schema.users.id, gone.id), { status: 'deactivated' })
    await finishWork(house.app, workId)
    expect((await resultOf(workId)).result).toMatchObject({ lockedDown: 1, waiting: 1, left: 1 })
    expect(await statusOf(by, last.id)).toBe('active')
  })

  it('stops where whoever asked may not do it any more: what was done stays', async () => {
    const by = await as(house.app, 'security-officer')
    const other = await as(house.app, 'privacy-officer')
    const people = await nurses(2)
    const { workId } = await lockDown(by, people)
    await changeVouched(house.app, 'user', eq(schema.users.id, by.id), { status: 'suspended' })
    await finishWork(house.app, workId)
    expect(await resultOf(workId)).toMatchObject({ state: 'failed', failure: 'not-permitted' })
    for (const { id } of people) expect(await statusOf(other, id)).toBe('active')
  })

  it('is never of oneself, needs a fresh code and a reason, each person once, and people who are there', async () => {
    const [by, stale] = [
      await as(house.app, 'security-officer'),
      await as(house.app, 'security-officer', { factorAt: null }),
    ]
    const people = await nurses(1)
    expect(await refusalOf(lockDown(by, [...people, by]))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(lockDown(stale, people))).toBe('STEP_UP_REQUIRED')
    expect(await refusalOf(lockDown(by, [...people, ...people]))).toBe('INVALID_INPUT')
    expect(await refusalOf(lockDown(by, [{ id: newId() }]))).toBe('NOT_FOUND')
    expect(await refusalOf(lockDown(await as(house.app, 'nurse'), people))).toBe('FORBIDDEN')
  })

  it('whose people are changed behind the application’s back locks nobody down', async () => {
    const by = await as(house.app, 'security-officer')
    const [meant, other] = [await nurses(1), await nurses(1)]
    const { workId } = await lockDown(by, meant)
    const owner = house.database.open('chartward_owner', 1)
    await owner.sql`update lockdown_acts set people = ${other.map(({ id }) => id)}::uuid[]`
    await expect(finishWork(house.app, workId)).rejects.toMatchObject({ code: 'INTEGRITY' })
    for (const { id } of [...meant, ...other]) expect(await statusOf(by, id)).toBe('active')
  })
})

describe('a process that is killed while it locks many down', () => {
  let owner: Database
  let runners: Runners
  beforeEach(() => {
    owner = house.database.open('chartward_owner', 4)
    runners = runnersOf(house)
  })
  afterEach(() => runners.stop())

  it(
    'at any moment, again and again, leaves each person whole or untouched, and in the end locked down once',
    async () => {
      const random = seeded(20_261_130)
      const by = await as(house.app, 'security-officer')
      const ids: UserId[] = []
      const works: string[] = []
      for (let kills = 0; kills < KILLS; kills += 1) {
        const people = await nurses(8)
        ids.push(...people.map(({ id }) => id))
        const { workId } = await lockDown(by, people)
        works.push(workId)
        const child = runners.startChild()
        await expect.poll(async () => (await resultOf(workId)).state === 'waiting', PATIENT).toBe(false)
        await setTimeout(250 * random())
        await kill(child)
        await hoursPass(owner)
        await owner.sql`update pgboss.job set retry_count = 0 where name = 'do-work' and state = 'retry'`
        await wholeOrUntouched(ids)
      }
      await runners.start()
      for (const workId of works) {
        await expect
          .poll(async () => {
            await hoursPass(owner)
            return (await resultOf(workId)).state
          }, PATIENT)
          .toBe('done')
        expect((await resultOf(workId)).result).toMatchObject({ people: 8, lockedDown: 8 })
      }
      const started = await startedOf(ids)
      expect(started.map(({ resource }) => resource.id).sort()).toEqual(ids.toSorted())
      await wholeOrUntouched(ids)
    },
    KILLING_MS,
  )

  /** Of each person: suspended, with no session, one request and one entry; or none of it. */
  const wholeOrUntouched = async (ids: readonly string[]): Promise<void> => {
    const rows = await owner.sql<{ id: string; states: number[] }[]>`
      select u.id, array[(u.status = 'suspended')::integer,
        (select count(*)::integer from approvals a where a.subject_id = u.id and a.kind = 'lockdown'),
        (select count(*)::integer from sessions s where s.user_id = u.id and s.end_reason = 'lockdown'),
        (select count(*)::integer from audit_entries e
          where e.resource_id = u.id::text and e.action = 'user.lockdown.started'),
        (select count(*)::integer from notices n where n.user_id = u.id and n.word = 'locked-down')] as states
      from users u where u.id = any(${[...ids]}::uuid[])`
    for (const { states } of rows) expect(new Set(states).size).toBe(1)
  }
})

it('a request that names the act of another is not taken for done', async () => {
  const by = await as(house.app, 'security-officer')
  const people = await nurses(1)
  for (const { id } of people) await by.users.lockDown({ userId: id, reason })
  const { workId } = await lockDown(by, people)
  await finishWork(house.app, workId)
  expect((await resultOf(workId)).result).toMatchObject({ lockedDown: 0, left: 1 })
  const acts = await house.app.db.orm
    .select()
    .from(schema.approvals)
    .where(and(eq(schema.approvals.kind, 'lockdown'), sql`${schema.approvals.payload} ? 'act'`))
  expect(acts).toHaveLength(0)
})
