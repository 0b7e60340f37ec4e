import { builtInPolicy } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf as codeOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { newBrowser } from '../auth/testing/person.ts'
import {
  as,
  composed,
  draft,
  force,
  forceByTwo,
  give,
  newName,
  reason,
  type Somebody,
} from './testing/house.ts'

let t: TestApp
let admin: Somebody
let officer: Somebody
const two = (): readonly [Somebody, Somebody] => [admin, officer]

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
  admin = await as(t, 'administrator')
  officer = await as(t, 'security-officer')
})
afterAll(() => t.stop())

/** The code of a refusal; null where it was done. */
const refusalOf = async (call: Promise<unknown>): Promise<string | null> => {
  const done = await call.then(
    () => true,
    () => false,
  )
  return done ? null : codeOf(call)
}

const LIST = 'export:request:list'
const mayList = (somebody: Somebody) => refusalOf(somebody.exports.list({}))

/** A role that lists exports, in force, and somebody who holds it. */
const roleInForce = async (permissions = [LIST]) => {
  const name = newName()
  await draft(admin, name, permissions)
  await forceByTwo(two(), name, 1)
  const holder = await as(t, [])
  await give(two(), holder.id, name)
  return { name, holder }
}

describe('a draft', () => {
  it('changes nothing for anybody, and nobody can be given it', async () => {
    const { name, holder } = await roleInForce()
    expect(await draft(admin, name, ['account:user:list'], 1)).toBe(2)
    expect(await mayList(holder)).toBeNull()
    expect(await refusalOf(holder.users.list({}))).toBe('FORBIDDEN')
    const fresh = newName()
    await draft(admin, fresh, [LIST])
    expect(await refusalOf(admin.users.assignRole({ userId: holder.id, role: fresh, reason }))).toBe(
      'NOT_FOUND',
    )
  })

  it('is a version that stays, with its author and reason, and an entry', async () => {
    const name = newName()
    await draft(admin, name, [LIST])
    await draft(admin, name, ['export:request:read'], 1)
    const { versions, composition, latest, inForce } = await admin.roles.get({ name })
    expect(versions).toMatchObject([
      { version: 2, basedOn: 1, author: { id: admin.id }, reason },
      { version: 1, basedOn: null },
    ])
    expect([latest, inForce]).toEqual([2, null])
    expect(composition.permissions).toEqual([{ permission: 'export:request:read', rows: null }])
    expect((await admin.roles.get({ name, version: 1 })).composition.permissions).toEqual([
      { permission: LIST, rows: null },
    ])
    const entries = await auditEntries(t.app, 'role.version.drafted')
    expect(entries.filter(({ change }) => change?.after?.role === name)).toHaveLength(2)
  })

  it('that names a field or a permission that there is not is refused at that field', async () => {
    const saving = (permission: string, clear: string[]) =>
      admin.roles.saveDraft({
        name: newName(),
        basedOn: null,
        title: `Title ${newId()}`,
        description: 'For a test',
        ...composed([], { permissions: [{ permission, rows: 'care' }], clear }),
        reason,
      })
    await expect(saving('vault:patient:read', ['Patient.shoeSize'])).rejects.toMatchObject({
      cause: { code: 'INVALID_INPUT', field: 'clear', message: expect.stringContaining('Patient.shoeSize') },
    })
    await expect(saving('vault:patient:eat', ['Patient.name'])).rejects.toMatchObject({
      cause: { code: 'INVALID_INPUT', field: 'permissions' },
    })
    expect(await refusalOf(saving('vault:patient:read', ['Patient.name']))).toBeNull()
  })

  it('takes neither the name nor the title of another role', async () => {
    const saving = (name: string, title: string) =>
      admin.roles.saveDraft({
        name,
        basedOn: null,
        title,
        description: 'x',
        ...composed([LIST]),
        reason,
      })
    await expect(saving('nurse', 'Ward nurse')).rejects.toMatchObject({
      cause: { code: 'CONFLICT', field: 'name' },
    })
    await expect(saving(newName(), '  NURSE ')).rejects.toMatchObject({
      cause: { code: 'INVALID_INPUT', field: 'title' },
    })
    const { name } = await roleInForce()
    await expect(saving(name, newId())).rejects.toMatchObject({ cause: { field: 'name' } })
  })

  it('of two who began from the same version the second is told, and can see what the first has saved', async () => {
    const name = newName()
    await draft(admin, name, [LIST])
    const other = await as(t, 'administrator')
    const saved = await Promise.allSettled([
      draft(admin, name, ['export:request:read'], 1),
      draft(other, name, ['account:user:list'], 1),
    ])
    expect(saved.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = saved.find(({ status }) => status === 'rejected')
    expect(refused).toMatchObject({ reason: { cause: { code: 'CONFLICT', field: 'version' } } })
    expect((await other.roles.get({ name })).latest).toBe(2)
    expect(await draft(other, name, ['account:user:list'], 2)).toBe(3)
  })
})

describe('a version in force', () => {
  it('holds for whoever holds the role from their next request on', async () => {
    const { name, holder } = await roleInForce()
    await draft(admin, name, ['export:request:create'], 1)
    expect(await mayList(holder)).toBeNull()
    await forceByTwo(two(), name, 2)
    expect(await mayList(holder)).toBe('FORBIDDEN')
    const [moved] = (await auditEntries(t.app, 'role.assignment.moved')).filter(
      ({ change }) => change?.after?.user === holder.id,
    )
    expect(moved?.change).toMatchObject({ before: { version: 1 }, after: { role: name, version: 2 } })
    expect((await holder.notices.mine({})).items[0]).toMatchObject({
      word: 'role-changed',
      role: `Title of ${name}`,
    })
  })

  it('holds for those named alone, and others stay where they are', async () => {
    const { name, holder } = await roleInForce()
    const other = await as(t, [])
    await give(two(), other.id, name)
    await draft(admin, name, ['export:request:read'], 1)
    await forceByTwo(two(), name, 2, [other.id])
    expect([await mayList(holder), await mayList(other)]).toEqual([null, 'FORBIDDEN'])
    const { inForce, holders } = await admin.roles.get({ name })
    expect(inForce).toBe(1)
    expect(new Map(holders.map(({ person, version }) => [person.id, version]))).toEqual(
      new Map([
        [holder.id, 1],
        [other.id, 2],
      ]),
    )
    const newcomer = await as(t, [])
    await give(two(), newcomer.id, name)
    expect(await mayList(newcomer)).toBeNull()
  })

  it('that only takes away takes one person, one that adds anything takes two', async () => {
    const { name, holder } = await roleInForce([LIST, 'export:request:read'])
    await draft(admin, name, [LIST], 1)
    expect(await force(admin, name, 2)).toEqual({ outcome: 'in-force', moved: 1 })
    await draft(admin, name, [LIST, 'export:request:create'], 2)
    const asked = await force(admin, name, 3)
    expect(asked).toMatchObject({ outcome: 'pending-approval' })
    expect((await admin.roles.get({ name })).holders).toMatchObject([
      { person: { id: holder.id }, version: 2 },
    ])
    await draft(admin, name, [LIST], 3, {
      permissions: [{ permission: 'vault:patient:read', rows: 'all' }],
      clear: ['Patient.name'],
    })
    const { difference } = await admin.roles.compare({ name, version: 4 })
    expect(difference).toMatchObject({ privileged: { before: false, after: true }, secondPerson: true })
  })

  it('that takes what is privileged from somebody takes two, and nobody who is bound by a lockdown', async () => {
    const { name } = await roleInForce([LIST, 'account:user:invite'])
    await draft(admin, name, [LIST], 1)
    const { difference } = await admin.roles.compare({ name, version: 2 })
    expect(difference).toMatchObject({ privileged: { before: true, after: false }, secondPerson: true })
    const { name: small } = await roleInForce([LIST, 'export:request:read'])
    await draft(admin, small, [LIST], 1)
    const bound = await as(t, ['administrator'])
    await bound.users.lockDown({ userId: (await as(t, ['auditor'])).id, reason })
    const { hash } = await bound.roles.compare({ name: small, version: 2 })
    expect(await refusalOf(bound.roles.putInForce({ name: small, version: 2, hash, reason }))).toBe(
      'SECOND_PERSON_REQUIRED',
    )
  })

  it('that makes a role privileged voids the links that one person has had sent to its holders', async () => {
    const { name, holder } = await roleInForce()
    const asked = { userId: holder.id, email: `${newId()}@elsewhere.test`, reason }
    const link = await admin.users.changeAddress(asked)
    await draft(admin, name, [LIST, 'account:user:invite'], 1)
    await forceByTwo(two(), name, 2)
    const token = link.outcome === 'link' ? link.url.split('#')[1] : undefined
    const { caller } = newBrowser(t.app)
    expect(await codeOf(caller.auth.confirmAddress({ token: token ?? '' }))).toBe('LINK_INVALID')
  })

  it('is what was shown, or nothing is done', async () => {
    const { name } = await roleInForce([LIST, 'export:request:read'])
    await draft(admin, name, [LIST], 1)
    const { hash } = await admin.roles.compare({ name, version: 2 })
    const late = await as(t, [])
    await give(two(), late.id, name)
    expect(await refusalOf(admin.roles.putInForce({ name, version: 2, hash, reason }))).toBe('CONFLICT')
    expect((await admin.roles.get({ name })).inForce).toBe(1)
  })

  it('is approved as it was looked at, with its difference and each person by name', async () => {
    const { name, holder } = await roleInForce()
    await draft(admin, name, [LIST, 'export:request:create'], 1)
    const asked = await force(admin, name, 2)
    if (asked.outcome !== 'pending-approval') throw new Error('nothing waits')
    const { terms, hash } = await officer.approvals.get({ id: asked.approvalId })
    expect(terms.roleVersion).toMatchObject({
      name,
      version: 2,
      affected: [{ people: [{ id: holder.id }], change: { permissions: [{ before: 'no', after: 'yes' }] } }],
    })
    const late = await as(t, [])
    await give(two(), late.id, name)
    const { hash: later } = await officer.approvals.get({ id: asked.approvalId })
    expect(later).not.toBe(hash)
  })

  it('is in force once, whoever of two is first', async () => {
    const { name } = await roleInForce([LIST, 'export:request:read'])
    const other = await as(t, 'administrator')
    await draft(admin, name, [LIST], 1)
    const { hash } = await admin.roles.compare({ name, version: 2 })
    const asked = await Promise.all(
      [admin, other].map((by) => refusalOf(by.roles.putInForce({ name, version: 2, hash, reason }))),
    )
    expect(asked.map(String).toSorted()).toEqual(['CONFLICT', 'null'])
    const entries = await auditEntries(t.app, 'role.version.in-force')
    expect(
      entries.filter(({ change }) => change?.after?.role === name && change.after.version === 2),
    ).toHaveLength(1)
  })
})

describe('nobody', () => {
  it('drafts, puts in force, approves or retires a version of a role that they hold', async () => {
    const { name } = await roleInForce([LIST, 'export:request:read'])
    const both = await as(t, 'administrator')
    await give(two(), both.id, name)
    expect(await refusalOf(draft(both, name, [LIST], 1))).toBe('SECOND_PERSON_REQUIRED')
    await draft(admin, name, [LIST, 'export:request:create'], 1)
    expect(await refusalOf(force(both, name, 2))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(both.roles.retire({ name, reason }))).toBe('SECOND_PERSON_REQUIRED')
    const asked = await force(admin, name, 2)
    if (asked.outcome !== 'pending-approval') throw new Error('nothing waits')
    expect(await refusalOf(both.approvals.approve({ id: asked.approvalId }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(officer.approvals.approve({ id: asked.approvalId }))).toBeNull()
  })

  it('approves a version that they have drafted, though somebody else asks for it', async () => {
    const name = newName()
    const author = await as(t, 'administrator')
    await draft(author, name, [LIST])
    const asked = await force(admin, name, 1)
    if (asked.outcome !== 'pending-approval') throw new Error('nothing waits')
    expect(await refusalOf(author.approvals.approve({ id: asked.approvalId }))).toBe('SECOND_PERSON_REQUIRED')
  })

  it('holds a role of which a version would remove the last administrators', async () => {
    const house = await createTestApp()
    const [first, second, watch] = [
      await as(house, 'administrator'),
      await as(house, 'administrator'),
      await as(house, 'security-officer'),
    ]
    const keys = [
      'access:assignment:request',
      'access:role:draft',
      'access:role:put-in-force',
      'account:user:list',
    ]
    const name = newName()
    await draft(first, name, keys)
    await forceByTwo([first, watch], name, 1)
    const [one, other] = [await as(house, []), await as(house, [])]
    for (const { id } of [one, other]) await give([first, watch], id, name)
    // From now on the two who hold the custom role are all who can give roles besides one administrator.
    const [ended] = (await first.users.get({ id: second.id })).assignments
    const end = await first.users.endAssignment({ assignmentId: ended?.id ?? '', reason })
    if (end.outcome === 'pending-approval') await watch.approvals.approve({ id: end.approvalId })
    await draft(first, name, ['account:user:list'], 1)
    const { difference } = await first.roles.compare({ name, version: 2 })
    expect(difference.obstacle).toContain('two administrators')
    await expect(force(first, name, 2)).rejects.toMatchObject({
      cause: { code: 'CONFLICT', field: 'version', message: expect.stringContaining('two administrators') },
    })
    await house.stop()
  })
})

describe('a custom role', () => {
  it('is listed beside those that ship, which can be looked at as what they are composed of', async () => {
    const { name } = await roleInForce()
    const { items } = await officer.roles.list({})
    expect(items.filter(({ builtIn }) => builtIn)).toHaveLength(Object.keys(builtInPolicy.roles).length)
    expect(items.find((item) => item.name === name)).toMatchObject({
      inForce: 1,
      latest: 1,
      holders: 1,
      retired: false,
    })
    const copied = await officer.roles.get({ name: 'clinician' })
    expect(copied).toMatchObject({ builtIn: true, versions: [], composition: { breakGlass: true } })
    expect(copied.composition.hidden).toContain('Claim.text')
  })

  it('is retired once nobody holds it, and is given to nobody any more', async () => {
    const { name, holder } = await roleInForce()
    expect(await refusalOf(admin.roles.retire({ name, reason }))).toBe('CONFLICT')
    const [held] = (await admin.users.get({ id: holder.id })).assignments
    await admin.users.endAssignment({ assignmentId: held?.id ?? '', reason })
    await admin.roles.retire({ name, reason })
    expect(await refusalOf(admin.users.assignRole({ userId: holder.id, role: name, reason }))).toBe(
      'NOT_FOUND',
    )
    expect(await refusalOf(draft(admin, name, [LIST], 1))).toBe('CONFLICT')
    expect((await admin.roles.list({})).items.find((item) => item.name === name)?.retired).toBe(true)
    expect(await refusalOf(admin.roles.retire({ name, reason }))).toBe('CONFLICT')
  })

  it('names who would have two duties that one person should not have', async () => {
    const { name, holder } = await roleInForce()
    await give(two(), holder.id, 'analyst')
    await draft(admin, name, [LIST, 'export:request:decide'], 1)
    const { difference } = await admin.roles.compare({ name, version: 2 })
    expect(difference.conflicts).toEqual([
      {
        person: { id: holder.id, displayName: expect.any(String) },
        says: 'Would request exports and decide on exports.',
      },
    ])
    expect(await admin.roles.conflicts({ userId: holder.id, role: 'privacy-officer' })).toEqual({
      conflicts: ['Would request exports and decide on exports.'],
    })
    const asked = await admin.users.assignRole({ userId: holder.id, role: 'privacy-officer', reason })
    if (asked.outcome !== 'pending-approval') throw new Error('nothing waits')
    expect((await officer.approvals.get({ id: asked.approvalId })).terms.conflicts).toEqual([
      'Would request exports and decide on exports.',
    ])
  })

  it('is given until an end that lies ahead, or the field says so', async () => {
    const { name } = await roleInForce()
    const userId = (await as(t, [])).id
    const endsAt = new Date(t.now.getTime() - 1000)
    await expect(admin.users.assignRole({ userId, role: name, reason, endsAt })).rejects.toMatchObject({
      cause: { code: 'INVALID_INPUT', field: 'endsAt' },
    })
  })
})

describe('the replay of the last thirty days', () => {
  it('says how many real decisions would have come out otherwise, for whom, and how many entries it read', async () => {
    const { name, holder } = await roleInForce([LIST, 'export:request:read'])
    await holder.exports.list({})
    await holder.exports.list({})
    expect(await refusalOf(holder.users.list({}))).toBe('FORBIDDEN')
    await draft(admin, name, ['export:request:read', 'account:user:list'], 1)
    const replay = await admin.roles.replay({ name, version: 2 })
    expect(replay).toMatchObject({
      decided: 3,
      undecided: 0,
      people: [{ person: { id: holder.id }, refused: 2, allowed: 1, less: 0, more: 0 }],
    })
    expect(replay.read).toBe(replay.entries)
    expect(JSON.stringify(replay)).not.toMatch(/patient/i)
    await draft(admin, name, [LIST, 'export:request:read'], 2)
    expect((await admin.roles.replay({ name, version: 3 })).people).toEqual([])
  })
})
