import { afterAll, beforeAll, describe, expect, test as it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { callerOf, looking, wait } from '../auth/testing/person.ts'
import { initialiseAdministrators } from './initialise-administrators.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const REASON = 'joins the team'
const as = async (role: string | readonly string[], options: SignInOptions = {}) => {
  const { context, userId } = await signInAs(t.app, role, options)
  const { auth, users, approvals } = callerOf(context)
  return { id: userId, auth, users, approvals: looking(approvals) }
}
const lastEntry = async (action: Parameters<typeof auditEntries>[1]) =>
  (await auditEntries(t.app, action)).at(-1)

describe('a role assignment', () => {
  it('of a role that is not privileged is granted at once, with an entry of the request and one of the grant', async () => {
    const [administrator, nurse] = [await as('administrator'), await as([])]
    const asked = { userId: nurse.id, role: 'nurse', reason: REASON }
    const outcome = await administrator.users.assignRole(asked)
    expect(outcome).toMatchObject({ outcome: 'granted' })
    const user = await administrator.users.get({ id: nurse.id })
    expect(user.assignments).toMatchObject([
      { role: 'nurse', title: 'Nurse', reason: REASON, grantedBy: { id: administrator.id }, ended: false },
    ])
    expect(await lastEntry('role.assignment.requested')).toMatchObject({
      outcome: 'success',
      actor: { kind: 'user', id: administrator.id },
      resource: { type: 'user', id: nurse.id },
      statement: 'administrator/manage-access',
      change: { before: null, after: { role: 'nurse', outcome: 'granted' } },
    })
    expect(await lastEntry('role.assignment.granted')).toMatchObject({
      actor: { kind: 'user', id: administrator.id },
      resource: { type: 'role-assignment' },
      change: { before: null, after: { user: nurse.id, role: 'nurse', approval: null } },
    })
    expect(await refusalOf(administrator.users.assignRole(asked))).toBe('CONFLICT')
  })

  it('of a privileged role waits for a second person', async () => {
    const [administrator, user] = [await as('administrator'), await as([])]
    const asked = { userId: user.id, role: 'privacy-officer', reason: REASON }
    const outcome = await administrator.users.assignRole(asked)
    expect(outcome).toMatchObject({ outcome: 'pending-approval' })
    const { assignments, pending } = await administrator.users.get({ id: user.id })
    expect(assignments).toEqual([])
    expect(pending).toMatchObject([
      { detail: 'Role Privacy officer', kind: 'role-assignment', reason: REASON },
    ])
    expect(await refusalOf(administrator.users.assignRole(asked))).toBe('CONFLICT')
  })

  it('is never for oneself', async () => {
    const administrator = await as('administrator')
    for (const role of ['nurse', 'privacy-officer']) {
      const call = administrator.users.assignRole({ userId: administrator.id, role, reason: REASON })
      expect(await refusalOf(call)).toBe('FORBIDDEN')
    }
    expect(await lastEntry('role.assignment.requested')).toMatchObject({
      outcome: 'refused',
      reason: 'Nobody may do this for themselves.',
    })
  })

  it('needs a fresh factor and a role that exists, and an end that lies ahead', async () => {
    const [stale, fresh, user] = [
      await as('administrator', { factorAt: null }),
      await as('administrator'),
      await as([]),
    ]
    const asked = { userId: user.id, role: 'nurse', reason: REASON }
    expect(await refusalOf(stale.users.assignRole(asked))).toBe('STEP_UP_REQUIRED')
    expect(await refusalOf(fresh.users.assignRole({ ...asked, role: 'emperor' }))).toBe('NOT_FOUND')
    expect(await refusalOf(fresh.users.assignRole({ ...asked, role: 'constructor' }))).toBe('NOT_FOUND')
    expect(await refusalOf(fresh.users.assignRole({ ...asked, endsAt: t.now }))).toBe('INVALID_INPUT')
    expect(await refusalOf(fresh.users.assignRole({ ...asked, userId: newId() }))).toBe('NOT_FOUND')
    expect(await refusalOf(fresh.users.assignRole({ ...asked, userId: 'x' }))).toBe('INVALID_INPUT')
    expect((await fresh.users.get({ id: user.id })).assignments).toEqual([])
  })

  it('takes effect at the next request of a session that is open, and so does its end', async () => {
    const [administrator, other] = [await as('administrator'), await as([])]
    expect(await refusalOf(other.users.list({}))).toBe('FORBIDDEN')
    const outcome = await administrator.users.assignRole({ userId: other.id, role: 'nurse', reason: REASON })
    const roles = async () => {
      const session = await other.auth.session()
      return session.stage === 'full' ? session.roles.map(({ role }) => role) : null
    }
    expect(await roles()).toEqual(['nurse'])
    wait(t, 1000)
    const assignmentId = outcome.outcome === 'granted' ? outcome.assignmentId : ''
    await administrator.users.endAssignment({ assignmentId, reason: 'changes wards' })
    expect(await roles()).toEqual([])
    expect(await refusalOf(administrator.users.endAssignment({ assignmentId, reason: REASON }))).toBe(
      'CONFLICT',
    )
    const { assignments } = await administrator.users.get({ id: other.id })
    expect(assignments).toMatchObject([{ ended: true, endReason: 'changes wards' }])
    expect(await lastEntry('role.assignment.ended')).toMatchObject({
      actor: { kind: 'user', id: administrator.id },
      change: {
        before: { role: 'nurse', endsAt: null },
        after: { role: 'nurse', endsAt: t.now.toISOString() },
      },
    })
    expect(await lastEntry('role.assignment.end-requested')).toMatchObject({
      outcome: 'failure',
      reason: 'CONFLICT',
    })
  })

  it('with an end counts until then', async () => {
    const [administrator, user] = [await as('administrator'), await as([])]
    const endsAt = new Date(t.now.getTime() + 60_000)
    await administrator.users.assignRole({ userId: user.id, role: 'nurse', reason: REASON, endsAt })
    const count = async () => {
      const session = await user.auth.session()
      return session.stage === 'full' ? session.roles.length : null
    }
    expect(await count()).toBe(1)
    wait(t, 60_000)
    expect(await count()).toBe(0)
  })
})

describe('an account', () => {
  it('is invited once for an address, however it is written', async () => {
    const administrator = await as('administrator')
    const email = `${newId()}@example.test`
    await administrator.users.invite({ email, displayName: 'Ada Bee' })
    const again = administrator.users.invite({ email: email.toUpperCase(), displayName: 'Ada Bee' })
    expect(await refusalOf(again)).toBe('CONFLICT')
    expect(await lastEntry('user.invited')).toMatchObject({ outcome: 'failure', reason: 'CONFLICT' })
  })

  it('that is active can not be invited anew', async () => {
    const [administrator, user] = [await as('administrator'), await as('nurse')]
    expect(await refusalOf(administrator.users.reinvite({ id: user.id }))).toBe('CONFLICT')
  })

  describe('invited anew', () => {
    const invited = async () => {
      const [first, second] = [await as('administrator'), await as('administrator')]
      const email = `${newId()}@example.test`
      const { id } = await first.users.invite({ email, displayName: 'Ada Bee' })
      return { first, second, id }
    }
    const asked = (userId: string, role: string) => ({ userId, role, reason: REASON })

    it('says in its entry to whom the link was shown', async () => {
      const { first, second, id } = await invited()
      expect(await lastEntry('user.invited')).toMatchObject({
        resource: { id },
        change: { after: { linkShownTo: first.id } },
      })
      await second.users.reinvite({ id })
      expect(await lastEntry('user.invited')).toMatchObject({
        resource: { id },
        change: { after: { linkShownTo: second.id } },
      })
    })

    it('loses what waits for a second person: it can be approved no more, and the entry names it', async () => {
      const { first, second, id } = await invited()
      const request = await first.users.assignRole(asked(id, 'privacy-officer'))
      const approvalId = request.outcome === 'pending-approval' ? request.approvalId : ''
      await first.users.reinvite({ id })
      expect(await lastEntry('user.invited')).toMatchObject({
        resource: { id },
        change: { after: { withdrawn: [approvalId] } },
      })
      expect(await refusalOf(second.approvals.approve({ id: approvalId }))).toBe('EXPIRED')
      expect((await first.users.get({ id })).pending).toEqual([])
      expect(await first.users.assignRole(asked(id, 'privacy-officer'))).toMatchObject({
        outcome: 'pending-approval',
      })
    })

    it('is refused for whoever holds a privileged role: one person would see the link to it', async () => {
      const own = await createTestApp()
      try {
        const people = [
          { email: 'ada@example.test', displayName: 'Ada Bee' },
          { email: 'grace@example.test', displayName: 'Grace Cee' },
        ] as const
        await initialiseAdministrators(own.app, people)
        const [first, second] = [
          callerOf((await signInAs(own.app, 'administrator')).context),
          callerOf((await signInAs(own.app, 'privacy-officer')).context),
        ]
        const { items } = await first.users.list({ text: 'grace' })
        const id = items[0]?.id ?? ''
        expect(await refusalOf(first.users.reinvite({ id }))).toBe('CONFLICT')
        const [held] = (await first.users.get({ id })).assignments
        expect(held).toMatchObject({ ended: false })
        wait(own, 1000)
        const end = await first.users.endAssignment({ assignmentId: held?.id ?? '', reason: REASON })
        await looking(second.approvals).approve({
          id: end.outcome === 'pending-approval' ? end.approvalId : '',
        })
        expect(await first.users.reinvite({ id })).toMatchObject({ id })
      } finally {
        await own.stop()
      }
    })
  })

  it('that is deactivated is signed out at its next request, and stays so', async () => {
    const [administrator, user] = [await as('administrator'), await as('nurse')]
    expect((await user.auth.session()).stage).toBe('full')
    await administrator.users.deactivate({ id: user.id, reason: 'has left' })
    expect(await user.auth.session()).toEqual({ stage: 'none', mail: false })
    expect(await lastEntry('user.deactivated')).toMatchObject({
      resource: { type: 'user', id: user.id },
      change: { before: { status: 'active' }, after: { status: 'deactivated' } },
      count: 1,
    })
    const { status, sessions } = await administrator.users.get({ id: user.id })
    expect(status).toBe('deactivated')
    expect(sessions).toMatchObject([{ endReason: 'deactivated', endedAt: t.now.toISOString() }])
    expect(await refusalOf(administrator.users.deactivate({ id: user.id, reason: REASON }))).toBe('CONFLICT')
    const grant = administrator.users.assignRole({ userId: user.id, role: 'nurse', reason: REASON })
    expect(await refusalOf(grant)).toBe('CONFLICT')
  })

  it('is not deactivated by its owner, nor is a role ended by whoever holds it', async () => {
    const administrator = await as('administrator')
    const self = administrator.users.deactivate({ id: administrator.id, reason: REASON })
    expect(await refusalOf(self)).toBe('SECOND_PERSON_REQUIRED')
    const [held] = (await administrator.users.get({ id: administrator.id })).assignments
    const own = administrator.users.endAssignment({ assignmentId: held?.id ?? '', reason: REASON })
    expect(await refusalOf(own)).toBe('SECOND_PERSON_REQUIRED')
  })

  it('keeps its reason out of the searchable log, sealed beside it', async () => {
    const [administrator, user] = [await as('administrator'), await as('nurse')]
    await administrator.users.deactivate({ id: user.id, reason: 'a story that nobody else need read' })
    const entry = await lastEntry('user.deactivated')
    expect(JSON.stringify(entry)).not.toContain('a story')
    expect(entry?.noteHash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the list of users', () => {
  it('pages through everyone once, newest first, and filters', async () => {
    const administrator = await as('administrator')
    const mark = newId().slice(-8)
    const made: string[] = []
    for (let i = 0; i < 5; i += 1) {
      made.push((await as(i === 0 ? 'billing' : 'nurse', { displayName: `Lee_${mark} ${i}` })).id)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await administrator.users.list({
        text: `lee_${mark}`,
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual([...made].reverse())
    const billing = await administrator.users.list({ text: mark, role: 'billing' })
    expect(billing.items).toMatchObject([
      { id: made[0], roles: [{ role: 'billing', title: 'Billing clerk' }], mfa: true },
    ])
    expect((await administrator.users.list({ text: `lee%${mark}` })).items).toEqual([])
    expect((await administrator.users.list({ text: mark, status: 'invited' })).items).toEqual([])
    expect((await administrator.users.list({})).counts.status.active).toBeGreaterThanOrEqual(6)
  })

  it('comes by name, by status or by when somebody was last seen, each account once, both ways', async () => {
    const administrator = await as('administrator')
    const mark = newId().slice(-8)
    for (const name of ['Ödön', 'alma', 'Zita', 'Bo', 'Ágnes']) {
      await as('nurse', { displayName: `${name} ${mark}` })
    }
    const all = async (sort: 'user' | '-user' | 'seen' | '-seen' | 'status') => {
      const names: string[] = []
      let cursor: string | null | undefined
      while (cursor !== null) {
        const page = await administrator.users.list({ text: mark, sort, limit: 2, ...(cursor && { cursor }) })
        expect(page.total).toBe(5)
        names.push(...page.items.map(({ displayName }) => displayName.split(' ')[0] ?? ''))
        cursor = page.nextCursor
      }
      return names
    }
    expect(await all('user')).toEqual(['Ágnes', 'alma', 'Bo', 'Ödön', 'Zita'])
    expect(await all('-user')).toEqual(['Zita', 'Ödön', 'Bo', 'alma', 'Ágnes'])
    for (const sort of ['seen', '-seen', 'status'] as const)
      expect((await all(sort)).toSorted()).toEqual((await all('user')).toSorted())
  })

  it('says beside each choice how many it gives, with the other filters as they are', async () => {
    const administrator = await as('administrator')
    const mark = newId().slice(-8)
    await as('nurse', { displayName: `One ${mark}` })
    await as('billing', { displayName: `Two ${mark}` })
    await administrator.users.invite({ email: `three-${mark}@example.test`, displayName: `Three ${mark}` })
    const { counts, total } = await administrator.users.list({ text: mark, status: 'active' })
    expect(total).toBe(2)
    expect(counts).toMatchObject({
      status: { active: 2, invited: 1 },
      role: { nurse: 1, billing: 1 },
      factor: { enrolled: 2 },
    })
    const list = (more: object) => administrator.users.list({ text: mark, ...more })
    const numbers = await administrator.users.list({ text: mark })
    for (const [facet, words] of Object.entries(numbers.counts))
      for (const [word, expected] of Object.entries(words))
        expect([facet, word, (await list({ [facet]: word })).total]).toEqual([facet, word, expected])
    expect((await list({ factor: 'missing', seen: 'never' })).items).toMatchObject([
      { displayName: `Three ${mark}`, mfa: false, lastSeenAt: null },
    ])
  })

  it('is read under an entry that says how many were shown', async () => {
    const administrator = await as('administrator')
    const { items } = await administrator.users.list({ limit: 3 })
    expect(await lastEntry('user.listed')).toMatchObject({ outcome: 'success', count: items.length })
  })

  it('names the roles there are, and which need a second person', async () => {
    const administrator = await as('administrator')
    const roles = await administrator.users.roles()
    expect(roles.every(({ description }) => description !== '')).toBe(true)
    expect(roles.filter(({ privileged }) => privileged).map(({ name }) => name)).toEqual([
      'administrator',
      'privacy-officer',
      'security-officer',
      'billing',
      'auditor',
    ])
  })

  it('says what each role permits, and of which patients', async () => {
    const administrator = await as('administrator')
    const roles = new Map((await administrator.users.rolePermits({})).map((role) => [role.name, role]))
    const { permits = [], sees = [], labels } = roles.get('clinician') ?? {}
    expect(permits).toContainEqual({ what: 'Open a patient', patients: 'care', stepUp: false })
    expect(sees.find(({ fieldClass }) => fieldClass === 'clinical')?.clear).toBeGreaterThan(100)
    expect(sees.some(({ fieldClass }) => fieldClass === 'billing')).toBe(false)
    expect(labels).toContain('Mental health')
    expect(labels).not.toContain('Psychotherapy notes')
    expect(roles.get('administrator')).toMatchObject({ sees: [], labels: [] })
    expect(roles.get('administrator')?.permits).toContainEqual(
      expect.objectContaining({ what: 'Invite a user', patients: null, stepUp: true }),
    )
  })
})

it.each(['clinician', 'nurse', 'billing', 'analyst', 'privacy-officer', 'security-officer', 'auditor'])(
  'the role %s manages no account, and each try is in the log',
  async (role) => {
    const [person, user] = [await as(role), await as([])]
    const [id, reason] = [user.id, REASON]
    const calls = {
      'user.invited': () => person.users.invite({ email: `${newId()}@example.test`, displayName: 'X' }),
      'user.deactivation.requested': () => person.users.deactivate({ id, reason }),
      'role.assignment.requested': () => person.users.assignRole({ userId: id, role: 'nurse', reason }),
      'user.reactivation.requested': () => person.users.reactivate({ userId: id, reason }),
      'role.assignment.end-requested': () => person.users.endAssignment({ assignmentId: newId(), reason }),
      'user.practitioner.link-requested': () =>
        person.users.requestPractitionerLink({ userId: id, npi: '1234567893', reason }),
    } as const
    for (const [action, call] of Object.entries(calls)) {
      expect(await refusalOf(call()), action).toBe('FORBIDDEN')
      const refused = (await auditEntries(t.app)).at(-1)
      expect(refused).toMatchObject({ action, outcome: 'refused', actor: { kind: 'user', id: person.id } })
    }
  },
)

it('a user who does not exist, or an id that is none, is a clear error', async () => {
  const administrator = await as('administrator')
  expect(await refusalOf(administrator.users.get({ id: newId() }))).toBe('NOT_FOUND')
  expect(await refusalOf(administrator.users.get({ id: '1; drop table users' }))).toBe('INVALID_INPUT')
  const extra = { id: newId(), all: true }
  expect(await refusalOf(administrator.users.get(extra))).toBe('INVALID_INPUT')
})
