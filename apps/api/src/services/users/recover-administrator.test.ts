import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { afterPassword, newBrowser, newPerson, PASSWORD } from '../auth/testing/person.ts'
import { totpCode } from '../auth/totp.ts'
import { recoverAdministrator } from './recover-administrator.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

const WANTED = { email: 'ada@example.test', displayName: 'Ada Bee', operator: 'root@machine' }
const usersNow = () => t.app.db.sql`select id, status from users order by id`
const rolesNow = () => t.app.db.sql`select id, ends_at from role_assignments order by id`

describe('recovery', () => {
  it('is refused while two administrators can sign in', async () => {
    const own = await createTestApp()
    try {
      await newPerson(own.app, 'administrator')
      const second = await newPerson(own.app, 'administrator')
      expect(await refusalOf(recoverAdministrator(own.app, WANTED))).toBe('CONFLICT')
      expect(await own.app.db.sql`select from users`).toHaveLength(2)
      await changeVouched(own.app, 'user', eq(schema.users.id, second.id), { status: 'suspended' })
      await recoverAdministrator(own.app, WANTED)
    } finally {
      await own.stop()
    }
  })

  it('that is cut off before its end has done nothing', async () => {
    const [users, roles] = [await usersNow(), await rolesNow()]
    const blocker = t.database.open('chartward_owner', 2)
    await blocker.sql.begin(async (sql) => {
      await sql`lock table role_assignments in share mode`
      const recovering = recoverAdministrator(t.app, WANTED)
      recovering.catch(() => undefined)
      await vi.waitFor(
        async () => {
          const killed = await t.app.db.sql`
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock' and query ilike '%role_assignments%'`
          expect(killed.length).toBeGreaterThan(0)
        },
        { timeout: 30_000, interval: 100 },
      )
      await expect(recovering).rejects.toThrow()
    })
    await blocker.close()
    expect(await usersNow()).toEqual(users)
    expect(await rolesNow()).toEqual(roles)
    expect(await auditEntries(t.app, 'installation.recovered')).toEqual([])
  })

  it('without its entry does nothing', async () => {
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`revoke insert on audit_entries from chartward_app`
    await expect(recoverAdministrator(t.app, WANTED)).rejects.toThrow()
    await owner.sql`grant insert on audit_entries to chartward_app`
    await owner.close()
    expect(await usersNow()).toEqual([])
  })

  it('makes whoever is named an administrator, by a link, and says who did it', async () => {
    const { url } = await recoverAdministrator(t.app, WANTED)
    const entries = await auditEntries(t.app)
    expect(entries.map(({ action }) => action)).toEqual([
      'user.invited',
      'role.assignment.granted',
      'installation.recovered',
    ])
    for (const entry of entries) {
      expect(entry).toMatchObject({
        actor: { kind: 'system', name: 'recover' },
        facts: { operator: 'root@machine' },
      })
    }
    const { caller } = newBrowser(t.app)
    await caller.auth.acceptInvitation({ token: new URL(url).hash.slice(1), password: PASSWORD })
    const { secret } = await caller.auth.startEnrolment()
    await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    expect(await caller.auth.session()).toMatchObject({ stage: 'full', roles: [{ role: 'administrator' }] })
    expect(await refusalOf(recoverAdministrator(t.app, WANTED))).toBe('CONFLICT')
  })

  it('takes from an account of theirs what opened it before', async () => {
    const person = await newPerson(t.app, 'nurse')
    await recoverAdministrator(t.app, { ...WANTED, email: person.email })
    expect(await refusalOf(afterPassword(t.app, person))).toBe('WRONG_CREDENTIALS')
    const [row] = await t.app.db.sql`
      select u.status, (select count(*)::integer from role_assignments a
        where a.user_id = u.id and a.ends_at is null) as held from users u where u.id = ${person.id}`
    expect(row).toMatchObject({ status: 'invited', held: 1 })
  })
})
