import { schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test as it } from 'vitest'
import { newId, userIdSchema } from '../../core/ids.ts'
import { startSession } from '../../sessions/sessions.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched, withoutEntry } from '../../testing/rows.ts'
import { browserOf, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { INVITATION_MS } from '../users/create-invitation.ts'
import {
  callerOf,
  fullySignedIn,
  holdHashing,
  newBrowser,
  newPerson,
  PASSWORD,
  wait,
} from './testing/person.ts'
import { totpCode } from './totp.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

const invite = async () => {
  const { context, userId } = await signInAs(t.app, 'administrator')
  const administrator = callerOf(context)
  const email = `${newId()}@example.test`
  const { id, invitationUrl } = await administrator.users.invite({ email, displayName: 'Ada Bee' })
  return {
    administrator,
    administratorId: userId,
    id: userIdSchema.parse(id),
    email,
    token: tokenOf(invitationUrl),
  }
}
const tokenOf = (url: string | null): string => new URL(url ?? '').hash.slice(1)
const userRow = async (id: UserId) => {
  const [row] = await t.app.db.orm.select().from(schema.users).where(eq(schema.users.id, id))
  return row
}

describe('an invitation', () => {
  it('leads through password and factor to an active account, with an entry of each step', async () => {
    const { id, email, token, administratorId } = await invite()
    const { caller } = newBrowser(t.app)
    expect(await caller.auth.invitation({ token })).toMatchObject({ email, displayName: 'Ada Bee' })
    expect(await caller.auth.acceptInvitation({ token, password: PASSWORD })).toEqual({ stage: 'enrol' })
    expect(await caller.auth.session()).toEqual({ stage: 'enrol', displayName: 'Ada Bee' })
    const { secret, otpauthUri } = await caller.auth.startEnrolment()
    expect(otpauthUri).toContain(secret)
    expect(new URL(otpauthUri).searchParams.get('issuer')).toBe('Chartward')
    expect((await userRow(id))?.status).toBe('invited')
    const { recoveryCodes } = await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    expect(new Set(recoveryCodes).size).toBe(10)
    expect((await userRow(id))?.status).toBe('active')
    expect((await caller.auth.session()).stage).toBe('full')
    const entries = (await auditEntries(t.app)).filter(({ resource }) => resource.id === id)
    expect(
      entries.map(({ action, outcome, actor }) => [action, outcome, 'id' in actor ? actor.id : null]),
    ).toEqual([
      ['user.invited', 'success', administratorId],
      ['auth.invitation.viewed', 'success', null],
      ['auth.invitation.accepted', 'success', id],
      ['auth.password.set', 'success', id],
      ['auth.factor.enrol-start', 'success', id],
      ['auth.factor.enrolled', 'success', id],
    ])
    const log = JSON.stringify(entries)
    for (const hidden of [token, PASSWORD, secret, email, 'Ada Bee', ...recoveryCodes]) {
      expect(log).not.toContain(hidden)
    }
  })

  it('is accepted once, however many try at the same moment', async () => {
    const { id, token } = await invite()
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((n) =>
        newBrowser(t.app).caller.auth.acceptInvitation({ token, password: `${PASSWORD}${n}` }),
      ),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    const passwords = await t.app.db.orm
      .select()
      .from(schema.passwords)
      .where(eq(schema.passwords.userId, id))
    expect(passwords).toHaveLength(1)
  })

  it('that was used is refused, and audited', async () => {
    const { id, token } = await invite()
    await newBrowser(t.app).caller.auth.acceptInvitation({ token, password: PASSWORD })
    const { context, caller } = newBrowser(t.app)
    expect(await refusalOf(caller.auth.invitation({ token }))).toBe('INVITATION_INVALID')
    const other = 'Seven-loud-0tters!'
    expect(await refusalOf(caller.auth.acceptInvitation({ token, password: other }))).toBe(
      'INVITATION_INVALID',
    )
    expect(context.token).toBeNull()
    const failed = (await auditEntries(t.app, 'auth.invitation.accepted')).filter(
      ({ requestId }) => requestId === context.requestId,
    )
    expect(failed).toMatchObject([{ outcome: 'failure', reason: 'INVITATION_INVALID' }])
    expect((await userRow(id))?.status).toBe('invited')
  })

  it('expires after 72 hours', async () => {
    const { token } = await invite()
    const { caller } = newBrowser(t.app)
    wait(t, INVITATION_MS - 1000)
    expect(await caller.auth.invitation({ token })).toMatchObject({ displayName: 'Ada Bee' })
    wait(t, 1000)
    expect(await refusalOf(caller.auth.invitation({ token }))).toBe('INVITATION_INVALID')
    expect(await refusalOf(caller.auth.acceptInvitation({ token, password: PASSWORD }))).toBe(
      'INVITATION_INVALID',
    )
  })

  it('that never was is refused in the same words', async () => {
    const { caller } = newBrowser(t.app)
    const token = 'A'.repeat(43)
    expect(await refusalOf(caller.auth.invitation({ token }))).toBe('INVITATION_INVALID')
    expect(await refusalOf(caller.auth.acceptInvitation({ token, password: PASSWORD }))).toBe(
      'INVITATION_INVALID',
    )
  })

  it('is not used up by a password that the policy refuses', async () => {
    const { token } = await invite()
    const { caller } = newBrowser(t.app)
    expect(await refusalOf(caller.auth.acceptInvitation({ token, password: 'Password123!' }))).toBe(
      'PASSWORD_POLICY',
    )
    expect(await caller.auth.acceptInvitation({ token, password: PASSWORD })).toEqual({ stage: 'enrol' })
  })

  it('is stored as a hash only', async () => {
    const { id, token } = await invite()
    const rows = await t.app.db.sql<
      { row: string }[]
    >`select i::text as row from invitations i where user_id = ${id}`
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toContain(token)
    expect(rows[0]?.row).not.toContain(Buffer.from(token).toString('hex'))
  })

  it('made anew voids the earlier one, the password set with it, and the session it led to', async () => {
    const { administrator, id, email, token } = await invite()
    const early = newBrowser(t.app)
    await early.caller.auth.acceptInvitation({ token, password: PASSWORD })
    expect(await newBrowser(t.app).caller.auth.signIn({ email, password: PASSWORD })).toEqual({
      stage: 'enrol',
    })
    wait(t)
    const again = tokenOf((await administrator.users.reinvite({ id })).invitationUrl)
    expect(await early.caller.auth.session()).toEqual({ stage: 'none', mail: false })
    expect(await refusalOf(newBrowser(t.app).caller.auth.signIn({ email, password: PASSWORD }))).toBe(
      'WRONG_CREDENTIALS',
    )
    const { caller } = newBrowser(t.app)
    // Nor may the same password be chosen again: it is one of the last twelve.
    expect(await refusalOf(caller.auth.acceptInvitation({ token: again, password: PASSWORD }))).toBe(
      'PASSWORD_POLICY',
    )
    const other = 'Seven-loud-0tters!'
    expect(await caller.auth.acceptInvitation({ token: again, password: other })).toEqual({ stage: 'enrol' })
  })

  it('of someone who is deactivated is void', async () => {
    const { administrator, id, token } = await invite()
    await administrator.users.deactivate({ id, reason: 'hired elsewhere' })
    expect(await refusalOf(newBrowser(t.app).caller.auth.invitation({ token }))).toBe('INVITATION_INVALID')
  })
})

describe('enrolment', () => {
  const accepted = async () => {
    const invited = await invite()
    const browser = newBrowser(t.app)
    await browser.caller.auth.acceptInvitation({ token: invited.token, password: PASSWORD })
    return { ...invited, ...browser }
  }

  it('reaches nothing but itself', async () => {
    const { caller } = await accepted()
    expect(await refusalOf(caller.users.list({}))).toBe('ENROLMENT_REQUIRED')
    expect(await refusalOf(caller.auth.stepUp({ code: '123456' }))).toBe('ENROLMENT_REQUIRED')
    expect(await refusalOf(caller.auth.verifyTotp({ code: '123456' }))).toBe('ENROLMENT_REQUIRED')
  })

  it('is taken up again after signing in with the password', async () => {
    const { email } = await accepted()
    const { caller } = newBrowser(t.app)
    expect(await caller.auth.signIn({ email, password: PASSWORD })).toEqual({ stage: 'enrol' })
    const { secret } = await caller.auth.startEnrolment()
    await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    expect((await caller.auth.session()).stage).toBe('full')
  })

  it('begun anew voids the secret shown before', async () => {
    const { caller } = await accepted()
    const first = await caller.auth.startEnrolment()
    const second = await caller.auth.startEnrolment()
    expect(await refusalOf(caller.auth.finishEnrolment({ code: totpCode(first.secret, t.now) }))).toBe(
      'WRONG_CODE',
    )
    await caller.auth.finishEnrolment({ code: totpCode(second.secret, t.now) })
  })

  it('with a wrong code, or before it was begun, changes nothing', async () => {
    const { id, caller } = await accepted()
    expect(await refusalOf(caller.auth.finishEnrolment({ code: '123456' }))).toBe('WRONG_CODE')
    const { secret } = await caller.auth.startEnrolment()
    const far = totpCode(secret, new Date(t.now.getTime() + 10 * 60_000))
    expect(await refusalOf(caller.auth.finishEnrolment({ code: far }))).toBe('WRONG_CODE')
    expect((await userRow(id))?.status).toBe('invited')
    const codes = await t.app.db.orm
      .select()
      .from(schema.recoveryCodes)
      .where(eq(schema.recoveryCodes.userId, id))
    expect(codes).toHaveLength(0)
  })

  it('spends its code: it can not be used again to sign in', async () => {
    const { email, caller } = await accepted()
    const { secret } = await caller.auth.startEnrolment()
    const code = totpCode(secret, t.now)
    await caller.auth.finishEnrolment({ code })
    const again = newBrowser(t.app)
    await again.caller.auth.signIn({ email, password: PASSWORD })
    expect(await refusalOf(again.caller.auth.verifyTotp({ code }))).toBe('CODE_ALREADY_USED')
  })

  it('finished twice at the same moment makes one factor', async () => {
    const { id, caller } = await accepted()
    const { secret } = await caller.auth.startEnrolment()
    const code = totpCode(secret, t.now)
    const outcomes = await Promise.allSettled([1, 2].map(() => caller.auth.finishEnrolment({ code })))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const codes = await t.app.db.orm
      .select()
      .from(schema.recoveryCodes)
      .where(eq(schema.recoveryCodes.userId, id))
    expect(codes).toHaveLength(10)
  })

  const liveSessions = async (userId: UserId) =>
    (await t.app.db.orm.select().from(schema.sessions).where(eq(schema.sessions.userId, userId))).filter(
      ({ endedAt }) => endedAt === null,
    )

  it('is not reached by a sign-in that was checked before the invitation was withdrawn', async () => {
    const { administrator, id, email } = await accepted()
    const { held, hashed, letGo } = holdHashing(t.app)
    const late = newBrowser(held)
    const signingIn = refusalOf(late.caller.auth.signIn({ email, password: PASSWORD }))
    await hashed
    await administrator.users.reinvite({ id })
    letGo()
    expect(await signingIn).toBe('CONFLICT')
    expect(late.context.token).toBeNull()
    expect(await liveSessions(id)).toEqual([])
  })

  it('is not reached by a sign-in that was checked before the owner had finished theirs', async () => {
    const { id, email, caller } = await accepted()
    const { held, hashed, letGo } = holdHashing(t.app)
    const late = newBrowser(held)
    const signingIn = refusalOf(late.caller.auth.signIn({ email, password: PASSWORD }))
    await hashed
    const { secret } = await caller.auth.startEnrolment()
    await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    letGo()
    expect(await signingIn).toBe('CONFLICT')
    expect(await liveSessions(id)).toMatchObject([{ stage: 'full' }])
    expect(await newBrowser(t.app).caller.auth.signIn({ email, password: PASSWORD })).toEqual({
      stage: 'factor',
    })
  })

  /** A session at the stage of enrolment, however it came about. */
  const enrolling = async (userId: UserId) => {
    const context = browserOf(t.app)
    const { token } = await withoutEntry(t.app, (tx) =>
      startSession(tx, t.app, { userId, stage: 'enrol', factorAt: null, origin: context }),
    )
    context.setToken(token)
    return callerOf(context).auth
  }

  it.each([
    ['whose invitation nobody has accepted', async () => (await invite()).id],
    [
      'whose accepted invitation was withdrawn',
      async () => {
        const { administrator, id } = await accepted()
        await administrator.users.reinvite({ id })
        return id
      },
    ],
  ])('is refused, begun or finished, to a session of an account %s', async (_, prepare) => {
    const id = await prepare()
    const session = await enrolling(id)
    expect(await refusalOf(session.startEnrolment())).toBe('CONFLICT')
    expect(await refusalOf(session.finishEnrolment({ code: '123456' }))).toBe('CONFLICT')
    const factors = await t.app.db.orm
      .select()
      .from(schema.totpFactors)
      .where(eq(schema.totpFactors.userId, id))
    expect(factors).toEqual([])
  })

  it('binds no second factor next to one that was confirmed meanwhile', async () => {
    const { id, caller } = await accepted()
    const other = await enrolling(id)
    const { secret } = await other.startEnrolment()
    // As if the owner's own enrolment had ended no other session.
    await changeVouched(t.app, 'factor', eq(schema.totpFactors.userId, id), { confirmedAt: t.now })
    expect(await refusalOf(caller.auth.startEnrolment())).toBe('CONFLICT')
    expect(await refusalOf(other.finishEnrolment({ code: totpCode(secret, t.now) }))).toBe('CONFLICT')
    expect((await userRow(id))?.status).toBe('invited')
  })

  it('is refused to whoever is signed in already', async () => {
    const { caller } = await fullySignedIn(t.app, await newPerson(t.app))
    expect(await refusalOf(caller.auth.startEnrolment())).toBe('CONFLICT')
  })

  it('gives recovery codes, each of which signs in once, however it is typed', async () => {
    const { email, id, caller } = await accepted()
    const { secret } = await caller.auth.startEnrolment()
    const { recoveryCodes } = await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    const [first = '', second = ''] = recoveryCodes
    const signIn = async () => {
      const browser = newBrowser(t.app)
      await browser.caller.auth.signIn({ email, password: PASSWORD })
      return browser.caller.auth
    }
    const loose = first.toLowerCase().replaceAll('-', ' ')
    expect(await (await signIn()).useRecoveryCode({ code: loose })).toEqual({ stage: 'full', remaining: 9 })
    const again = await signIn()
    expect(await refusalOf(again.useRecoveryCode({ code: first }))).toBe('WRONG_CODE')
    const both = await Promise.allSettled([
      again.useRecoveryCode({ code: second }),
      (await signIn()).useRecoveryCode({ code: second }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const used = (await auditEntries(t.app, 'auth.sign-in.recovery-code')).filter(
      ({ resource }) => resource.id === id,
    )
    expect(used.map(({ outcome }) => outcome).sort()).toEqual(['failure', 'failure', 'success', 'success'])
  })
})
