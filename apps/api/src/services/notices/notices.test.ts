import { withTransaction } from '@chartward/db'
import { builtInRoles, type UserId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, test as it } from 'vitest'
import { refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import {
  afterPassword,
  fullySignedIn,
  newBrowser,
  newPerson,
  PASSWORD,
  wait,
} from '../auth/testing/person.ts'
import { as } from '../users/testing/person.ts'
import { notify } from './notify.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

const reason = 'for the test'
const told = async (userId: UserId): Promise<string[]> => {
  const rows = await t.app.db.sql<{ word: string }[]>`
    select word from notices where user_id = ${userId} order by id`
  return rows.map(({ word }) => word)
}

describe('a person is told', () => {
  it('that their password was changed, and from where', async () => {
    const person = await newPerson(t.app)
    const { caller, context } = await fullySignedIn(t.app, person)
    await caller.auth.changePassword({ current: PASSWORD, password: 'Seven-loud-0tters!' })
    const { items } = await caller.notices.mine({})
    expect(items[0]).toMatchObject({
      word: 'password-changed',
      ip: context.ip,
      userAgent: 'test',
      role: null,
    })
  })

  it('that somebody guesses, once for each lockout, and not for each guess', async () => {
    const person = await newPerson(t.app)
    const before = await told(person.id)
    const { caller } = newBrowser(t.app)
    const guess = () => refusalOf(caller.auth.signIn({ email: person.email, password: 'not-the-Password-9' }))
    for (let tried = 0; tried < 4; tried++) expect(await guess()).toBe('WRONG_CREDENTIALS')
    expect(await told(person.id)).toEqual(before)
    expect(await guess()).toBe('WRONG_CREDENTIALS')
    expect(await guess()).toBe('LOCKED_OUT')
    expect(await told(person.id)).toEqual([...before, 'lockout'])
  })

  it('that a code for their second factor was guessed at', async () => {
    const person = await newPerson(t.app)
    const { caller } = await afterPassword(t.app, person)
    for (let tried = 0; tried < 5; tried++)
      expect(await refusalOf(caller.auth.verifyTotp({ code: '000000' }))).toBe('WRONG_CODE')
    expect(await told(person.id)).toContain('lockout')
  })

  it('that a role was given or has ended, by its title', async () => {
    const administrator = await as(t.app, 'administrator')
    const person = await newPerson(t.app, 'analyst')
    const given = await administrator.users.assignRole({ userId: person.id, role: 'nurse', reason })
    if (given.outcome !== 'granted') throw new Error('a nurse is nobody privileged')
    await administrator.users.endAssignment({ assignmentId: given.assignmentId, reason })
    const { caller } = await fullySignedIn(t.app, person)
    const { items } = await caller.notices.mine({})
    const { title } = builtInRoles.nurse
    expect(items.slice(0, 2)).toMatchObject([
      { word: 'role-ended', role: title },
      { word: 'role-given', role: title },
    ])
  })

  it('that their account was locked down', async () => {
    const administrator = await as(t.app, 'administrator')
    const person = await newPerson(t.app)
    await administrator.users.lockDown({ userId: person.id, reason })
    expect((await told(person.id)).at(-1)).toBe('locked-down')
  })

  it('by nobody else, and is shown nobody else’s', async () => {
    const [one, other] = [await newPerson(t.app), await newPerson(t.app)]
    wait(t)
    const { caller } = await fullySignedIn(t.app, one)
    await withTransaction(t.app.db, 'none', (tx) => notify(tx, t.app, other.id, { word: 'new-device' }))
    const { items } = await caller.notices.mine({})
    expect(items.map(({ word }) => word)).not.toContain('new-device')
  })
})

describe('a notice', () => {
  it('is there if and only if what it tells of has happened', async () => {
    const person = await newPerson(t.app)
    const before = await told(person.id)
    const undone = withTransaction(t.app.db, 'none', async (tx) => {
      await notify(tx, t.app, person.id, { word: 'new-device' })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await told(person.id)).toEqual(before)
  })

  it('about nobody is written nowhere', async () => {
    const count = async () => (await t.app.db.sql`select count(*) from notices`)[0]?.count
    const before = await count()
    await withTransaction(t.app.db, 'none', (tx) => notify(tx, t.app, null, { word: 'lockout' }))
    expect(await count()).toBe(before)
  })

  it.each(['update notices set word = word', 'delete from notices'])(
    'can not be changed or taken away by the application: %s',
    async (statement) => {
      await expect(t.app.db.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
    },
  )
})
