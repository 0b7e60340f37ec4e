import { schema, withTransaction } from '@chartward/db'
import type { SessionId, UserId } from '@chartward/policy'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test as it } from 'vitest'
import type { App } from '../app.ts'
import { newId } from '../core/ids.ts'
import { auditEntries } from '../testing/entries.ts'
import { changeVouched, withoutEntry } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { Session } from './session.ts'
import { endSession, endSessionsOf, findSignedIn, renewSession, startSession } from './sessions.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = new Date('2027-03-01T08:00:00.000Z')

let t: TestApp

beforeAll(async () => {
  t = await createTestApp()
})
beforeEach(() => {
  t.now = START
})
afterAll(() => t.stop())

const after = (milliseconds: number): void => {
  t.now = new Date(START.getTime() + milliseconds)
}
/** Where the sessions that these tests begin are begun from. */
const FROM = { ip: '127.0.0.1', userAgent: 'test' }
const look = (token: string, background = false) => findSignedIn(t.app, token, { background, from: FROM })
const rowOf = async (id: SessionId) => {
  const [row] = await t.app.db.orm.select().from(schema.sessions).where(eq(schema.sessions.id, id))
  if (row === undefined) throw new Error('no such session')
  return row
}
/** The transaction that last wrote a session's row. */
const writesOf = async (id: SessionId): Promise<string> => {
  const [row] = await t.app.db.sql<{ xmin: string }[]>`select xmin::text from sessions where id = ${id}`
  return row?.xmin ?? ''
}
const endRoles = (app: App, userId: UserId, role: string) => {
  const { roleAssignments: a } = schema
  const held = sql`${a.userId} = ${userId} and ${a.role} = ${role}`
  return changeVouched(app, 'role-assignment', held, { endsAt: t.now })
}
const origin = { ip: '192.0.2.1', userAgent: 'test' }

describe('the idle end', () => {
  it('comes 15 minutes after the last thing the person did, and not before', async () => {
    const { token } = await signInAs(t.app, 'nurse')
    after(15 * MINUTE - 1000)
    expect(await look(token, true)).not.toBeNull()
    after(15 * MINUTE)
    expect(await look(token)).toBeNull()
  })

  it('is never later than 15 minutes after the last act, nor earlier than 14, wherever in a minute that act fell', async () => {
    for (const offset of [1, 30_000, 59_999, MINUTE, MINUTE + 1, 119_000, 5 * MINUTE + 7]) {
      t.now = START
      const { token } = await signInAs(t.app, 'nurse')
      after(offset)
      expect(await look(token)).not.toBeNull()
      after(offset + 14 * MINUTE - 1000)
      expect(await look(token, true), `an act at ${offset}`).not.toBeNull()
      after(offset + 15 * MINUTE)
      expect(await look(token), `an act at ${offset}`).toBeNull()
    }
  })

  it('is moved by what the person does, minute after minute', async () => {
    const { token } = await signInAs(t.app, 'nurse')
    for (let minute = 10; minute <= 60; minute += 10) {
      after(minute * MINUTE)
      const found = await look(token)
      expect(found?.session.idleExpiresAt).toEqual(new Date(START.getTime() + (minute + 15) * MINUTE))
    }
  })

  it('is moved once by requests that come together, and by none that waits for another', async () => {
    const { token, signedIn } = await signInAs(t.app, 'nurse')
    const { session } = signedIn
    after(2 * MINUTE)
    await withTransaction(t.app.db, 'none', async (tx) => {
      await tx.sql`select 1 from sessions where id = ${session.id} for update`
      expect(await look(token)).not.toBeNull()
    })
    expect((await rowOf(session.id)).lastActiveAt).toEqual(START)
    const before = await writesOf(session.id)
    await Promise.all(Array.from({ length: 8 }, () => look(token)))
    expect((await rowOf(session.id)).lastActiveAt).toEqual(t.now)
    expect(await writesOf(session.id)).not.toBe(before)
    const written = await writesOf(session.id)
    await look(token)
    expect(await writesOf(session.id)).toBe(written)
  })

  it('is noted once a minute in the last minutes of a session too, though it moves no more', async () => {
    const { token, signedIn } = await signInAs(t.app, 'nurse')
    const { session } = signedIn
    for (let minute = 10; minute < 8 * 60; minute += 10) {
      after(minute * MINUTE)
      await look(token)
    }
    const written = await writesOf(session.id)
    after(8 * HOUR - 10 * MINUTE + 59_000)
    expect(await look(token)).not.toBeNull()
    expect(await writesOf(session.id)).toBe(written)
    after(8 * HOUR - 9 * MINUTE)
    expect(await look(token)).not.toBeNull()
    expect(await writesOf(session.id)).not.toBe(written)
  })

  it('is not moved by what the page does of itself', async () => {
    const { token } = await signInAs(t.app, 'nurse')
    for (let minute = 1; minute < 15; minute += 1) {
      after(minute * MINUTE)
      expect((await look(token, true))?.session.idleExpiresAt).toEqual(
        new Date(START.getTime() + 15 * MINUTE),
      )
    }
    after(15 * MINUTE)
    expect(await look(token, true)).toBeNull()
  })

  it('is the end: what comes later does not revive the session', async () => {
    const { token } = await signInAs(t.app, 'nurse')
    after(16 * MINUTE)
    expect(await look(token)).toBeNull()
    after(MINUTE)
    expect(await look(token)).toBeNull()
  })
})

it('whatever the person does, a session ends after 8 hours', async () => {
  const { token } = await signInAs(t.app, 'nurse')
  for (let at = 10 * MINUTE; at < 8 * HOUR; at += 10 * MINUTE) {
    after(at)
    const found = await look(token)
    expect(found?.session.idleExpiresAt.getTime()).toBeLessThanOrEqual(START.getTime() + 8 * HOUR)
  }
  after(8 * HOUR - 1000)
  expect(await look(token)).not.toBeNull()
  after(8 * HOUR)
  expect(await look(token)).toBeNull()
})

it('a session that has run out stays listed with its end and its reason, and is audited once', async () => {
  const { token, signedIn } = await signInAs(t.app, 'nurse')
  after(20 * MINUTE)
  await Promise.all([look(token), look(token), look(token)])
  expect(await rowOf(signedIn.session.id)).toMatchObject({
    endReason: 'expired',
    endedBy: null,
    endedAt: new Date(START.getTime() + 15 * MINUTE),
  })
  const ends = (await auditEntries(t.app, 'auth.session.ended')).filter(
    ({ sessionId }) => sessionId === signedIn.session.id,
  )
  expect(ends).toMatchObject([{ actor: { kind: 'system', name: 'sessions' }, facts: { reason: 'expired' } }])
})

it('activity is noted on the session and on the person, at most once a minute', async () => {
  const { token, userId, signedIn } = await signInAs(t.app, 'nurse')
  after(30_000)
  await look(token)
  expect((await rowOf(signedIn.session.id)).lastActiveAt).toEqual(START)
  after(2 * MINUTE)
  await look(token)
  expect((await rowOf(signedIn.session.id)).lastActiveAt).toEqual(t.now)
  const [user] = await t.app.db.orm.select().from(schema.users).where(eq(schema.users.id, userId))
  expect(user?.lastSeenAt).toEqual(t.now)
})

it('a new full session ends the others of the same person and of nobody else', async () => {
  const first = await signInAs(t.app, 'clinician')
  const bystander = await signInAs(t.app, 'clinician')
  const second = await withoutEntry(t.app, (tx) =>
    startSession(tx, t.app, { userId: first.userId, stage: 'full', factorAt: t.now, origin }),
  )
  expect(await look(first.token)).toBeNull()
  expect(await look(second.token)).not.toBeNull()
  expect(await look(bystander.token)).not.toBeNull()
  expect(await rowOf(first.signedIn.session.id)).toMatchObject({
    endReason: 'replaced',
    endedBy: first.userId,
  })
})

it('of two sign-ins that are completed at the same moment one session is left', async () => {
  const { userId } = await signInAs(t.app, 'clinician')
  const tokens = await Promise.all(
    Array.from({ length: 6 }, () =>
      withoutEntry(t.app, async (tx) => {
        await tx.sql`select from users where id = ${userId} for no key update`
        return startSession(tx, t.app, { userId, stage: 'full', factorAt: t.now, origin })
      }),
    ),
  )
  const alive = (await Promise.all(tokens.map(({ token }) => look(token)))).filter((found) => found !== null)
  expect(alive).toHaveLength(1)
})

describe('a renewed session', () => {
  const renew = (session: Session) =>
    withoutEntry(t.app, (tx) => renewSession(tx, t.app, session, t.app.clock()))

  it('has a new token and keeps its id; the old token opens nothing any more', async () => {
    const { token, signedIn } = await signInAs(t.app, 'nurse', { factorAt: null })
    after(MINUTE)
    const renewed = await renew(signedIn.session)
    expect(renewed.token).not.toBe(token)
    expect(await look(token)).toBeNull()
    expect((await look(renewed.token))?.session).toMatchObject({ id: signedIn.session.id, factorAt: t.now })
  })

  it('keeps its absolute end', async () => {
    const { signedIn } = await signInAs(t.app, 'nurse')
    after(10 * MINUTE)
    const renewed = await renew(signedIn.session)
    expect((await look(renewed.token))?.session.expiresAt).toEqual(signedIn.session.expiresAt)
  })

  it('is renewed once, however many try with the same knowledge of it', async () => {
    const { signedIn } = await signInAs(t.app, 'nurse', { factorAt: null })
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => renew(signedIn.session)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is none that has ended', async () => {
    const { signedIn } = await signInAs(t.app, 'nurse')
    after(15 * MINUTE)
    await expect(renew(signedIn.session)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

it('the database holds no token, only hashes, and nothing at all once the session has ended', async () => {
  const { token, signedIn } = await signInAs(t.app, 'nurse')
  const { tokenHash } = await rowOf(signedIn.session.id)
  expect(tokenHash).toMatch(/^[0-9a-f]{64}$/)
  expect(tokenHash).not.toContain(token)
  expect(await look(tokenHash)).toBeNull()
  await withoutEntry(t.app, (tx) =>
    endSession(tx, t.app, token, { reason: 'sign-out', by: signedIn.user.id }),
  )
  expect((await rowOf(signedIn.session.id)).tokenHash).toBe(`ended/${signedIn.session.id}`)
  expect(await look(token)).toBeNull()
})

it.each(['', 'x', 'ended/', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}'`])(
  'what no session was ever given as a token opens nothing: %s',
  async (token) => {
    expect(await look(token)).toBeNull()
  },
)

it("a deactivated person's session is dead at the next request, and says why", async () => {
  const { token, userId, signedIn } = await signInAs(t.app, 'nurse')
  await changeVouched(t.app, 'user', eq(schema.users.id, userId), { status: 'deactivated' })
  expect(await look(token)).toBeNull()
  expect(await rowOf(signedIn.session.id)).toMatchObject({ endReason: 'deactivated' })
})

it('an invited person reaches enrolment and nothing else', async () => {
  const { userId } = await signInAs(t.app, 'nurse')
  await changeVouched(t.app, 'user', eq(schema.users.id, userId), { status: 'invited' })
  const start = (stage: 'enrol' | 'factor') =>
    withoutEntry(t.app, (tx) => startSession(tx, t.app, { userId, stage, factorAt: null, origin }))
  expect(await look((await start('enrol')).token)).not.toBeNull()
  expect(await look((await start('factor')).token)).toBeNull()
})

it('ending all sessions of a person says which, by whom and why, in the audit log too', async () => {
  const { token, userId, signedIn } = await signInAs(t.app, 'nurse')
  const administrator: UserId = newId()
  const ended = await withTransaction(t.app.db, 'none', (tx) =>
    endSessionsOf(tx, t.app, userId, { reason: 'ended-by-administrator', by: administrator }),
  )
  expect(ended).toEqual([
    { id: signedIn.session.id, userId, stage: 'full', reason: 'ended-by-administrator', by: administrator },
  ])
  expect(await look(token)).toBeNull()
  const entries = await auditEntries(t.app, 'auth.session.ended')
  expect(entries.at(-1)).toMatchObject({
    actor: { kind: 'user', id: administrator },
    resource: { type: 'session', id: signedIn.session.id },
    facts: { reason: 'ended-by-administrator', user: userId },
  })
})

it('a change of roles is seen at the next request', async () => {
  const { token, userId } = await signInAs(t.app, ['nurse', 'billing'])
  const assignments = async () =>
    (await look(token))?.assignments.map(({ name, endsAt }) => [name, endsAt]).sort()
  expect(await assignments()).toEqual([
    ['billing', null],
    ['nurse', null],
  ])
  after(1000)
  await endRoles(t.app, userId, 'billing')
  expect(await assignments()).toEqual([
    ['billing', t.now],
    ['nurse', null],
  ])
})
