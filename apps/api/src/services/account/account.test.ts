import { withTransaction } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../../testing/test-app.ts'
import { afterPassword, callerOf, fullySignedIn, newPerson, wait } from '../auth/testing/person.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const guess = (email: string) =>
  refusalOf(callerOf(requestBy(t.app, null)).auth.signIn({ email, password: 'no such password 1A' }))

describe('what somebody is shown of how their account was got into', () => {
  it('is each step they took, and what strangers tried, newest first', async () => {
    const person = await newPerson(t.app, 'nurse')
    await guess(person.email)
    const { caller } = await fullySignedIn(t.app, person)
    const { items } = await caller.account.signIns({})
    expect(items.map(({ action, outcome, reason }) => [action, outcome, reason])).toEqual([
      ['auth.sign-in.totp', 'success', null],
      ['auth.sign-in.password', 'success', null],
      ['auth.sign-in.password', 'failure', 'WRONG_CREDENTIALS'],
      ['auth.factor.enrolled', 'success', null],
      ['auth.password.set', 'success', null],
    ])
    expect(items[0]).toMatchObject({ current: true, userAgent: 'test' })
    expect(items[2]).toMatchObject({ current: false })
  })

  it('says when a session has ended for another', async () => {
    const person = await newPerson(t.app, 'nurse')
    await fullySignedIn(t.app, person)
    wait(t)
    const { caller } = await fullySignedIn(t.app, person)
    const { items } = await caller.account.signIns({})
    const ends = items.filter(({ action }) => action === 'auth.session.ended')
    expect(ends).toMatchObject([{ outcome: 'success', current: false }])
  })

  it('is nobody else’s', async () => {
    const [one, another] = [await newPerson(t.app, 'nurse'), await newPerson(t.app, 'nurse')]
    const { caller } = await fullySignedIn(t.app, one)
    const before = await caller.account.signIns({})
    await fullySignedIn(t.app, another)
    await guess(another.email)
    expect(await caller.account.signIns({})).toEqual(before)
  })

  it('comes a page at a time, each entry once', async () => {
    const person = await newPerson(t.app, 'nurse')
    await guess(person.email)
    const { caller } = await fullySignedIn(t.app, person)
    const all = (await caller.account.signIns({})).items.map(({ id }) => id)
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page = await caller.account.signIns({ limit: 1, ...(cursor === null ? {} : { cursor }) })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(all)
  })

  it('holds nothing that the application has not written itself', async () => {
    const person = await newPerson(t.app, 'nurse')
    const { caller } = await fullySignedIn(t.app, person)
    const before = (await caller.account.signIns({})).items
    await withTransaction(t.database.open('chartward_owner', 1), 'none', async ({ sql }) => {
      await sql`
        insert into audit_entries (id, at, actor_kind, action, outcome, resource_type, resource_id, bytes, leaf_hash, mac)
        select ${newId()}, at, actor_kind, action, outcome, resource_type, resource_id, bytes, leaf_hash, sha256(mac)
        from audit_entries where id = ${before[0]?.id ?? ''}`
    })
    expect((await caller.account.signIns({})).items).toEqual(before)
  })

  it('is refused without a session and before the factor, and leaves an entry', async () => {
    expect(await refusalOf(callerOf(requestBy(t.app, null)).account.signIns({}))).toBe('UNAUTHENTICATED')
    const person = await newPerson(t.app, 'nurse')
    const { context } = await afterPassword(t.app, person)
    expect(await refusalOf(callerOf(context).account.signIns({}))).toBe('FACTOR_REQUIRED')
    const { caller } = await fullySignedIn(t.app, person)
    const { items } = await caller.account.signIns({})
    expect((await auditEntries(t.app, 'account.viewed')).at(-1)).toMatchObject({
      outcome: 'success',
      actor: { kind: 'user', id: person.id },
      count: items.length,
    })
  })
})

describe('what somebody’s roles permit', () => {
  it('is said of those in force, each once, and of no other', async () => {
    const { context } = await signInAs(t.app, ['nurse', 'analyst'])
    const roles = await callerOf(context).account.roles({})
    expect(roles.map(({ name }) => name)).toEqual(['nurse', 'analyst'])
    expect(roles[0]?.sees.length).toBeGreaterThan(0)
    expect(roles[1]?.permits.map(({ what }) => what)).toContain('Request a de-identified export')
  })

  it('is nothing without a role', async () => {
    const { context } = await signInAs(t.app, [])
    expect(await callerOf(context).account.roles({})).toEqual([])
  })
})
