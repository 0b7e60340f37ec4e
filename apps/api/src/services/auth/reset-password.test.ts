import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test as it } from 'vitest'
import { type MailServer, startMailServer, tokenIn } from '../../cli/dev/mail-server.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { post } from '../mail/testing/post.ts'
import { as, waitingOf } from '../users/testing/person.ts'
import { fullySignedIn, newBrowser, newPerson, PASSWORD, type Person, wait } from './testing/person.ts'

let t: TestApp
let server: MailServer

beforeAll(async () => {
  server = await startMailServer()
  t = await createTestApp({ connections: 20, smtp: server.smtp })
  await installQueue(t.database.url('chartward_owner'))
})
beforeEach(() => {
  server.received.length = 0
  wait(t, 6 * 60_000)
})
afterAll(async () => {
  await t?.stop()
  await server?.close()
})

const OTHER = 'Seven-loud-0tters!'
const reason = 'for the test'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** The token that came to somebody who asked for it from the page of signing in. */
const askedFor = async ({ email }: Pick<Person, 'email'>): Promise<string> => {
  await newBrowser(t.app).caller.auth.askForReset({ email })
  await post(t.app)
  return tokenIn(server.received.find(({ to, text }) => to.includes(email) && text.includes('/reset#')))
}
const resetBy = (token: string, code: string, password = OTHER) =>
  newBrowser(t.app).caller.auth.resetPassword({ token, password, code })
const signsIn = ({ email }: Person, password: string): Promise<string> =>
  newBrowser(t.app)
    .caller.auth.signIn({ email, password })
    .then(
      ({ stage }) => stage,
      (error: unknown) => refusalOf(Promise.reject(error)),
    )

describe('whoever has forgotten their password', () => {
  it('chooses another by the link that came and a code: the factor is kept, and every session ends', async () => {
    const person = await newPerson(t.app)
    const elsewhere = await fullySignedIn(t.app, person)
    const token = await askedFor(person)
    expect(await newBrowser(t.app).caller.auth.reset({ token })).toMatchObject({ email: person.email })
    wait(t)
    await resetBy(token, person.code())
    expect((await elsewhere.caller.auth.session()).stage).toBe('none')
    expect(await signsIn(person, PASSWORD)).toBe('WRONG_CREDENTIALS')
    expect(await signsIn(person, OTHER)).toBe('factor')
    await post(t.app)
    expect(server.received.map(({ subject }) => subject)).toContain('Your password was reset')
  })

  it('gets the same answer for an address that nobody has, and nothing is mailed', async () => {
    expect(await newBrowser(t.app).caller.auth.askForReset({ email: 'nobody@example.test' })).toEqual({})
    await post(t.app)
    expect(server.received).toEqual([])
    const asked = await auditEntries(t.app, 'auth.password.reset-asked')
    expect(new Set(asked.map(({ resource }) => resource.id))).toEqual(new Set([null]))
  })

  it('leaves no address in the queue or in the log', async () => {
    const person = await newPerson(t.app)
    await newBrowser(t.app).caller.auth.askForReset({ email: person.email })
    const [row] = await t.app.db.sql<{ all: string }[]>`
      select string_agg(encode(content, 'escape') || coalesce(user_id::text, '-'), ' ') as all
      from mails where state = 'waiting' and kind = 'reset-asked'`
    expect(row?.all).not.toContain(person.email)
    expect(row?.all).not.toContain(person.id)
    const [job] = await t.app.db.sql<{ all: string }[]>`
      select string_agg(data::text, ' ') as all from pgboss.job where name = 'send-mail'`
    expect(job?.all).not.toContain(person.email)
    expect(JSON.stringify(await auditEntries(t.app))).not.toContain(person.email)
  })

  it('gets one link at a time, and no second one within five minutes', async () => {
    const person = await newPerson(t.app)
    const first = await askedFor(person)
    server.received.length = 0
    expect(await askedFor(person)).toBe('')
    wait(t, 6 * MINUTE_MS)
    const second = await askedFor(person)
    expect(await refusalOf(resetBy(first, person.code()))).toBe('LINK_INVALID')
    await resetBy(second, person.code())
  })

  it('gets five links in a day', async () => {
    const person = await newPerson(t.app)
    for (let nth = 0; nth < 5; nth++) {
      expect(await askedFor(person)).not.toBe('')
      wait(t, 6 * MINUTE_MS)
    }
    server.received.length = 0
    expect(await askedFor(person)).toBe('')
  })
})

describe('a link to a new password', () => {
  it('is nothing without the second factor, and guesses at that are counted', async () => {
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    for (let tried = 0; tried < 5; tried++)
      expect(await refusalOf(resetBy(token, '000000'))).toBe('WRONG_CODE')
    expect(await refusalOf(resetBy(token, person.code()))).toBe('LOCKED_OUT')
    expect(await signsIn(person, PASSWORD)).toBe('factor')
  })

  it('is kept from nobody by guesses of strangers, where they have signed in before', async () => {
    const person = await newPerson(t.app)
    const { caller } = await fullySignedIn(t.app, person)
    await caller.auth.signOut()
    const token = await askedFor(person)
    for (let tried = 0; tried < 5; tried++) await refusalOf(resetBy(token, '000000'))
    wait(t)
    expect(await refusalOf(resetBy(token, person.code()))).toBe('LOCKED_OUT')
    await caller.auth.resetPassword({ token, password: OTHER, code: person.code() })
    expect(await signsIn(person, OTHER)).toBe('factor')
  })

  it('says nothing of earlier passwords to whoever has no code', async () => {
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    expect(await refusalOf(resetBy(token, '000000', PASSWORD))).toBe('WRONG_CODE')
    expect(await refusalOf(resetBy(token, '000000', 'short'))).toBe('WRONG_CODE')
  })

  it('takes no password that the policy or the history refuses, and stays good for another', async () => {
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    expect(await refusalOf(resetBy(token, person.code(), 'short'))).toBe('PASSWORD_POLICY')
    expect(await refusalOf(resetBy(token, person.code(), PASSWORD))).toBe('PASSWORD_POLICY')
    await resetBy(token, person.code())
  })

  it('counts once, also for two at the same moment', async () => {
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    const tries = await Promise.allSettled([resetBy(token, person.code()), resetBy(token, person.code())])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    wait(t)
    expect(await refusalOf(resetBy(token, person.code(), 'Nine-green-0rchids!'))).toBe('LINK_INVALID')
  })

  it('ends an hour after it was made', async () => {
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    wait(t, HOUR_MS + 1)
    expect(await refusalOf(resetBy(token, person.code()))).toBe('LINK_INVALID')
  })

  it.each(['suspended', 'deactivated', 'invited'] as const)('opens no account that is %s', async (status) => {
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    await changeVouched(t.app, 'user', eq(schema.users.id, person.id), { status })
    expect(await refusalOf(resetBy(token, person.code()))).toBe('LINK_INVALID')
    server.received.length = 0
    wait(t, 6 * MINUTE_MS)
    expect(await askedFor(person)).toBe('')
  })

  it('is withdrawn by a lockdown, and stays so when that is lifted', async () => {
    const administrator = await as(t.app, 'administrator')
    const second = await as(t.app, 'privacy-officer')
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    const { approvalId } = await administrator.users.lockDown({ userId: person.id, reason })
    await second.approvals.reject({ id: approvalId, reason })
    expect(await signsIn(person, PASSWORD)).toBe('factor')
    expect(await refusalOf(resetBy(token, person.code()))).toBe('LINK_INVALID')
  })

  it('put in, or put back, by somebody who writes rows counts for nothing', async () => {
    const person = await newPerson(t.app)
    const token = await askedFor(person)
    await resetBy(token, person.code())
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update account_links set used_at = null where user_id = ${person.id}`
    wait(t)
    expect(await refusalOf(resetBy(token, person.code(), 'Nine-green-0rchids!'))).toBe('LINK_INVALID')
  })
})

describe('an administrator', () => {
  it('has a link sent, and does not see it', async () => {
    const administrator = await as(t.app, 'administrator')
    const person = await newPerson(t.app)
    const answer = await administrator.users.sendReset({ userId: person.id, reason })
    expect(Object.keys(answer).toSorted()).toEqual(['expiresAt', 'outcome'])
    expect(answer.outcome).toBe('mailed')
    await post(t.app)
    const token = tokenIn(server.received.find(({ text }) => text.includes('/reset#')))
    expect(JSON.stringify(await auditEntries(t.app))).not.toContain(token)
    await resetBy(token, person.code())
    expect(await signsIn(person, OTHER)).toBe('factor')
  })

  it('can not do it alone for somebody with a privileged role', async () => {
    const [first, second] = [await as(t.app, 'administrator'), await as(t.app, 'security-officer')]
    const person = await newPerson(t.app, 'privacy-officer')
    const id = await waitingOf(first.users.sendReset({ userId: person.id, reason }))
    await post(t.app)
    expect(server.received.filter(({ text }) => text.includes('/reset#'))).toEqual([])
    expect(await refusalOf(first.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    await second.approvals.approve({ id })
    await post(t.app)
    const [mail] = server.received.filter(({ text }) => text.includes('/reset#'))
    expect(mail?.to).toEqual([person.email])
    await resetBy(tokenIn(mail), person.code())
  })

  it('can not do it for whoever has no second factor, and is told what to do', async () => {
    const administrator = await as(t.app, 'administrator')
    const { id } = await administrator.users.invite({ email: 'new@example.test', displayName: 'New' })
    const asked = administrator.users.sendReset({ userId: id as typeof administrator.id, reason })
    await expect(asked).rejects.toThrow('Invite the person anew')
  })

  it('can not do it for themself', async () => {
    const administrator = await as(t.app, 'administrator')
    expect(await refusalOf(administrator.users.sendReset({ userId: administrator.id, reason }))).toBe(
      'FORBIDDEN',
    )
  })
})

describe('where nothing is mailed', () => {
  const unmailed = () => ({ ...t.app, settings: { ...t.app.settings, smtp: null } })

  it('a link is shown once to the administrator, and its entry says so', async () => {
    const administrator = await as(unmailed(), 'administrator')
    const person = await newPerson(t.app)
    const answer = await administrator.users.sendReset({ userId: person.id, reason })
    if (answer.outcome !== 'link') throw new Error('it was not handed over')
    const started = (await auditEntries(t.app, 'auth.password.reset-started')).at(-1)
    expect(started?.facts).toMatchObject({ linkShownTo: administrator.id })
    await resetBy(new URL(answer.url).hash.slice(1), person.code())
  })

  it('none is made to the account of somebody with a privileged role', async () => {
    const administrator = await as(unmailed(), 'administrator')
    const person = await newPerson(t.app, 'privacy-officer')
    const asked = administrator.users.sendReset({ userId: person.id, reason })
    await expect(asked).rejects.toThrow('Set mail up')
  })

  it('whoever has forgotten theirs is told to ask an administrator', async () => {
    const asked = newBrowser(unmailed()).caller.auth.askForReset({ email: 'a@example.test' })
    await expect(asked).rejects.toThrow('ask an administrator')
  })
})
