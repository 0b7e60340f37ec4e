import { approvalKind } from '@chartward/contract'
import { schema } from '@chartward/db'
import type { Id, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test as it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { Separation } from '../../guard/separation.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { withoutEntry } from '../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { callerOf, looking, NO_TERMS, wait } from '../auth/testing/person.ts'
import { npiToken, sealDirectoryEntry } from '../directory/directory.ts'
import { APPROVAL_KINDS, APPROVAL_MS, decideApproval, requestApproval } from './approval.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

const REASON = 'joins the team'
const as = async (role: string | readonly string[], options: SignInOptions = {}) => {
  const { context, userId } = await signInAs(t.app, role, options)
  const { auth, users, approvals } = callerOf(context)
  return { id: userId, auth, users, approvals: looking(approvals), unseen: approvals }
}
type Person = Awaited<ReturnType<typeof as>>

const askFor = async (by: Person, userId: UserId, role = 'auditor', endsAt?: Date): Promise<string> => {
  const asked = { userId, role, reason: REASON, ...(endsAt === undefined ? {} : { endsAt }) }
  const outcome = await by.users.assignRole(asked)
  return outcome.outcome === 'pending-approval' ? outcome.approvalId : ''
}
const rolesOf = async (by: Person, id: string) =>
  (await by.users.get({ id })).assignments.map(({ role }) => role)
const viewOf = async (by: Person, id: string) =>
  (await by.approvals.list({})).items.find((item) => item.id === id)

describe('a privileged role', () => {
  it('is granted when a second person approves it, with an entry of each', async () => {
    const [first, second, user] = [await as('administrator'), await as('administrator'), await as([])]
    const id = await askFor(first, user.id)
    expect(await viewOf(second, id)).toMatchObject({
      kind: 'role-assignment',
      subject: { id: user.id },
      detail: 'Role Auditor',
      requestedBy: { id: first.id },
      reason: REASON,
      status: 'pending',
      mine: false,
      decidedBy: null,
    })
    expect((await viewOf(first, id))?.mine).toBe(true)
    await second.approvals.approve({ id, reason: 'agreed' })
    const { assignments, pending } = await first.users.get({ id: user.id })
    expect(assignments).toMatchObject([{ role: 'auditor', grantedBy: { id: first.id }, approvalId: id }])
    expect(pending).toEqual([])
    expect(await viewOf(first, id)).toMatchObject({ status: 'approved', decidedBy: { id: second.id } })
    const entries = (await auditEntries(t.app)).slice(-12)
    const decided = entries.find(({ action }) => action === 'approval.approved')
    const granted = entries.find(({ action }) => action === 'role.assignment.granted')
    expect(decided).toMatchObject({
      outcome: 'success',
      actor: { kind: 'user', id: second.id },
      resource: { type: 'approval', id },
      change: {
        before: { status: 'pending' },
        after: { status: 'approved', requestedBy: first.id, subject: user.id },
      },
    })
    expect(granted).toMatchObject({
      actor: { kind: 'user', id: second.id },
      requestId: decided?.requestId,
      change: { after: { user: user.id, role: 'auditor', approval: id, grantedBy: first.id } },
    })
  })

  it('is approved once, however many do so at the same moment', async () => {
    const [first, second, third, user] = [
      await as('administrator'),
      await as('administrator'),
      await as('administrator'),
      await as([]),
    ]
    const id = await askFor(first, user.id)
    const outcomes = await Promise.allSettled([
      second.approvals.approve({ id }),
      third.approvals.approve({ id }),
      second.approvals.approve({ id }),
      third.approvals.reject({ id, reason: 'not agreed' }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await rolesOf(first, user.id)).length).toBeLessThanOrEqual(1)
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('CONFLICT')
  })

  it('is approved neither by whoever asked for it nor by whoever would get it, even if there is nobody else', async () => {
    const [first, second] = [await as('administrator'), await as('administrator')]
    const id = await askFor(first, second.id)
    expect(await refusalOf(first.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(first.approvals.reject({ id, reason: 'changed my mind' }))).toBe(
      'SECOND_PERSON_REQUIRED',
    )
    expect(await rolesOf(first, second.id)).toEqual(['administrator'])
    const refused = (await auditEntries(t.app, 'approval.approved')).slice(-2)
    expect(refused).toMatchObject([
      { outcome: 'refused', reason: 'SECOND_PERSON_REQUIRED', resource: { type: 'approval', id } },
      { outcome: 'refused', reason: 'SECOND_PERSON_REQUIRED', resource: { type: 'approval', id } },
    ])
  })

  it('that is rejected is not granted, and can be asked for again', async () => {
    const [first, second, user] = [await as('administrator'), await as('administrator'), await as([])]
    const id = await askFor(first, user.id)
    await second.approvals.reject({ id, reason: 'not needed' })
    expect(await rolesOf(first, user.id)).toEqual([])
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('CONFLICT')
    expect(await askFor(first, user.id)).not.toBe('')
  })

  it('waits seven days and no longer', async () => {
    const [first, user] = [await as('administrator'), await as([])]
    const id = await askFor(first, user.id)
    wait(t, APPROVAL_MS)
    const second = await as('administrator')
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('EXPIRED')
    expect(await viewOf(second, id)).toMatchObject({ status: 'expired' })
    const listed = async (status: 'pending' | 'expired') =>
      (await second.approvals.list({ status })).items.some((item) => item.id === id)
    expect(await listed('pending')).toBe(false)
    expect(await listed('expired')).toBe(true)
    expect(await askFor(second, user.id)).not.toBe('')
  })

  it('needs a fresh factor of whoever approves', async () => {
    const [first, second, user] = [
      await as('administrator'),
      await as('administrator', { factorAt: null }),
      await as([]),
    ]
    const id = await askFor(first, user.id)
    expect(await refusalOf(second.approvals.approve({ id }))).toBe('STEP_UP_REQUIRED')
  })

  it('is not granted to whoever was deactivated meanwhile, nor past its own end; the request stays open', async () => {
    const [first, second, left, late] = [
      await as('administrator'),
      await as('administrator'),
      await as([]),
      await as([]),
    ]
    const [forLeft, forLate] = [
      await askFor(first, left.id),
      await askFor(first, late.id, 'auditor', new Date(t.now.getTime() + 1000)),
    ]
    await first.users.deactivate({ id: left.id, reason: 'has left' })
    wait(t, 2000)
    expect(await refusalOf(second.approvals.approve({ id: forLeft }))).toBe('CONFLICT')
    expect(await refusalOf(second.approvals.approve({ id: forLate }))).toBe('EXPIRED')
    expect(await viewOf(second, forLeft)).toMatchObject({ status: 'pending' })
    expect(await rolesOf(first, late.id)).toEqual([])
  })
})

describe('what is decided', () => {
  it('is shown whole: for whom, what, until when, what that permits, who asked, why, and by which entry', async () => {
    const [first, second] = [
      await as('administrator', { displayName: 'Ada Asks' }),
      await as('administrator'),
    ]
    const user = await as('nurse', { displayName: 'Uma User', email: 'uma@example.test' })
    const endsAt = new Date(t.now.getTime() + 86_400_000)
    const id = await askFor(first, user.id, 'auditor', endsAt)
    const { terms, hash, status, mine } = await second.approvals.get({ id })
    expect(terms).toMatchObject({
      line: 'Role Auditor',
      endsAt: endsAt.toISOString(),
      subject: { id: user.id, displayName: 'Uma User', email: 'uma@example.test', holds: ['Nurse'] },
      role: { name: 'auditor', privileged: true, sees: [], version: 3 },
      requestedBy: { displayName: 'Ada Asks' },
      reason: REASON,
    })
    expect(terms.role?.permits).toContainEqual({
      what: 'Search the audit log',
      patients: null,
      stepUp: false,
    })
    expect([hash, status, mine]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 'pending', false])
    const asked = (await auditEntries(t.app, 'role.assignment.requested')).at(-1)
    expect(terms.entryId).toBe(asked?.id)
    await second.approvals.approve({ id })
    expect((await auditEntries(t.app, 'approval.approved')).at(-1)?.change?.after).toMatchObject({
      terms: hash,
    })
  })

  it('is what was shown: where it rests on something else by then, nothing is done until it is looked at anew', async () => {
    const [first, second, user] = [await as('administrator'), await as('administrator'), await as([])]
    const id = await askFor(first, user.id)
    const { hash } = await second.approvals.get({ id })
    await first.users.assignRole({ userId: user.id, role: 'nurse', reason: REASON })
    expect(await refusalOf(second.unseen.approve({ id, hash }))).toBe('CONFLICT')
    expect(await refusalOf(second.unseen.reject({ id, hash, reason: 'not agreed' }))).toBe('CONFLICT')
    expect(await rolesOf(first, user.id)).toEqual(['nurse'])
    expect(await viewOf(second, id)).toMatchObject({ status: 'pending', decidedBy: null })
    const { terms, hash: anew } = await second.approvals.get({ id })
    expect(terms.subject?.holds).toEqual(['Nurse'])
    await second.unseen.approve({ id, hash: anew })
    expect(await rolesOf(first, user.id)).toEqual(['auditor', 'nurse'])
  })

  it('is one request: what was shown of another decides nothing, and neither does what was shown of none', async () => {
    const [first, second, one, two] = [
      await as('administrator'),
      await as('administrator'),
      await as([]),
      await as([]),
    ]
    const [id, other] = [await askFor(first, one.id), await askFor(first, two.id)]
    const { hash } = await second.approvals.get({ id: other })
    for (const shown of [hash, NO_TERMS])
      expect(await refusalOf(second.unseen.approve({ id, hash: shown }))).toBe('CONFLICT')
    expect(await rolesOf(first, one.id)).toEqual([])
  })

  it('is shown by no row that the application does not vouch for: a role put in, a name changed', async () => {
    const [first, second, user] = [await as('administrator'), await as('administrator'), await as(['nurse'])]
    const id = await askFor(first, user.id)
    const owner = t.database.open('chartward_owner', 1)
    const set = async (table: string, column: string, value: string) => {
      const where = table === 'users' ? 'id' : 'user_id'
      await owner.sql.unsafe(`update ${table} set ${column} = $1 where ${where} = $2`, [value, user.id])
    }
    expect((await second.approvals.get({ id })).terms.subject?.holds).toEqual(['Nurse'])
    await set('role_assignments', 'role', 'auditor')
    expect(await refusalOf(second.approvals.get({ id }))).toBe('INTEGRITY')
    await set('role_assignments', 'role', 'nurse')
    await set('users', 'display_name', 'Somebody Else')
    expect(await refusalOf(second.approvals.get({ id }))).toBe('INTEGRITY')
  })

  it('is the same to everybody who looks', async () => {
    const [first, second, third, user] = [
      await as('administrator'),
      await as('administrator'),
      await as('privacy-officer'),
      await as([]),
    ]
    const id = await askFor(first, user.id)
    const hashes = await Promise.all([second, third].map((by) => by.approvals.get({ id })))
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(1)
  })
})

describe('a link to a practitioner', () => {
  const newPractitioner = async (npi: string): Promise<string> => {
    const id = newId()
    await t.app.db.orm.insert(schema.directoryEntries).values({
      id,
      type: 'Practitioner',
      sourceToken: Buffer.from(id),
      npiToken: npiToken(t.app.keyring, npi),
      content: sealDirectoryEntry(t.app.keyring, id, {
        identity: {
          name: [{ family: 'Reed', given: ['Ann'] }],
          npi: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi }],
        },
      }),
    })
    return id
  }
  const practitionerOf = async (id: UserId) => {
    const [row] = await t.app.db.orm.select().from(schema.users).where(eq(schema.users.id, id))
    return row?.practitionerId
  }

  it('is made by NPI when a second person approves it', async () => {
    const [first, second, user] = [
      await as('administrator'),
      await as('administrator'),
      await as('clinician'),
    ]
    const practitionerId = await newPractitioner('1234567893')
    const asked = { userId: user.id, npi: '1234 567 893', reason: REASON }
    const { approvalId, practitioner } = await first.users.requestPractitionerLink(asked)
    expect(practitioner).toMatchObject({ id: practitionerId, name: expect.stringContaining('Reed') })
    expect(await practitionerOf(user.id)).toBeNull()
    expect((await viewOf(second, approvalId))?.detail).toMatch(/Reed.*NPI 1234567893/)
    expect(await refusalOf(first.approvals.approve({ id: approvalId }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(first.users.requestPractitionerLink(asked))).toBe('CONFLICT')
    await second.approvals.approve({ id: approvalId })
    expect(await practitionerOf(user.id)).toBe(practitionerId)
    expect((await first.users.get({ id: user.id })).practitioner).toMatchObject({
      id: practitionerId,
      npi: '1234567893',
    })
    expect(await user.auth.session()).toMatchObject({ user: { practitionerLinked: true } })
    expect((await auditEntries(t.app, 'user.practitioner.linked')).at(-1)).toMatchObject({
      actor: { kind: 'user', id: second.id },
      resource: { type: 'user', id: user.id },
      change: { before: { practitioner: null }, after: { practitioner: practitionerId } },
    })
    const other = await as('clinician')
    const taken = first.users.requestPractitionerLink({ ...asked, userId: other.id })
    expect(await refusalOf(taken)).toBe('CONFLICT')
  })

  it('is never asked for oneself, nor for an NPI that nobody has', async () => {
    const [administrator, user] = [await as('administrator'), await as('clinician')]
    await newPractitioner('1999999984')
    const npi = '1999999984'
    const own = administrator.users.requestPractitionerLink({ userId: administrator.id, npi, reason: REASON })
    expect(await refusalOf(own)).toBe('FORBIDDEN')
    const unknown = { userId: user.id, npi: '1000000004', reason: REASON }
    expect(await refusalOf(administrator.users.requestPractitionerLink(unknown))).toBe('NOT_FOUND')
  })
})

it('requests of another kind are none that is decided or listed here', async () => {
  const [first, second] = [await as('administrator'), await as('administrator')]
  const wanted = {
    kind: 'export',
    subjectId: newId<Id<'export'>>(),
    payload: {},
    requestedBy: first.id,
    reason: REASON,
  } as const
  const { id } = await withoutEntry(t.app, (tx) => requestApproval(tx, t.app, wanted))
  expect(await refusalOf(second.approvals.approve({ id }))).toBe('NOT_FOUND')
  expect(await viewOf(second, id)).toBeUndefined()
  const decide = (by: UserId) =>
    withoutEntry(t.app, (tx) =>
      decideApproval(
        tx,
        { app: t.app, user: { id: by }, separation: new Separation(by, 'export:request:decide') },
        { id, kinds: ['export'], status: 'approved', reason: null },
      ),
    )
  await expect(decide(first.id)).rejects.toMatchObject({ code: 'SECOND_PERSON_REQUIRED' })
  expect(await decide(second.id)).toMatchObject({ status: 'approved', decidedBy: second.id })
})

describe('the kinds of approval', () => {
  it('are the same to the database and to whoever asks', () => {
    expect([...approvalKind.options].toSorted()).toEqual([...APPROVAL_KINDS].toSorted())
  })
})
