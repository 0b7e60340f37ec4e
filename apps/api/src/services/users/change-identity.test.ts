import type { UserId } from '@chartward/policy'
import { afterAll, beforeAll, beforeEach, describe, expect, test as it } from 'vitest'
import { type MailServer, startMailServer, tokenIn } from '../../cli/dev/mail-server.ts'
import { newId } from '../../core/ids.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { newBrowser, newPerson, PASSWORD, type Person, wait } from '../auth/testing/person.ts'
import { post } from '../mail/testing/post.ts'
import { as, waitingOf } from './testing/person.ts'

let t: TestApp
let server: MailServer

beforeAll(async () => {
  server = await startMailServer()
  t = await createTestApp({ connections: 20, smtp: server.smtp })
  await installQueue(t.database.url('chartward_owner'))
})
beforeEach(() => post(t.app).then(() => server.received.splice(0)))
afterAll(async () => {
  await t?.stop()
  await server?.close()
})

const reason = 'for the test'
const newAddress = (): string => `${newId()}@elsewhere.test`
const signsIn = (email: string): Promise<string> =>
  newBrowser(t.app)
    .caller.auth.signIn({ email, password: PASSWORD })
    .then(
      ({ stage }) => stage,
      (error: unknown) => refusalOf(Promise.reject(error)),
    )
const confirm = (token: string) => newBrowser(t.app).caller.auth.confirmAddress({ token })
const mailTo = async (email: string) => {
  await post(t.app)
  return server.received.filter(({ to }) => to.includes(email))
}

/** Somebody whose address an administrator begins to change; the token that came to the new one. */
const changing = async (person: Person, email = newAddress()) => {
  const administrator = await as(t.app, 'administrator')
  const answer = await administrator.users.changeAddress({ userId: person.id, email, reason })
  const [mail] = await mailTo(email)
  return { administrator, email, answer, token: tokenIn(mail) }
}

describe('another address', () => {
  it('counts once it is confirmed there, and the earlier one is told before and after', async () => {
    const person = await newPerson(t.app)
    const { email, answer, token } = await changing(person)
    expect(Object.keys(answer).toSorted()).toEqual(['expiresAt', 'outcome'])
    expect(await signsIn(email)).toBe('WRONG_CREDENTIALS')
    expect(await signsIn(person.email)).toBe('factor')
    expect(await confirm(token)).toEqual({ email })
    expect(await signsIn(email)).toBe('factor')
    expect(await signsIn(person.email)).toBe('WRONG_CREDENTIALS')
    const told = (await mailTo(person.email)).map(({ subject }) => subject)
    expect(told).toContain('Another address for your account')
    expect(told).toContain('The address of your account was changed')
    const log = JSON.stringify(await auditEntries(t.app))
    for (const secret of [email, person.email, token]) expect(log).not.toContain(secret)
  })

  it('is confirmed once, within its time, and by the last link alone', async () => {
    const person = await newPerson(t.app)
    const [first, second] = [await changing(person), await changing(person)]
    expect(await refusalOf(confirm(first.token))).toBe('LINK_INVALID')
    await confirm(second.token)
    expect(await refusalOf(confirm(second.token))).toBe('LINK_INVALID')
    const late = await changing(await newPerson(t.app))
    wait(t, 25 * 60 * 60_000)
    expect(await refusalOf(confirm(late.token))).toBe('LINK_INVALID')
  })

  it('withdraws a link to a new password that went to the earlier one', async () => {
    const person = await newPerson(t.app)
    const { administrator, token } = await changing(person)
    await administrator.users.sendReset({ userId: person.id, reason })
    const [mail] = (await mailTo(person.email)).filter(({ text }) => text.includes('/reset#'))
    await confirm(token)
    const { caller } = newBrowser(t.app)
    const input = { token: tokenIn(mail), password: 'Seven-loud-0tters!', code: person.code() }
    expect(await refusalOf(caller.auth.resetPassword(input))).toBe('LINK_INVALID')
  })

  it('that one person has begun is void once the person holds what takes two', async () => {
    const person = await newPerson(t.app)
    const { administrator, token } = await changing(person)
    const asked = administrator.users.assignRole({ userId: person.id, role: 'auditor', reason })
    const second = await as(t.app, 'administrator')
    await second.approvals.approve({ id: await waitingOf(asked) })
    expect(await refusalOf(confirm(token))).toBe('LINK_INVALID')
  })

  it('is no one else’s, in no spelling, when it is asked for and when it is confirmed', async () => {
    const [person, other] = [await newPerson(t.app), await newPerson(t.app)]
    const administrator = await as(t.app, 'administrator')
    const asked = (email: string) => administrator.users.changeAddress({ userId: person.id, email, reason })
    await expect(asked(other.email.toUpperCase())).rejects.toMatchObject({
      cause: { code: 'CONFLICT', field: 'email' },
    })
    const { email, token } = await changing(person)
    await administrator.users.invite({ email, displayName: 'Quicker' })
    expect(await refusalOf(confirm(token))).toBe('CONFLICT')
    expect(await signsIn(person.email)).toBe('factor')
  })

  it('of two who confirm at once is confirmed by one', async () => {
    const { token } = await changing(await newPerson(t.app))
    const tries = await Promise.allSettled([confirm(token), confirm(token)])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('opens no account that was locked down meanwhile', async () => {
    const person = await newPerson(t.app)
    const { administrator, token } = await changing(person)
    await administrator.users.lockDown({ userId: person.id, reason })
    expect(await refusalOf(confirm(token))).toBe('LINK_INVALID')
  })

  it('put into its link by somebody who writes rows counts for nothing', async () => {
    const { token } = await changing(await newPerson(t.app))
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update account_links set email = 'attacker@example.test' where email is not null`
    expect(await refusalOf(confirm(token))).toBe('LINK_INVALID')
  })

  it('of somebody who has not come in yet counts at once, and what went to the earlier one is void', async () => {
    const administrator = await as(t.app, 'administrator')
    const { id } = await administrator.users.invite({ email: newAddress(), displayName: 'New' })
    const userId = id as UserId
    await post(t.app)
    const token = tokenIn(server.received[0])
    const email = newAddress()
    expect(await administrator.users.changeAddress({ userId, email, reason })).toEqual({ outcome: 'changed' })
    expect(await refusalOf(newBrowser(t.app).caller.auth.invitation({ token }))).toBe('INVITATION_INVALID')
    await administrator.users.reinvite({ id: userId })
    const [mail] = await mailTo(email)
    expect(await newBrowser(t.app).caller.auth.invitation({ token: tokenIn(mail) })).toMatchObject({ email })
  })

  it('of somebody with a privileged role takes a second person, who sees it', async () => {
    const [first, second] = [await as(t.app, 'administrator'), await as(t.app, 'security-officer')]
    const person = await newPerson(t.app, 'privacy-officer')
    const email = newAddress()
    const id = await waitingOf(first.users.changeAddress({ userId: person.id, email, reason }))
    expect(await mailTo(email)).toEqual([])
    expect((await second.approvals.get({ id })).terms.line).toContain(email)
    expect(await refusalOf(first.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    await second.approvals.approve({ id })
    const [mail] = await mailTo(email)
    await confirm(tokenIn(mail))
    expect(await signsIn(email)).toBe('factor')
  })

  it('of somebody with a privileged role is not handed over where nothing is mailed', async () => {
    const unmailed = { ...t.app, settings: { ...t.app.settings, smtp: null } }
    const administrator = await as(unmailed, 'administrator')
    const person = await newPerson(t.app, 'privacy-officer')
    const asked = administrator.users.changeAddress({ userId: person.id, email: newAddress(), reason })
    await expect(asked).rejects.toThrow('Set mail up first')
    const nurse = await newPerson(t.app)
    const given = await administrator.users.changeAddress({ userId: nurse.id, email: newAddress(), reason })
    expect(given.outcome).toBe('link')
  })
})

describe('another name', () => {
  it('is given in one act, with an entry that holds no name, and its person is told', async () => {
    const administrator = await as(t.app, 'administrator')
    const person = await newPerson(t.app)
    const displayName = `Ada ${newId()}`
    await administrator.users.rename({ userId: person.id, displayName, reason })
    expect((await administrator.users.get({ id: person.id })).displayName).toBe(displayName)
    expect((await mailTo(person.email)).map(({ subject }) => subject)).toContain('Your name was changed')
    expect(await auditEntries(t.app, 'user.name.changed')).toHaveLength(1)
    expect(JSON.stringify(await auditEntries(t.app))).not.toContain(displayName)
  })

  it('of somebody with a privileged role takes a second person', async () => {
    const [first, second] = [await as(t.app, 'administrator'), await as(t.app, 'security-officer')]
    const person = await newPerson(t.app, 'privacy-officer')
    const id = await waitingOf(first.users.rename({ userId: person.id, displayName: 'Bea Cee', reason }))
    expect((await first.users.get({ id: person.id })).displayName).not.toBe('Bea Cee')
    await second.approvals.approve({ id })
    expect((await first.users.get({ id: person.id })).displayName).toBe('Bea Cee')
  })
})
