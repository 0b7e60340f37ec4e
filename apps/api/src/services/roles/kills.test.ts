import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Database } from '@chartward/db'
import { decide } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { insertVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { as, draft, forceByTwo, newName, reason, type Somebody } from './testing/house.ts'

const CHILD = join(import.meta.dirname, 'testing/put-in-force-child.ts')
const HOLDERS = 40

let t: TestApp
let owner: Database
let admin: Somebody
let officer: Somebody

beforeAll(async () => {
  t = await createTestApp({ connections: 10 })
  owner = t.database.open('chartward_owner', 2)
  admin = await as(t, 'administrator')
  officer = await as(t, 'security-officer')
})
afterAll(() => t.stop())

/** Until nothing of the killed process goes on in the database. */
const goneFromDatabase = async (): Promise<void> => {
  for (;;) {
    const [row] = await owner.sql<{ left: number }[]>`
      select count(*)::integer as left from pg_stat_activity where application_name = 'test-put-in-force'`
    if (row?.left === 0) return
    await setTimeout(20)
  }
}

describe('a process that is killed while it puts a version in force', () => {
  it(
    'has moved all who hold the role, with one entry each, or nobody',
    async () => {
      const random = seeded(20_261_130)
      const name = newName()
      await draft(admin, name, ['export:request:list', 'export:request:read'])
      await draft(admin, name, ['export:request:list'], 1)
      await forceByTwo([admin, officer], name, 1)
      const people = await Promise.all(Array.from({ length: HOLDERS }, () => as(t, [])))
      await insertVouched(
        t.app,
        'role-assignment',
        people.map(({ id }) => ({
          id: newId(),
          userId: id,
          role: name,
          roleVersion: 1,
          reason: Buffer.from('for a test'),
          startsAt: t.now,
          createdAt: t.now,
        })),
      )
      let done = 0
      for (let kills = 0; kills <= KILLS; kills++) {
        // The last is left alone: what is killed would move them.
        const isKilled = kills < KILLS
        const { hash } = await admin.roles.compare({ name, version: 2 })
        const input = { name, version: 2, hash, reason }
        const given = {
          url: t.database.url('chartward_app'),
          files: t.files,
          token: admin.context.token,
          ip: admin.context.ip,
          input,
        }
        const child = spawn(process.execPath, [CHILD, JSON.stringify(given)], {
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        await once(child.stdout, 'data')
        if (isKilled) {
          await setTimeout(500 * random())
          await kill(child)
        } else expect(await once(child, 'exit')).toEqual([0, null])
        await goneFromDatabase()
        const { inForce, holders } = await admin.roles.get({ name })
        expect(new Set(holders.map(({ version }) => version))).toEqual(new Set([inForce]))
        if (!isKilled) expect(inForce).toBe(2)
        if (inForce === 2) done += 1
        const moved = (await auditEntries(t.app, 'role.assignment.moved')).filter(
          ({ change }) => change?.after?.role === name && change.after.version === 2,
        )
        expect(moved).toHaveLength(done * HOLDERS)
        expect(new Set(moved.map(({ resource }) => resource.id)).size).toBe(done === 0 ? 0 : HOLDERS)
        const forced = (await auditEntries(t.app, 'role.version.in-force')).filter(
          ({ change }) => change?.after?.role === name && change.after.version === 2,
        )
        expect(forced).toHaveLength(done)
        if (inForce === 2) await forceByTwo([admin, officer], name, 1)
      }
    },
    KILLING_MS,
  )
})

describe('two processes', () => {
  it('know of a version in force from the next request on, and of a version they have never seen', async () => {
    const other = await t.another({ connections: 3 })
    const before = await other.policies.inForce()
    const name = newName()
    await draft(admin, name, ['export:request:list'])
    await forceByTwo([admin, officer], name, 1)
    expect(before.versions ?? {}).not.toHaveProperty(name)
    const policy = await other.policies.inForce([{ name, version: 1 }])
    expect(policy.versions?.[name]).toMatchObject([{ version: 1 }])
    expect(policy.version).not.toBe(before.version)
    // Nothing is read anew for what is known: the same policy, with all that was worked out of it.
    expect(await other.policies.inForce([{ name, version: 1 }])).toBe(policy)
  })
})

describe('a version that was changed or taken away in the database', () => {
  it.each([
    [
      'says more than it was saved with',
      (sql: Database['sql'], name: string) =>
        sql`update role_versions set statements = replace(statements, 'export:request:list', 'account:user:list') where role = ${name}`,
    ],
    ['is gone', (sql: Database['sql'], name: string) => sql`delete from role_versions where role = ${name}`],
  ])('gives whoever holds it nothing: it %s', async (_, tamper) => {
    const name = newName()
    await draft(admin, name, ['export:request:list'])
    await forceByTwo([admin, officer], name, 1)
    const { id } = await as(t, [])
    await tamper(owner.sql, name)
    const fresh = await t.another({ connections: 3 })
    const roles = [{ name, version: 1, assignmentId: newId(), startsAt: t.now, endsAt: null }]
    const decision = decide({
      actor: { kind: 'user', id, roles, patientId: null },
      permission: 'account:user:list',
      resource: { kind: 'none' },
      context: { now: t.now, factorAt: t.now, relationship: null },
      policy: await fresh.policies.inForce(roles),
    })
    expect(decision).toMatchObject({ effect: 'deny', reason: 'unknown-role' })
  })
})
