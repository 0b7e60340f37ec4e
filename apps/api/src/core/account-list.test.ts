import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeVouched } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { AccountList } from './account-list.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const listOf = () => new AccountList(t.app.db, t.app.clock)
const found = async (list: AccountList, id: string) => (await list.all()).find((one) => one.id === id)

describe('the list of accounts', () => {
  it('has what another has written since, and what has not changed is the same object', async () => {
    const [one, list] = [listOf(), listOf()]
    const [ada, bob] = [await signInAs(t.app, 'nurse'), await signInAs(t.app, 'nurse')]
    const before = await found(list, bob.userId)
    expect(await found(list, ada.userId)).toMatchObject({ roles: ['nurse'], mfa: true, department: null })
    await changeVouched(t.app, 'user', eq(schema.users.id, ada.userId), { department: 'Ward 4' })
    expect(await found(list, ada.userId)).toMatchObject({ department: 'Ward 4' })
    expect(await found(list, bob.userId)).toBe(before)
    await changeVouched(t.app, 'factor', eq(schema.totpFactors.userId, ada.userId), { disabled: true })
    expect(await found(list, ada.userId)).toMatchObject({ mfa: false })
    const joined = await signInAs(t.app, 'billing')
    for (const each of [one, list])
      expect(await found(each, joined.userId)).toMatchObject({ roles: ['billing'] })
  })

  it('has what was being written while it looked, once that is there', async () => {
    const list = listOf()
    const { userId } = await signInAs(t.app, 'nurse')
    const owner = t.database.open('chartward_owner', 2)
    await owner.sql.begin(async (sql) => {
      await sql`update users set department = 'Slow' where id = ${userId}`
      // A later transaction is over before this one is.
      await signInAs(t.app, 'nurse')
      expect(await found(list, userId)).toMatchObject({ department: null })
    })
    expect(await found(list, userId)).toMatchObject({ department: 'Slow' })
  })

  it('lets a role end by itself, and begin', async () => {
    const list = listOf()
    const endsAt = new Date(t.now.getTime() + 60_000)
    const { userId } = await signInAs(t.app, 'nurse', { endsAt })
    expect(await found(list, userId)).toMatchObject({ roles: ['nurse'] })
    t.now = new Date(t.now.getTime() + 61_000)
    expect(await found(list, userId)).toMatchObject({ roles: [] })
    t.now = new Date(t.now.getTime() - 61_000)
    expect(await found(list, userId)).toMatchObject({ roles: ['nurse'] })
  })
})
