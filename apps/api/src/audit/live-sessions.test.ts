import { withTransaction } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { guardRequest } from '../guard/guard.ts'
import { callerOf } from '../services/auth/testing/person.ts'
import { endSessionsOf } from '../sessions/sessions.ts'
import { auditEntries, entriesOfRequest, refusalOf } from '../testing/entries.ts'
import { signInAs, type TestSignIn } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import type { Draft } from './entry.ts'

let t: TestApp
/** Another process of the same installation. */
let other: App & { close(): Promise<void> }

beforeAll(async () => {
  t = await createTestApp()
  other = await t.another({ connections: 4 })
})
afterAll(async () => {
  await other.close()
  await t.stop()
})

const ENDING = { reason: 'lockdown', by: null } as const

/** Ends a person's sessions in the other process, in a transaction that waits until it is told to commit. */
const endingElsewhere = async ({ userId }: TestSignIn) => {
  const [ended, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const done = withTransaction(other.db, 'none', async (tx) => {
    await endSessionsOf(tx, other, userId, ENDING)
    ended.resolve()
    await go.promise
  })
  await ended.promise
  return {
    commit: async () => {
      go.resolve()
      await done
    },
  }
}

/** A request that came while its session stood. */
const underWay = (person: TestSignIn) => {
  const request = requestBy(t.app, person.signedIn)
  const { users, sessions } = callerOf(request)
  return { request, users, sessions }
}

const readOf = ({ userId, signedIn }: TestSignIn): Draft => ({
  action: 'sessions.listed',
  outcome: 'success',
  actor: { kind: 'user', id: userId },
  sessionId: signedIn.session.id,
  within: signedIn.session.id,
  resource: { type: 'session', id: null },
})

describe('a read whose session is ended while it is under way', () => {
  it('is refused where its entry would be committed after the end, by whichever process', async () => {
    const person = await signInAs(t.app, 'administrator')
    const { request, users } = underWay(person)
    const end = await endingElsewhere(person)
    await end.commit()
    expect(await refusalOf(users.list({}))).toBe('UNAUTHENTICATED')
    expect(await entriesOfRequest(t.app, request.requestId)).toMatchObject([
      { action: 'user.listed', outcome: 'refused', reason: 'UNAUTHENTICATED', count: null },
    ])
  })

  it('gives way while the end is about to be committed, and waits for nobody', async () => {
    const person = await signInAs(t.app, 'administrator')
    const end = await endingElsewhere(person)
    expect(await refusalOf(underWay(person).users.list({}))).toBe('UNAUTHENTICATED')
    await end.commit()
  })

  it('is shown where its entry is committed first: the end waits for it', async () => {
    const person = await signInAs(t.app, 'administrator')
    const [written, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const order: string[] = []
    const read = withTransaction(t.app.db, 'none', async (tx) => {
      await t.app.audit.append(tx, readOf(person))
      written.resolve()
      await go.promise
      order.push('read')
    })
    await written.promise
    const end = endingElsewhere(person).then(({ commit }) => {
      order.push('end')
      return commit()
    })
    while ((await waitingForAlone()) === 0) await new Promise(setImmediate)
    expect(order).toEqual([])
    go.resolve()
    await Promise.all([read, end])
    expect(order).toEqual(['read', 'end'])
  })

  it('by an HTTP route is refused in the same way, before its first byte', async () => {
    const person = await signInAs(t.app, 'administrator')
    const { request } = underWay(person)
    const end = await endingElsewhere(person)
    await end.commit()
    // The way of every HTTP route, downloads among them: `architecture.test.ts` sees to it.
    const guard = { permission: 'account:user:list', audit: 'user.listed', mode: 'read' } as const
    let shown = false
    const verb = async () => {
      shown = true
      return 'a stream'
    }
    expect(await refusalOf(guardRequest(request, guard, {}, verb))).toBe('UNAUTHENTICATED')
    expect(shown).toBe(true)
    const entries = await entriesOfRequest(t.app, request.requestId)
    expect(entries.map(({ outcome }) => outcome)).not.toContain('success')
  })

  it('fails nobody else’s whose entries are written by the same statement', async () => {
    const [gone, stays] = [await signInAs(t.app, 'nurse'), await signInAs(t.app, 'nurse')]
    await (await endingElsewhere(gone)).commit()
    const settled = await Promise.allSettled(
      [gone, stays, gone, stays].map((person) => t.app.audit.commit(readOf(person))),
    )
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
    const listed = (await auditEntries(t.app, 'sessions.listed')).map(({ sessionId }) => sessionId)
    expect(listed).not.toContain(gone.signedIn.session.id)
    expect(listed.filter((id) => id === stays.signedIn.session.id)).toHaveLength(2)
  })

  it('takes its note and the patients of its list with it', async () => {
    const gone = await signInAs(t.app, 'nurse')
    await (await endingElsewhere(gone)).commit()
    const before = await counts()
    const patients = [gone.userId]
    await expect(
      t.app.audit.commit({ ...readOf(gone), action: 'patient.listed', note: 'why', facts: { patients } }),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await counts()).toEqual(before)
  })

  it('is shown where the time of its session was up meanwhile: that ends what comes, not what has come', async () => {
    const person = await signInAs(t.app, 'administrator')
    const { users } = underWay(person)
    t.now = new Date(t.now.getTime() + 16 * 60_000)
    expect(await person.context.signedIn()).toBeNull()
    expect((await users.list({})).items.length).toBeGreaterThan(0)
  })
})

it('a change whose session is ended while it is under way is undone', async () => {
  const [administrator, nurse] = [await signInAs(t.app, 'administrator'), await signInAs(t.app, 'nurse')]
  const { sessions } = underWay(administrator)
  // Standing and role are as they were: the session alone has ended.
  await (await endingElsewhere(administrator)).commit()
  const call = sessions.end({ userId: nurse.userId, sessions: 'all', reason: 'a tablet was left' })
  expect(await refusalOf(call)).toBe('UNAUTHENTICATED')
  expect(await nurse.context.signedIn()).not.toBeNull()
})

it('the numbers of entries that were refused are declared void: nothing is missed', async () => {
  const [gone, stays] = [await signInAs(t.app, 'nurse'), await signInAs(t.app, 'nurse')]
  await (await endingElsewhere(gone)).commit()
  await expect(t.app.audit.commit(readOf(gone))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await t.app.audit.commit(readOf(stays))
  const last = (await auditEntries(t.app)).at(-1)
  const number = last?.writer.number ?? 0
  expect(last?.writer).toMatchObject({ void: [[number - 1, number - 1]], settled: number - 1 })
})

/** How many wait for a session's lock alone. */
const waitingForAlone = async (): Promise<number> => {
  const [row] = await t.app.db.sql<{ waiting: number }[]>`
    select count(*)::integer as waiting from pg_locks
    where locktype = 'advisory' and mode = 'ExclusiveLock' and not granted`
  return row?.waiting ?? 0
}

const counts = () => t.app.db.sql`
  select (select count(*) from audit_notes) as notes, (select count(*) from audit_entry_patients) as patients`
