import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { findSignedIn } from '../../sessions/sessions.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched } from '../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../../testing/test-app.ts'
import { afterPassword, callerOf, fullySignedIn, newPerson, wait } from '../auth/testing/person.ts'

let t: TestApp
/** Another process of the same installation: it has its own memory, and the same database. */
let other: App & { close(): Promise<void> }

beforeAll(async () => {
  t = await createTestApp()
  other = await t.another({ connections: 2 })
})
afterAll(async () => {
  await other.close()
  await t.stop()
})

const REASON = 'a tablet was left on a train'
const as = async (role: string | readonly string[], options: SignInOptions = {}) => {
  const { context, userId, token, signedIn } = await signInAs(t.app, role, options)
  const { auth, users, sessions } = callerOf(context)
  return { id: userId, token, signedIn, sessionId: signedIn.session.id, auth, users, sessions }
}
const FROM = { ip: '127.0.0.1', userAgent: 'test' }
const isKnown = async (app: App, token: string): Promise<boolean> =>
  (await findSignedIn(app, token, { background: true, from: FROM })) !== null
const lastEnding = async () => (await auditEntries(t.app, 'sessions.ended')).at(-1)

describe('an administrator', () => {
  it('sees each session of a person: whence, since when, how long yet, and by whom and why one was ended', async () => {
    const [administrator, nurse] = [await as('administrator'), await as('nurse')]
    const [open] = (await administrator.users.get({ id: nurse.id })).sessions
    expect(open).toMatchObject({
      id: nurse.sessionId,
      stage: 'full',
      ip: '127.0.0.1',
      userAgent: 'test',
      factorAt: t.now.toISOString(),
      lastActiveAt: t.now.toISOString(),
      idleExpiresAt: new Date(t.now.getTime() + 15 * 60_000).toISOString(),
      expiresAt: new Date(t.now.getTime() + 8 * 3_600_000).toISOString(),
      endedAt: null,
      endedBy: null,
    })
    await administrator.sessions.end({ userId: nurse.id, sessions: [nurse.sessionId], reason: REASON })
    const [ended] = (await administrator.users.get({ id: nurse.id })).sessions
    expect(ended).toMatchObject({
      endedAt: t.now.toISOString(),
      endReason: 'ended-by-administrator',
      endedBy: { id: administrator.id },
    })
  })

  it('ends it for the next request to every process, with the reason in the entry', async () => {
    const [administrator, nurse] = [await as('administrator'), await as('nurse')]
    expect(await isKnown(t.app, nurse.token)).toBe(true)
    expect(await isKnown(other, nurse.token)).toBe(true)
    const asked = { userId: nurse.id, sessions: 'all' as const, reason: REASON }
    expect(await administrator.sessions.end(asked)).toEqual({ ended: 1 })
    expect(await isKnown(t.app, nurse.token)).toBe(false)
    expect(await isKnown(other, nurse.token)).toBe(false)
    expect(await refusalOf(nurse.sessions.mine({}))).toBe('UNAUTHENTICATED')
    expect(await lastEnding()).toMatchObject({
      outcome: 'success',
      actor: { kind: 'user', id: administrator.id },
      resource: { type: 'user', id: nurse.id },
      statement: 'administrator/manage-accounts',
      count: 1,
      change: { before: { user: nurse.id, sessions: [nurse.sessionId] }, after: null },
      noteHash: expect.any(String),
    })
  })

  it('ends the one that is named, and no other of the person', async () => {
    const person = await newPerson(t.app)
    const full = await fullySignedIn(t.app, person)
    const half = await afterPassword(t.app, person)
    const administrator = await as('administrator')
    const { sessions } = await administrator.users.get({ id: person.id })
    const begun = sessions.find(({ stage }) => stage === 'factor')
    const asked = { userId: person.id, sessions: [begun?.id ?? ''], reason: REASON }
    expect(await administrator.sessions.end(asked)).toEqual({ ended: 1 })
    expect(await half.context.signedIn()).toBeNull()
    expect(await full.context.signedIn()).not.toBeNull()
  })

  it('does not end a session under another person’s name', async () => {
    const [administrator, nurse, stranger] = [await as('administrator'), await as('nurse'), await as('nurse')]
    const call = administrator.sessions.end({
      userId: stranger.id,
      sessions: [nurse.sessionId],
      reason: REASON,
    })
    expect(await refusalOf(call)).toBe('CONFLICT')
    expect(await isKnown(t.app, nurse.token)).toBe(true)
  })

  it('is told where it has ended already, or ran out by itself', async () => {
    const [administrator, nurse] = [await as('administrator'), await as('nurse')]
    const asked = { userId: nurse.id, sessions: [nurse.sessionId], reason: REASON }
    await administrator.sessions.end(asked)
    expect(await refusalOf(administrator.sessions.end(asked))).toBe('CONFLICT')
    const idle = await as('nurse')
    wait(t, 16 * 60_000)
    const later = await as('administrator')
    expect(await refusalOf(later.sessions.end({ userId: idle.id, sessions: 'all', reason: REASON }))).toBe(
      'CONFLICT',
    )
  })

  it('who ends the same one as another at the same moment: one does, and one is told so', async () => {
    const [one, two, nurse] = [await as('administrator'), await as('security-officer'), await as('nurse')]
    const asked = { userId: nurse.id, sessions: 'all' as const, reason: REASON }
    const settled = await Promise.allSettled([one.sessions.end(asked), two.sessions.end(asked)])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { sessions } = await one.users.get({ id: nurse.id })
    expect(sessions).toMatchObject([{ endReason: 'ended-by-administrator' }])
    const ends = (await auditEntries(t.app, 'auth.session.ended')).filter(
      ({ resource }) => resource.id === nurse.sessionId,
    )
    expect(ends).toHaveLength(1)
  })

  it('never ends their own, needs a fresh code, a reason, and a person who is there', async () => {
    const [administrator, stale, nurse] = [
      await as('administrator'),
      await as('administrator', { factorAt: null }),
      await as('nurse'),
    ]
    const asked = { userId: nurse.id, sessions: 'all' as const, reason: REASON }
    expect(await refusalOf(administrator.sessions.end({ ...asked, userId: administrator.id }))).toBe(
      'FORBIDDEN',
    )
    expect(await refusalOf(stale.sessions.end(asked))).toBe('STEP_UP_REQUIRED')
    expect(await refusalOf(administrator.sessions.end({ ...asked, reason: ' ' }))).toBe('INVALID_INPUT')
    expect(await refusalOf(administrator.sessions.end({ ...asked, sessions: [] }))).toBe('INVALID_INPUT')
    expect(await refusalOf(administrator.sessions.end({ ...asked, userId: newId() }))).toBe('NOT_FOUND')
    expect(await isKnown(t.app, nurse.token)).toBe(true)
  })

  it('whose own right is gone by the time it is their turn ends nothing', async () => {
    const [administrator, nurse] = [await as('administrator'), await as('nurse')]
    const underWay = callerOf(requestBy(t.app, administrator.signedIn))
    await changeVouched(t.app, 'user', eq(schema.users.id, administrator.id), { status: 'suspended' })
    const call = underWay.sessions.end({ userId: nurse.id, sessions: 'all', reason: REASON })
    expect(await refusalOf(call)).toBe('FORBIDDEN')
    expect(await isKnown(t.app, nurse.token)).toBe(true)
  })
})

describe('the list of sessions', () => {
  it('has those that are open now, with whose they are, and no other; the figure is its length', async () => {
    const officer = await as('security-officer')
    const [open, gone] = [await as('nurse', { displayName: 'Olga Open' }), await as('nurse')]
    await gone.auth.signOut()
    const { items, total } = await officer.sessions.list({ limit: 200 })
    expect(items).toHaveLength(total)
    expect(items.map(({ id }) => id)).toContain(open.sessionId)
    expect(items.map(({ id }) => id)).not.toContain(gone.sessionId)
    expect(items.find(({ id }) => id === open.sessionId)?.user.displayName).toBe('Olga Open')
    const paged: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await officer.sessions.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(paged).toEqual(items.map(({ id }) => id))
    wait(t, 16 * 60_000)
    const later = await as('security-officer')
    expect((await later.sessions.list({})).items.map(({ id }) => id)).toEqual([later.sessionId])
  })
})

describe('somebody', () => {
  it('sees their own sessions, and which one they are in', async () => {
    const person = await newPerson(t.app)
    const { caller } = await fullySignedIn(t.app, person)
    await afterPassword(t.app, person)
    await as('nurse')
    const { items } = await caller.sessions.mine({})
    expect(items.map(({ stage, current }) => [stage, current])).toEqual([
      ['factor', false],
      ['full', true],
    ])
  })

  it('ends their others with a fresh code, and stays in their own', async () => {
    const person = await newPerson(t.app)
    const mine = await fullySignedIn(t.app, person)
    const guess = await afterPassword(t.app, person)
    expect(await mine.caller.sessions.endMine({ sessions: 'others' })).toEqual({ ended: 1 })
    expect(await guess.context.signedIn()).toBeNull()
    const { items } = await mine.caller.sessions.mine({})
    expect(items.map(({ endReason, endedBy, current }) => [endReason, endedBy?.id, current])).toEqual([
      ['ended-by-owner', person.id, false],
      [null, undefined, true],
    ])
    expect(await lastEnding()).toMatchObject({
      actor: { kind: 'user', id: person.id },
      statement: 'everyone/own-session',
    })
  })

  it('is asked for a code first, which ends what was half signed in: nothing is left, and that is no failure', async () => {
    const person = await newPerson(t.app)
    const mine = await fullySignedIn(t.app, person)
    wait(t, 6 * 60_000)
    const guess = await afterPassword(t.app, person)
    const others = { sessions: 'others' as const }
    expect(await refusalOf(mine.caller.sessions.endMine(others))).toBe('STEP_UP_REQUIRED')
    expect(await guess.context.signedIn()).not.toBeNull()
    await mine.caller.auth.stepUp({ code: person.code() })
    expect(await mine.caller.sessions.endMine(others)).toEqual({ ended: 0 })
    expect(await guess.context.signedIn()).toBeNull()
  })

  it('does not end the one that they are in, nor anybody else’s', async () => {
    const [nurse, stranger] = [await as('nurse'), await as('nurse')]
    expect(await refusalOf(nurse.sessions.endMine({ sessions: [nurse.sessionId] }))).toBe('CONFLICT')
    expect(await nurse.sessions.endMine({ sessions: [stranger.sessionId] })).toEqual({ ended: 0 })
    expect(await isKnown(t.app, nurse.token)).toBe(true)
    expect(await isKnown(t.app, stranger.token)).toBe(true)
  })
})
