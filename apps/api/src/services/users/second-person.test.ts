import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { callerOf, newBrowser, PASSWORD, wait } from '../auth/testing/person.ts'
import { totpCode } from '../auth/totp.ts'
import { as, endAllRoles, type Somebody, waitingOf } from './testing/person.ts'

let t: TestApp
const reason = 'for a test'

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

/** Each test counts the people of its own: those of the one before lose what they held. */
afterEach(async () => {
  await endAllRoles(t)
})

const askFor = (by: Somebody, userId: string, role = 'auditor') =>
  waitingOf(by.users.assignRole({ userId, role, reason }))
const statusOf = async (by: Somebody, id: string) => (await by.users.get({ id })).status
const heldBy = async (by: Somebody, id: string) =>
  (await by.users.get({ id })).assignments.filter(({ ended }) => !ended).map(({ role }) => role)

/** Takes an account over by its link, as whoever has the link can. */
const enrol = async (link: string | null) => {
  const invitationUrl = link ?? ''
  const browser = newBrowser(t.app)
  const token = invitationUrl.slice(invitationUrl.indexOf('#') + 1)
  await browser.caller.auth.acceptInvitation({ token, password: PASSWORD })
  const { secret } = await browser.caller.auth.startEnrolment()
  await browser.caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
  return callerOf(browser.context)
}

describe('the second person', () => {
  it.each(['privacy-officer', 'security-officer'])('may be a %s', async (role) => {
    const [first, officer, user] = [
      await as(t.app, 'administrator'),
      await as(t.app, role),
      await as(t.app, []),
    ]
    const id = await askFor(first, user.id)
    expect((await officer.approvals.list({})).items.some((item) => item.id === id)).toBe(true)
    await officer.approvals.approve({ id })
    expect(await heldBy(first, user.id)).toEqual(['auditor'])
  })

  it('is never the subject', async () => {
    const [first, officer] = [await as(t.app, 'administrator'), await as(t.app, 'security-officer')]
    const id = await askFor(first, officer.id)
    expect(await refusalOf(officer.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    const end = await waitingOf(first.users.endAssignment({ assignmentId: officer.assignmentId, reason }))
    expect(await refusalOf(officer.approvals.reject({ id: end, reason }))).toBe('SECOND_PERSON_REQUIRED')
  })

  it('approves for nobody who has not enrolled: the request waits, and the link alone gets nothing', async () => {
    const [first, second] = [await as(t.app, 'administrator'), await as(t.app, 'administrator')]
    const email = `${newId()}@example.test`
    const { id: userId, invitationUrl } = await first.users.invite({ email, displayName: 'Ada Bee' })
    const id = await askFor(first, userId, 'administrator')
    const { terms } = await second.approvals.get({ id })
    expect(terms.subject).toMatchObject({ id: userId, invitedBy: { id: first.id }, enrolled: false })
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('CONFLICT')
    expect(await heldBy(second, userId)).toEqual([])
    await enrol(invitationUrl)
    const { terms: now } = await second.approvals.get({ id })
    expect(now.subject).toMatchObject({ invitedBy: { id: first.id }, enrolled: true })
    await second.approvals.approve({ id })
    expect(await heldBy(second, userId)).toEqual(['administrator'])
  })

  it('approves nothing of somebody who may not ask for it any more', async () => {
    const [first, second, third, user] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, []),
    ]
    const id = await askFor(first, user.id)
    wait(t, 1000)
    const end = await waitingOf(second.users.endAssignment({ assignmentId: first.assignmentId, reason }))
    await third.approvals.approve({ id: end })
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('CONFLICT')
    expect(await heldBy(second, user.id)).toEqual([])
    await second.approvals.reject({ id, reason })
  })

  it('decides only while they may themselves, whatever their session was told', async () => {
    const [first, second, user] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, []),
    ]
    const id = await askFor(first, user.id)
    // As if the role had ended between the guard's look and the verb's.
    await changeVouched(t.app, 'factor', eq(schema.totpFactors.userId, second.id), { disabled: true })
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('FORBIDDEN')
    expect(await refusalOf(second.approvals.reject({ id, reason }))).toBe('FORBIDDEN')
    expect(await heldBy(first, user.id)).toEqual([])
  })
})

describe('ending what a privileged person has', () => {
  it('waits for a second person, and is done when they approve', async () => {
    const [first, second, user] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'privacy-officer'),
      await as(t.app, 'auditor'),
    ]
    wait(t, 1000)
    const id = await waitingOf(first.users.endAssignment({ assignmentId: user.assignmentId, reason }))
    expect(await heldBy(first, user.id)).toEqual(['auditor'])
    expect(await refusalOf(first.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    const shown = (await second.approvals.list({})).items.find((item) => item.id === id)
    expect(shown).toMatchObject({ kind: 'role-end', detail: 'End of the role Auditor', reason })
    await second.approvals.approve({ id })
    expect(await heldBy(first, user.id)).toEqual([])
    const [ended] = (await first.users.get({ id: user.id })).assignments
    expect(ended).toMatchObject({ ended: true, endReason: reason })
    expect((await auditEntries(t.app, 'role.assignment.ended')).at(-1)).toMatchObject({
      actor: { kind: 'user', id: second.id },
      change: { after: { user: user.id, role: 'auditor' } },
    })
  })

  it('takes two for a deactivation too, and two for what undoes it', async () => {
    const [first, second, user] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, ['auditor', 'nurse']),
    ]
    const closing = await waitingOf(first.users.deactivate({ id: user.id, reason }))
    expect(await statusOf(first, user.id)).toBe('active')
    await second.approvals.approve({ id: closing })
    expect(await statusOf(first, user.id)).toBe('deactivated')
    expect(await user.auth.session()).toEqual({ stage: 'none', mail: false })
    expect((await auditEntries(t.app, 'user.deactivated')).at(-1)).toMatchObject({
      actor: { id: second.id },
      resource: { id: user.id },
    })
    wait(t, 1000)
    const opening = await waitingOf(first.users.reactivate({ userId: user.id, reason }))
    expect(await refusalOf(first.approvals.approve({ id: opening }))).toBe('SECOND_PERSON_REQUIRED')
    await second.approvals.approve({ id: opening })
    expect(await statusOf(first, user.id)).toBe('invited')
    expect(await heldBy(first, user.id)).toEqual([])
    const { invitationUrl } = await first.users.reinvite({ id: user.id })
    const back = await enrol(invitationUrl)
    expect(await back.auth.session()).toMatchObject({ stage: 'full', roles: [] })
  })

  it('opens no account that is open, and none by one person', async () => {
    const [first, user] = [await as(t.app, 'administrator'), await as(t.app, 'nurse')]
    expect(await refusalOf(first.users.reactivate({ userId: user.id, reason }))).toBe('CONFLICT')
    expect(await refusalOf(first.users.reactivate({ userId: first.id, reason }))).toBe('FORBIDDEN')
  })
})

describe('the floors', () => {
  it('keep two administrators who can sign in, whoever asks and whoever approves', async () => {
    const [first, second, officer] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'privacy-officer'),
    ]
    const end = first.users.endAssignment({ assignmentId: second.assignmentId, reason })
    expect(await refusalOf(end)).toBe('CONFLICT')
    expect(await refusalOf(first.users.deactivate({ id: second.id, reason }))).toBe('CONFLICT')
    expect(await refusalOf(first.users.deactivate({ id: officer.id, reason }))).toBe('CONFLICT')
    expect(await heldBy(first, second.id)).toEqual(['administrator'])
  })

  it('count no role that will end, and no account that is not enrolled', async () => {
    const [first, second] = [await as(t.app, 'administrator'), await as(t.app, 'administrator')]
    await as(t.app, 'administrator', { endsAt: new Date(t.now.getTime() + 60_000) })
    const unenrolled = await as(t.app, 'administrator')
    await changeVouched(t.app, 'factor', eq(schema.totpFactors.userId, unenrolled.id), { disabled: true })
    expect(await refusalOf(first.users.deactivate({ id: second.id, reason }))).toBe('CONFLICT')
  })

  it('hold when requests that each leave enough are approved at the same moment', async () => {
    const [a, b, c, officer, other] = [
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'administrator'),
      await as(t.app, 'privacy-officer'),
      await as(t.app, 'security-officer'),
    ]
    const [first, second] = [
      await waitingOf(c.users.deactivate({ id: a.id, reason })),
      await waitingOf(c.users.endAssignment({ assignmentId: b.assignmentId, reason })),
    ]
    wait(t, 1000)
    const outcomes = await Promise.allSettled([
      officer.approvals.approve({ id: first }),
      other.approvals.approve({ id: second }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
