import type { BulkAct } from '@chartward/contract'
import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { as, type Somebody } from '../users/testing/person.ts'
import { finish } from './testing/files.ts'

let t: TestApp
let first: Somebody
let second: Somebody
beforeEach(async () => {
  t = await createTestApp()
  await installQueue(t.database.url('chartward_owner'))
  first = await as(t.app, 'administrator')
  second = await as(t.app, 'administrator')
})
afterEach(() => t.stop())

const reason = 'The ward moves'
type People = readonly Pick<Somebody, 'id'>[]
const idsOf = (people: People) => people.map(({ id }) => id)
const preview = (change: BulkAct, people: People) => first.people.preview({ change, people: idsOf(people) })
const ask = async (change: BulkAct, people: People) => {
  const { hash } = await preview(change, people)
  return first.people.change({ change, people: idsOf(people), hash, reason })
}
const done = async (change: BulkAct, people: People): Promise<string> => {
  const { id } = await ask(change, people)
  await finish(t, first, id)
  return id
}
const rolesOf = async ({ id }: Pick<Somebody, 'id'>) =>
  (await first.users.get({ id })).assignments
    .filter(({ ended }) => !ended)
    .map(({ role }) => role)
    .toSorted()

describe('the same act for several people', () => {
  it('shows first who gains and loses what by name, and does exactly that, once for each', async () => {
    const [nurse, clerk, held] = [
      await as(t.app, 'nurse'),
      await as(t.app, 'billing'),
      await as(t.app, 'analyst'),
    ]
    const act = { act: 'give-role', role: 'analyst' } as const
    const { lines, counts, needsSecond } = await preview(act, [nurse, clerk, held, first])
    expect(counts).toEqual({ create: 0, change: 2, same: 1, refused: 1 })
    expect(needsSecond).toBe(0)
    expect(lines).toMatchObject([
      {
        userId: nurse.id,
        outcome: 'change',
        changes: [{ what: 'role-given', to: 'Analyst', privileged: false }],
      },
      { userId: clerk.id, outcome: 'change' },
      { userId: held.id, outcome: 'same' },
      { userId: first.id, outcome: 'refused', problems: [{ says: expect.stringContaining('yourself') }] },
    ])
    const id = await done(act, [nurse, clerk, held, first])
    expect(await rolesOf(nurse)).toEqual(['analyst', 'nurse'])
    expect(await rolesOf(clerk)).toEqual(['analyst', 'billing'])
    expect((await first.people.get({ id })).results).toMatchObject({ done: 2 })
    expect(await auditEntries(t.app, 'role.assignment.granted')).toHaveLength(2)
    const [asked] = await auditEntries(t.app, 'people.change-requested')
    expect(asked).toMatchObject({ actor: { id: first.id }, change: { after: { kind: 'bulk', people: 2 } } })
  })

  it('goes no further once whoever asked for it is locked down', async () => {
    const people = [await as(t.app, 'nurse'), await as(t.app, 'nurse')]
    const { id } = await ask({ act: 'deactivate' }, people)
    await as(t.app, 'administrator')
    await as(t.app, 'security-officer')
    expect(await second.users.lockDown({ userId: first.id, reason })).toMatchObject({
      outcome: 'locked-down',
    })
    await finish(t, second, id)
    for (const one of people) expect((await second.users.get({ id: one.id })).status).toBe('active')
    expect((await second.people.get({ id })).results).toMatchObject({ done: 0 })
  })

  it('is one request for a second person where a part of it is privileged, and none of it is done before', async () => {
    const [nurse, auditor] = [await as(t.app, 'nurse'), await as(t.app, 'auditor')]
    const asked = await ask({ act: 'deactivate' }, [nurse, auditor])
    expect(asked.outcome).toBe('pending-approval')
    expect((await first.users.get({ id: nurse.id })).status).toBe('active')
    expect((await first.approvals.list({})).items).toHaveLength(1)
    const approvalId = asked.outcome === 'pending-approval' ? asked.approvalId : ''
    expect(await refusalOf(first.approvals.approve({ id: approvalId }))).toBe('SECOND_PERSON_REQUIRED')
    await second.approvals.approve({ id: approvalId })
    await finish(t, first, asked.id)
    for (const { id } of [nurse, auditor]) expect((await first.users.get({ id })).status).toBe('deactivated')
  })

  it('is for those who were shown: whoever fits the filter later is none of them', async () => {
    const before = await as(t.app, 'nurse')
    const { people } = await first.people.matching({ role: 'nurse' })
    expect(people).toEqual([before.id])
    const { hash } = await first.people.preview({ change: { act: 'deactivate' }, people })
    const later = await as(t.app, 'nurse')
    const { id } = await first.people.change({ change: { act: 'deactivate' }, people, hash, reason })
    await finish(t, first, id)
    expect((await first.users.get({ id: before.id })).status).toBe('deactivated')
    expect((await first.users.get({ id: later.id })).status).toBe('active')
  })

  it('is refused where it would come to something else than was shown', async () => {
    const nurse = await as(t.app, 'nurse')
    const change = { act: 'transfer', department: 'Ward 4' } as const
    const { hash } = await preview(change, [nurse])
    await done({ act: 'transfer', department: 'Ward 9' }, [nurse])
    const late = first.people.change({ change, people: [nurse.id], hash, reason })
    expect(await refusalOf(late)).toBe('CONFLICT')
    expect((await first.users.get({ id: nurse.id })).department).toBe('Ward 9')
    const same = { act: 'transfer', department: 'Ward 9' } as const
    const { hash: now } = await preview(same, [nurse])
    const nothing = first.people.change({ change: same, people: [nurse.id], hash: now, reason })
    expect(await refusalOf(nothing)).toBe('CONFLICT')
  })

  it('leaves the floors where they are, also of two that each leave enough', async () => {
    const third = await as(t.app, 'administrator')
    const { lines } = await preview({ act: 'deactivate' }, [second, third])
    expect(lines.map(({ outcome }) => outcome)).toEqual(['change', 'refused'])
    const [one, other] = [
      await ask({ act: 'deactivate' }, [second]),
      await ask({ act: 'deactivate' }, [third]),
    ]
    const officer = await as(t.app, 'security-officer')
    for (const { id } of [one, other]) {
      const { approvalId } = await first.people.get({ id })
      const approved = officer.approvals.approve({ id: approvalId ?? '' })
      if (id === one.id) await approved
      else await expect(approved).resolves.toBeDefined()
    }
    await finish(t, first, one.id)
    await finish(t, first, other.id)
    expect((await first.people.get({ id: other.id })).results).toMatchObject({ done: 0 })
    expect((await first.users.get({ id: third.id })).status).toBe('active')
  })

  it('builds nothing on a row that the application does not vouch for', async () => {
    const nurse = await as(t.app, 'nurse')
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update users set department = 'Elsewhere' where id = ${nurse.id}`
    const { lines } = await preview({ act: 'deactivate' }, [nurse])
    expect(lines).toMatchObject([
      { outcome: 'refused', problems: [{ says: expect.stringContaining('verify') }] },
    ])
  })

  it('says at its field what it names and is not there', async () => {
    const nurse = await as(t.app, 'nurse')
    expect(await refusalOf(preview({ act: 'give-role', role: 'wizard' }, [nurse]))).toBe('NOT_FOUND')
    const past = { act: 'give-role', role: 'analyst', endsAt: new Date(0) } as const
    expect(await refusalOf(preview(past, [nurse]))).toBe('INVALID_INPUT')
    expect(await preview({ act: 'deactivate' }, [{ id: newId() }])).toMatchObject({ counts: { refused: 1 } })
  })
})

describe('a transfer', () => {
  it('moves somebody in one act: department, manager and roles, with one entry of what ended and what began', async () => {
    const [boss, nurse] = [
      await as(t.app, 'nurse', { displayName: 'Bo Oss' }),
      await as(t.app, ['nurse', 'analyst']),
    ]
    const change: BulkAct = {
      act: 'transfer',
      department: 'Ward 4',
      managerId: boss.id,
      employeeNumber: 'WARD-77',
      roles: [{ role: 'clinician' }, { role: 'analyst' }],
    }
    const { lines } = await preview(change, [nurse])
    expect(lines[0]?.changes).toMatchObject([
      { what: 'department', from: null, to: 'Ward 4' },
      { what: 'employee-number', to: 'WARD-77' },
      { what: 'manager', to: 'Bo Oss', ref: boss.id },
      { what: 'role-ended', from: 'Nurse' },
      { what: 'role-given', to: 'Clinician' },
    ])
    await done(change, [nurse])
    expect(await rolesOf(nurse)).toEqual(['analyst', 'clinician'])
    expect(await first.users.get({ id: nurse.id })).toMatchObject({
      department: 'Ward 4',
      manager: { id: boss.id, displayName: 'Bo Oss' },
      employeeNumber: 'WARD-77',
    })
    expect(await auditEntries(t.app, 'role.assignment.ended')).toHaveLength(1)
    expect(await auditEntries(t.app, 'role.assignment.granted')).toHaveLength(1)
    expect((await first.users.list({ department: 'Ward 4' })).items).toMatchObject([{ id: nurse.id }])
    expect((await first.users.list({ manager: boss.id })).items).toMatchObject([{ id: nurse.id }])
    expect((await first.users.list({ text: 'ward-77' })).items).toMatchObject([{ id: nurse.id }])
  })

  it('waits for a second person where it gives a privileged role, and is theirs to refuse as one', async () => {
    const nurse = await as(t.app, 'nurse')
    const asked = await ask({ act: 'transfer', department: 'Board', roles: [{ role: 'auditor' }] }, [nurse])
    const approvalId = asked.outcome === 'pending-approval' ? asked.approvalId : ''
    expect((await first.users.get({ id: nurse.id })).department).toBe(null)
    await second.approvals.reject({ id: approvalId, reason })
    expect(await rolesOf(nurse)).toEqual(['nurse'])
    expect((await first.people.get({ id: asked.id })).state).toBe('rejected')
  })

  it('puts nobody under themselves, also where two would close the circle at the same moment', async () => {
    const [ann, bob] = [await as(t.app, 'nurse'), await as(t.app, 'nurse')]
    const under = (managerId: Somebody['id']): BulkAct => ({ act: 'transfer', managerId })
    expect(await preview(under(ann.id), [ann])).toMatchObject({ counts: { refused: 1 } })
    const both = [await ask(under(bob.id), [ann]), await ask(under(ann.id), [bob])]
    await Promise.all(both.map(({ id }) => finish(t, first, id)))
    const managers = await Promise.all(
      [ann, bob].map(async ({ id }) => (await first.users.get({ id })).manager),
    )
    expect(managers.filter((manager) => manager !== null)).toHaveLength(1)
    expect(await preview(under(ann.id), [bob])).toBeDefined()
  })

  it('gives nobody a number that is somebody’s, in whatever case', async () => {
    const [ann, bob] = [await as(t.app, 'nurse'), await as(t.app, 'nurse')]
    await done({ act: 'transfer', employeeNumber: 'a-1' }, [ann])
    const id = await done({ act: 'transfer', employeeNumber: 'A-1' }, [bob])
    expect((await first.people.get({ id })).results).toMatchObject({ done: 0, overtaken: 1 })
  })

  it('is nobody’s who lost the right meanwhile', async () => {
    const nurse = await as(t.app, 'nurse')
    const { hash } = await preview({ act: 'deactivate' }, [nurse])
    await changeVouched(t.app, 'factor', eq(schema.totpFactors.userId, first.id), { disabled: true })
    const late = first.people.change({ change: { act: 'deactivate' }, people: [nurse.id], hash, reason })
    expect(await refusalOf(late)).toBe('FORBIDDEN')
  })
})
