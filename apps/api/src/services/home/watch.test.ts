import type { Outcome } from '@chartward/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SequencerContext } from '../../sequencer/context.ts'
import { appendEntries, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { auditRouter } from '../audit/router.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { sessionsRouter } from '../sessions/router.ts'
import { usersRouter } from '../users/router.ts'
import { finishWork } from '../works/testing/finish-work.ts'
import { homeRouter } from './router.ts'

let t: TestApp
let sequencer: SequencerContext

const callerFor = createCallerFactory(
  router({ home: homeRouter, audit: auditRouter, users: usersRouter, sessions: sessionsRouter }),
)
const as = async (role: string) => {
  const { userId, context } = await signInAs(t.app, role)
  const { home, audit, users, sessions } = callerFor(context)
  return { id: userId, home, audit, users, sessions }
}
type Person = Awaited<ReturnType<typeof as>>

beforeAll(async () => {
  t = await createTestHouse()
  sequencer = sequencerOf(t)
})
afterAll(() => t.stop())

const HOUR_MS = 3_600_000
const at = (date: Date) => `${date.toISOString().slice(0, -1)}000Z`
const ago = (ms: number) => at(new Date(t.now.getTime() - ms))
const MINUTE_MS = 60_000
/** The beginning of an hour, some hours ago. */
const hourAgo = (hours: number) =>
  new Date((Math.floor(Date.now() / HOUR_MS) - hours) * HOUR_MS).toISOString()
const since = hourAgo(34)

/** How many entries the list has that a figure leads to, page by page. */
const listed = async (
  { audit }: Person,
  filter: Parameters<Person['audit']['search']>[0],
): Promise<number> => {
  let length = 0
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await audit.search({ ...filter, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    length += page.items.length
    cursor = page.nextCursor
  }
  return length
}

const fail = (count: number, when: string, outcome: Outcome = 'failure') =>
  appendEntries(t, count, {
    action: 'auth.sign-in.password',
    actor: { kind: 'anonymous' },
    outcome,
    at: at(new Date(when)),
  })

describe('the figures of a security officer', () => {
  it('are those of the lists that they lead to', async () => {
    const officer = await as('security-officer')
    await as('auditor')
    const [administrator, nurse] = [await as('administrator'), await as('nurse')]
    await administrator.users.lockDown({ userId: nurse.id, reason: 'a lost tablet' })
    await fail(1, ago(36 * HOUR_MS))
    await fail(5, ago(2 * HOUR_MS))
    await fail(5, ago(HOUR_MS), 'refused')
    await appendEntries(t, 2, { action: 'auth.lockout', outcome: 'refused', at: ago(HOUR_MS) })
    await sequenceAll(sequencer)
    const figures = await officer.home.security({ since })
    expect(figures).toMatchObject({ lockdowns: 1, lockouts: 2, failedSignIns: 5 })
    expect(figures.failedSignIns).toBe(
      await listed(officer, { text: 'sign in', outcome: 'failure', from: since }),
    )
    expect(figures.lockouts).toBe(await listed(officer, { action: 'auth.lockout', from: since }))
    expect(figures.lockdowns).toBe((await officer.users.list({ status: 'suspended' })).total)
    expect(figures.sessionsOpen).toBe((await officer.sessions.list({})).total)
    expect(figures.privileged.map(({ title }) => title)).toEqual([
      'Administrator',
      'Privacy officer',
      'Security officer',
      'Billing clerk',
      'Auditor',
    ])
    for (const { role, people } of figures.privileged)
      expect([role, people]).toEqual([role, (await officer.users.list({ role })).total])
  })

  it('count from the very moment on that their list begins with, also within an hour', async () => {
    const officer = await as('security-officer')
    await fail(2, ago(20 * MINUTE_MS))
    await fail(3, ago(5 * MINUTE_MS))
    await sequenceAll(sequencer)
    const from = new Date(t.now.getTime() - 10 * MINUTE_MS).toISOString()
    const { failedSignIns } = await officer.home.security({ since: from })
    expect(failedSignIns).toBe(3)
    expect(await listed(officer, { text: 'sign in', outcome: 'failure', from })).toBe(3)
  })

  it('show failed sign-ins by the hour, beside the same hours a week before', async () => {
    const officer = await as('security-officer')
    const before = await officer.home.security({ since })
    const hour = hourAgo(30)
    await fail(4, hour)
    await fail(7, new Date(Date.parse(hour) - 7 * 24 * HOUR_MS).toISOString())
    await sequenceAll(sequencer)
    const after = await officer.home.security({ since })
    const of = ({ hours }: typeof after) => hours.find((one) => one.at === hour)
    expect([of(before), of(after)]).toEqual([
      { at: hour, failed: 0, before: 0 },
      { at: hour, failed: 4, before: 7 },
    ])
    expect(after.hours).toHaveLength(35)
  })

  it('name each key in force and when it was made, and nothing of the key', async () => {
    const { keys } = await (await as('security-officer')).home.security({ since })
    expect(keys.map(({ purpose }) => purpose)).toEqual(
      expect.arrayContaining(['kek', 'tokens', 'audit-notes']),
    )
    expect(Object.keys(keys[0] ?? {})).toEqual(['purpose', 'madeAt'])
  })
})

describe('the figures of an auditor', () => {
  it('are those of the lists that they lead to, each category and each thing done', async () => {
    const auditor = await as('auditor')
    const actor = { kind: 'user', id: auditor.id } as const
    await appendEntries(t, 2, { action: 'audit.exported', actor, at: ago(HOUR_MS) })
    await appendEntries(t, 1, { action: 'audit.exported', actor, outcome: 'asked', at: ago(HOUR_MS) })
    await appendEntries(t, 1, { action: 'audit.exported', actor, at: ago(40 * HOUR_MS) })
    await sequenceAll(sequencer)
    const { categories, done } = await auditor.home.log({ since })
    expect(done.find(({ action }) => action === 'audit.exported')?.count).toBe(2)
    for (const { action, count } of done)
      expect([action, count]).toEqual([
        action,
        await listed(auditor, { action: action as 'audit.exported', outcome: 'success', from: since }),
      ])
    // Looking is logged too: what is read meanwhile is no part of the comparison.
    for (const { category, count } of categories.filter(
      ({ category: one }) => one !== 'audit' && one !== 'home',
    ))
      expect([category, count]).toEqual([category, await listed(auditor, { category, from: since })])
    expect(categories.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0)
  })

  it('say how large the log is, when it was last signed and checked, by whom, and what that found', async () => {
    const auditor = await as('auditor')
    expect((await auditor.home.log({ since })).lastCheck).toBeNull()
    const { workId } = await auditor.audit.askCheck()
    await finishWork(t.app, workId)
    const { problemCount } = await auditor.audit.check({ id: workId })
    await sequenceAll(sequencer)
    const { head, lastCheck, missing, quarantined } = await auditor.home.log({ since })
    expect(lastCheck).toMatchObject({ by: expect.stringContaining('auditor'), findings: problemCount })
    expect(head.size).toBeGreaterThan(0)
    expect([missing, quarantined]).toEqual([0, 0])
  })

  it('name no check that somebody has put into the database', async () => {
    const auditor = await as('auditor')
    const { workId } = await auditor.audit.askCheck()
    await finishWork(t.app, workId)
    const { lastCheck } = await auditor.home.log({ since })
    const owner = t.database.open('chartward_owner', 1)
    // As the real one, but for what was found; the application has no MAC of it.
    const put = await owner.sql`
      insert into audit_entries select (jsonb_populate_record(e, jsonb_build_object('id', uuidv7(), 'bytes',
        '\\x' || encode(convert_to(regexp_replace(convert_from(bytes, 'UTF8'), '"count":[0-9]+', '"count":77'), 'UTF8'), 'hex')))).*
      from audit_entries e where action = 'audit.verified' returning id`
    expect(put.length).toBeGreaterThan(0)
    expect(lastCheck).not.toBeNull()
    expect((await auditor.home.log({ since })).lastCheck).toEqual(lastCheck)
  })
})

it('nobody else sees them', async () => {
  for (const role of ['administrator', 'privacy-officer', 'clinician', 'analyst', 'auditor']) {
    const { home } = await as(role)
    expect([role, await refusalOf(home.security({ since }))]).toEqual([role, 'FORBIDDEN'])
    if (role !== 'auditor') expect([role, await refusalOf(home.log({ since }))]).toEqual([role, 'FORBIDDEN'])
  }
})
