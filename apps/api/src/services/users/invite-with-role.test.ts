import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../../testing/test-app.ts'
import { callerOf, newBrowser, PASSWORD } from '../auth/testing/person.ts'
import { totpCode } from '../auth/totp.ts'
import { as } from './testing/person.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const reason = 'joins the team'
const newcomer = () => ({ email: `${newId()}@example.test`, displayName: 'Nora New' })
const lastEntry = async (action: Parameters<typeof auditEntries>[1]) =>
  (await auditEntries(t.app, action)).at(-1)
const isThere = async (email: string): Promise<boolean> => {
  const rows = await t.app.db.orm.select().from(schema.users).where(eq(schema.users.email, email))
  return rows.length > 0
}

/** Takes an account over by its link. */
const enrol = async (link: string | null) => {
  const invitationUrl = link ?? ''
  const browser = newBrowser(t.app)
  const token = invitationUrl.slice(invitationUrl.indexOf('#') + 1)
  await browser.caller.auth.acceptInvitation({ token, password: PASSWORD })
  const { secret } = await browser.caller.auth.startEnrolment()
  await browser.caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
  return callerOf(browser.context)
}
const permissionsOf = async (person: ReturnType<typeof callerOf>) => {
  const session = await person.auth.session()
  return session.stage === 'full' ? session.permissions : []
}
const NOTHING = [
  'home:summary:read',
  'self:account:read',
  'self:notice:read',
  'self:session:read',
  'self:session:end',
  'self:break-glass:read',
  'self:break-glass:end',
  'self:factor:read',
  'self:factor:change',
  'self:work:follow',
]

describe('an invitation with a role', () => {
  it('gives it at once where one person may, with an entry of its own and the decision for it', async () => {
    const administrator = await as(t.app, 'administrator')
    const endsAt = new Date(t.now.getTime() + 86_400_000)
    const invited = await administrator.users.invite({ ...newcomer(), role: 'nurse', reason, endsAt })
    expect(invited.role).toMatchObject({ outcome: 'granted' })
    const { assignments } = await administrator.users.get({ id: invited.id })
    expect(assignments).toMatchObject([
      { role: 'nurse', reason, endsAt: endsAt.toISOString(), grantedBy: { id: administrator.id } },
    ])
    const [made, asked] = [await lastEntry('user.invited'), await lastEntry('role.assignment.requested')]
    expect(made).toMatchObject({ statement: 'administrator/manage-accounts', resource: { id: invited.id } })
    expect(asked).toMatchObject({
      statement: 'administrator/manage-access',
      facts: { permission: 'access:assignment:request' },
      resource: { type: 'user', id: invited.id },
      requestId: made?.requestId,
      change: { before: null, after: { user: invited.id, role: 'nurse', outcome: 'granted' } },
    })
    expect(await permissionsOf(await enrol(invited.invitationUrl))).toContain('vault:patient:read')
  })

  it('of a privileged one is accepted without any access until a second person has agreed', async () => {
    const [first, second] = [await as(t.app, 'administrator'), await as(t.app, 'administrator')]
    const invited = await first.users.invite({ ...newcomer(), role: 'auditor', reason })
    const id = invited.role?.outcome === 'pending-approval' ? invited.role.approvalId : ''
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('CONFLICT')
    const person = await enrol(invited.invitationUrl)
    expect(await permissionsOf(person)).toEqual(NOTHING)
    expect(await refusalOf(first.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    await second.approvals.approve({ id })
    expect(await permissionsOf(person)).toContain('audit:entry:search')
  })

  it('is made whole or not at all', async () => {
    const administrator = await as(t.app, 'administrator')
    const late = { role: 'nurse', reason, endsAt: t.now }
    const none = { role: 'astronaut', reason }
    for (const [asked, refusal] of [
      [late, 'INVALID_INPUT'],
      [none, 'NOT_FOUND'],
    ] as const) {
      const somebody = newcomer()
      expect(await refusalOf(administrator.users.invite({ ...somebody, ...asked }))).toBe(refusal)
      expect(await isThere(somebody.email)).toBe(false)
    }
    const taken = newcomer()
    await administrator.users.invite(taken)
    const before = (await auditEntries(t.app, 'role.assignment.requested')).length
    expect(await refusalOf(administrator.users.invite({ ...taken, role: 'nurse', reason }))).toBe('CONFLICT')
    expect(await auditEntries(t.app, 'role.assignment.requested')).toHaveLength(before)
  })

  it('needs a reason for the role, and takes none without one', async () => {
    const administrator = await as(t.app, 'administrator')
    const call = (extra: { role?: string; reason?: string }) =>
      refusalOf(administrator.users.invite({ ...newcomer(), ...extra }))
    expect(await call({ role: 'nurse' })).toBe('INVALID_INPUT')
    expect(await call({ reason })).toBe('INVALID_INPUT')
  })

  it('is not made by whoever may not give roles any more by the time it is their turn', async () => {
    const { signedIn, userId } = await signInAs(t.app, 'administrator')
    const underWay = callerOf(requestBy(t.app, signedIn))
    await changeVouched(t.app, 'role-assignment', eq(schema.roleAssignments.userId, userId), {
      endsAt: new Date(t.now.getTime() - 1),
    })
    const somebody = newcomer()
    expect(await refusalOf(underWay.users.invite({ ...somebody, role: 'nurse', reason }))).toBe('FORBIDDEN')
    expect(await isThere(somebody.email)).toBe(false)
  })

  it('without one is as it was: an account without any role', async () => {
    const administrator = await as(t.app, 'administrator')
    const invited = await administrator.users.invite(newcomer())
    expect(invited.role).toBeNull()
    expect(await permissionsOf(await enrol(invited.invitationUrl))).toEqual(NOTHING)
  })
})
