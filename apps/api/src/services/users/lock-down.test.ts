import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { afterPassword, fullySignedIn, newPerson } from '../auth/testing/person.ts'
import { as, endAllRoles, type Somebody, waitingOf } from './testing/person.ts'

let t: TestApp
const reason = 'a stolen laptop'

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())
afterEach(async () => {
  await endAllRoles(t)
  await changeVouched(t.app, 'approval', eq(schema.approvals.status, 'pending'), { status: 'expired' })
})

const statusOf = async (by: Somebody, id: string) => (await by.users.get({ id })).status
const lockDown = async (by: Somebody, userId: string): Promise<string> => {
  const { outcome, approvalId } = await by.users.lockDown({ userId, reason })
  expect(outcome).toBe('locked-down')
  return approvalId
}

describe('a lockdown', () => {
  it.each(['administrator', 'privacy-officer', 'security-officer'])(
    'by a %s ends the sessions at once, and nobody signs in',
    async (role) => {
      const by = await as(t.app, role)
      const person = await newPerson(t.app)
      const { caller } = await fullySignedIn(t.app, person)
      expect((await caller.auth.session()).stage).toBe('full')
      await lockDown(by, person.id)
      expect(await caller.auth.session()).toEqual({ stage: 'none', mail: false })
      expect(await refusalOf(afterPassword(t.app, person))).toBe('WRONG_CREDENTIALS')
      expect(await statusOf(by, person.id)).toBe('suspended')
      expect((await auditEntries(t.app, 'user.lockdown.started')).at(-1)).toMatchObject({
        actor: { kind: 'user', id: by.id },
        resource: { id: person.id },
        change: { before: { status: 'active' }, after: { status: 'suspended' } },
        count: 1,
      })
    },
  )

  it('needs a fresh factor, and is never of oneself', async () => {
    const [stale, own, user] = [
      await as(t.app, 'security-officer', { factorAt: null }),
      await as(t.app, 'security-officer'),
      await as(t.app, 'nurse'),
    ]
    expect(await refusalOf(stale.users.lockDown({ userId: user.id, reason }))).toBe('STEP_UP_REQUIRED')
    expect(await refusalOf(own.users.lockDown({ userId: own.id, reason }))).toBe('FORBIDDEN')
  })

  it('ends a session that the database still has, whatever its token', async () => {
    const user = await as(t.app, 'nurse')
    await changeVouched(t.app, 'user', eq(schema.users.id, user.id), { status: 'suspended' })
    expect(await user.auth.session()).toEqual({ stage: 'none', mail: false })
  })

  it('is lifted by somebody else than who began it, and then all is as it was', async () => {
    const [by, other] = [await as(t.app, 'security-officer'), await as(t.app, 'privacy-officer')]
    const person = await newPerson(t.app)
    const id = await lockDown(by, person.id)
    expect(await refusalOf(by.approvals.reject({ id, reason }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(by.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    await other.approvals.reject({ id, reason: 'it was found' })
    expect(await statusOf(by, person.id)).toBe('active')
    await afterPassword(t.app, person)
    expect((await auditEntries(t.app, 'user.lockdown.lifted')).at(-1)).toMatchObject({
      actor: { id: other.id },
      resource: { id: person.id },
    })
  })

  it('that is confirmed stands, and is undone by two', async () => {
    const [by, other] = [await as(t.app, 'administrator'), await as(t.app, 'privacy-officer')]
    const user = await as(t.app, 'nurse')
    const id = await lockDown(by, user.id)
    await other.approvals.approve({ id })
    expect(await statusOf(by, user.id)).toBe('suspended')
    expect((await auditEntries(t.app, 'user.lockdown.confirmed')).at(-1)).toMatchObject({
      actor: { id: other.id },
      resource: { id: user.id },
    })
    await other.approvals.approve({ id: await waitingOf(by.users.reactivate({ userId: user.id, reason })) })
    expect(await statusOf(by, user.id)).toBe('invited')
  })

  it('waits to be looked at for as long as it takes', async () => {
    const [by, other] = [await as(t.app, 'security-officer'), await as(t.app, 'administrator')]
    const user = await as(t.app, 'nurse')
    const id = await lockDown(by, user.id)
    const [item] = (await other.approvals.list({ status: 'pending' })).items.filter((one) => one.id === id)
    expect(new Date(item?.expiresAt ?? 0).getTime()).toBeGreaterThan(t.now.getTime() + 10 * 365 * 86_400_000)
  })

  it('of somebody to whom a role was to be given leaves the request unapproved', async () => {
    const [first, second, user] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'nurse'),
    ]
    const id = await waitingOf(first.users.assignRole({ userId: user.id, role: 'auditor', reason }))
    await lockDown(second, user.id)
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('CONFLICT')
  })
})

describe('whoever locks a privileged person down', () => {
  it('neither asks for nor decides on privileged acts until somebody else has looked', async () => {
    const [by, first, second, user] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'nurse'),
    ]
    const waiting = await waitingOf(first.users.assignRole({ userId: user.id, role: 'auditor', reason }))
    const lockdown = await lockDown(by, second.id)
    const refused = 'SECOND_PERSON_REQUIRED'
    const asked = { userId: user.id, role: 'billing', reason }
    expect(await refusalOf(by.users.assignRole(asked))).toBe(refused)
    expect(await refusalOf(by.users.lockDown({ userId: first.id, reason }))).toBe(refused)
    expect(await refusalOf(by.approvals.approve({ id: waiting }))).toBe(refused)
    expect(await refusalOf(by.approvals.reject({ id: waiting, reason }))).toBe(refused)
    await first.approvals.reject({ id: lockdown, reason })
    expect(await waitingOf(by.users.assignRole(asked))).not.toBe('')
    await by.approvals.approve({ id: waiting })
  })

  it('is not bound by the lockdown of somebody who is not privileged', async () => {
    const [by, user] = [await as(t.app, 'administrator'), await as(t.app, 'nurse')]
    await lockDown(by, user.id)
    const other = await as(t.app, [])
    await waitingOf(by.users.assignRole({ userId: other.id, role: 'auditor', reason }))
  })

  it('does it alone neither to the last other administrator nor to the last privacy officer', async () => {
    const [first, second, officer] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'privacy-officer'),
    ]
    const id = await waitingOf(first.users.lockDown({ userId: second.id, reason }))
    await waitingOf(first.users.lockDown({ userId: officer.id, reason }))
    expect(await statusOf(first, second.id)).toBe('active')
    expect(await refusalOf(first.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    await officer.approvals.approve({ id })
    expect(await statusOf(first, second.id)).toBe('suspended')
    expect(await second.auth.session()).toEqual({ stage: 'none', mail: false })
  })

  it('of two who do it to each other at the same moment one does', async () => {
    const [a, b] = [await as(t.app, 'administrator'), await as(t.app, 'administrator')]
    const third = await as(t.app, 'administrator')
    const outcomes = await Promise.allSettled([
      a.users.lockDown({ userId: b.id, reason }),
      b.users.lockDown({ userId: a.id, reason }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const statuses = await Promise.all([a, b].map(({ id }) => statusOf(third, id)))
    expect(statuses).toContain('active')
  })
})
