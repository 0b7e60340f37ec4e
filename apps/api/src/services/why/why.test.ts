import { schema, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { changeVouched, insertVouched } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { newPerson } from '../auth/testing/person.ts'
import { draft, forceByTwo, give, as as inRoles, newName, reason } from '../roles/testing/house.ts'
import { usersRouter } from '../users/router.ts'
import { whyRouter } from './router.ts'

const callerFor = createCallerFactory(router({ why: whyRouter, users: usersRouter }))
const DAY_MS = 86_400_000
const READ = 'vault:record:read'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const as = async (role: string | readonly string[]) => {
  const { context, userId } = await signInAs(t.app, role)
  const { why, users } = callerFor(context)
  return { id: userId, why, users }
}
const newPatient = async (): Promise<PatientId> => {
  const id: PatientId = newId()
  await withTransaction(t.app.db, [id], (tx) => tx.orm.insert(schema.patients).values({ id }))
  return id
}
const giveCare = (patientId: PatientId, userId: UserId, createdBy: UserId | null = null) =>
  insertVouched(t.app, 'care-relationship', [
    {
      patientId,
      id: newId(),
      userId,
      createdBy,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
      endsAt: null,
    },
  ])
const later = (milliseconds: number) => {
  t.now = new Date(t.now.getTime() + milliseconds)
}

describe('why somebody may do something', () => {
  it('is told by the statement, the assignment, who gave it and why', async () => {
    const [administrator, person] = [await as('administrator'), await newPerson(t.app, 'nurse')]
    const given = await administrator.users.assignRole({
      userId: person.id,
      role: 'analyst',
      reason: 'counts for the board',
    })
    const why = await administrator.why.may({ userId: person.id, permission: 'export:request:create' })
    expect(why).toMatchObject({
      effect: 'allow',
      account: 'active',
      what: 'Request a de-identified export',
      stepUp: false,
      statement: { role: { name: 'analyst' } },
      relationship: null,
      own: false,
    })
    expect(why.assignments).toEqual([
      expect.objectContaining({
        id: given.outcome === 'granted' ? given.assignmentId : '',
        grantedBy: expect.objectContaining({ id: administrator.id }),
        approvedBy: null,
        reason: 'counts for the board',
      }),
    ])
  })

  it('is nothing where nobody gave it, and the sentence says what is missing', async () => {
    const [administrator, person] = [await as('administrator'), await newPerson(t.app, 'nurse')]
    const why = await administrator.why.may({ userId: person.id, permission: 'account:user:invite' })
    expect(why).toMatchObject({ effect: 'deny', statement: null, assignments: [] })
    expect(why.reason).toBe('No role in force allows this.')
  })

  it('is asked as of a day that is past: what ended since counted then, and what began since did not', async () => {
    const [administrator, person] = [await as('administrator'), await newPerson(t.app, 'nurse')]
    const asked = { userId: person.id, permission: 'export:request:create' } as const
    const before = t.now
    later(DAY_MS)
    const given = await (await as('administrator')).users.assignRole({
      userId: person.id,
      role: 'analyst',
      reason: 'for a day',
    })
    const during = t.now
    later(DAY_MS)
    const another = await as('administrator')
    await another.users.endAssignment({
      assignmentId: given.outcome === 'granted' ? given.assignmentId : '',
      reason: 'the day is over',
    })
    const { why } = another
    expect((await why.may({ ...asked, asOf: before })).effect).toBe('deny')
    expect(await why.may({ ...asked, asOf: during })).toMatchObject({ effect: 'allow', account: 'active' })
    expect((await why.may(asked)).effect).toBe('deny')
    expect(await refusalOf(administrator.why.may(asked))).toBe('UNAUTHENTICATED')
  })

  it('is told by the version that somebody holds, which this process need not have read yet', async () => {
    const house = [await inRoles(t, 'administrator'), await inRoles(t, 'administrator')] as const
    const [editor] = house
    const [person, name] = [await newPerson(t.app, 'auditor'), newName()]
    await forceByTwo(house, name, await draft(editor, name, ['account:user:list']))
    await give(house, person.id, name)
    const other = await t.another()
    const elsewhere = callerFor((await signInAs(other, 'administrator')).context).why
    const [before, after] = ['account:user:list', 'account:people:list'] as const
    expect((await elsewhere.may({ userId: person.id, permission: before })).effect).toBe('allow')
    // Drafted once that process has read what there is.
    const version = await draft(editor, name, ['account:people:list'], 1)
    const wanted = { name, version, people: [person.id] }
    const { hash } = await editor.roles.compare(wanted)
    const put = await editor.roles.putInForce({ ...wanted, hash, reason })
    if (put.outcome === 'pending-approval') await house[1].approvals.approve({ id: put.approvalId })
    const why = await elsewhere.may({ userId: person.id, permission: after })
    expect(why).toMatchObject({ effect: 'allow', statement: { role: { name, version } } })
    expect(why.assignments).toHaveLength(1)
    expect((await elsewhere.may({ userId: person.id, permission: before })).effect).toBe('deny')
    await other.close()
  })

  it('says that an account was closed, or not there yet, whatever its roles say', async () => {
    const start = t.now
    later(DAY_MS)
    const [administrator, person] = [await as('administrator'), await newPerson(t.app, 'nurse')]
    const asked = { userId: person.id, permission: 'home:summary:read' } as const
    expect((await administrator.why.may({ ...asked, asOf: start })).account).toBe('none')
    await changeVouched(t.app, 'user', eq(schema.users.id, person.id), { status: 'deactivated' })
    expect((await administrator.why.may(asked)).account).toBe('deactivated')
  })

  it('says of whom at most, where it is about patients and none is named', async () => {
    const [administrator, nurse, billing] = [
      await as('administrator'),
      await as('nurse'),
      await as('billing'),
    ]
    const reach = async (userId: UserId) =>
      (await administrator.why.may({ userId, permission: READ })).patients
    expect([await reach(nurse.id), await reach(billing.id)]).toEqual(['care', 'all'])
  })

  it('can not be asked of what is to come', async () => {
    const [administrator, person] = [await as('administrator'), await newPerson(t.app, 'nurse')]
    const call = administrator.why.may({
      userId: person.id,
      permission: READ,
      asOf: new Date(t.now.getTime() + DAY_MS),
    })
    expect(await refusalOf(call)).toBe('INVALID_INPUT')
  })

  it('rests on nothing that the application does not vouch for', async () => {
    const [administrator, person] = [await as('administrator'), await newPerson(t.app, 'nurse')]
    await t.database.open('chartward_owner', 1).sql`
      update role_assignments set role = 'analyst' where user_id = ${person.id}`
    const asked = { userId: person.id, permission: 'export:request:create' } as const
    expect(await administrator.why.may(asked)).toMatchObject({ effect: 'deny', assignments: [] })
  })
})

describe('why somebody sees a patient', () => {
  it('names the relationship and who gave it, and how much is seen', async () => {
    const [officer, nurse, patientId] = [await as('privacy-officer'), await as('nurse'), await newPatient()]
    await giveCare(patientId, nurse.id, officer.id)
    const why = await officer.why.mayPatient({ userId: nurse.id, permission: READ, patientId })
    expect(why).toMatchObject({
      effect: 'allow',
      relationship: { kind: 'care-team', origin: 'by-hand', givenBy: { id: officer.id } },
      statement: { role: { name: 'nurse' } },
    })
    expect(why.sees.map(({ fieldClass }) => fieldClass)).toContain('clinical')
    expect((await auditEntries(t.app, 'decision.explained')).at(-1)).toMatchObject({
      patientId,
      resource: { type: 'user', id: nurse.id },
      outcome: 'success',
    })
  })

  it('tells who would have to break the glass from who may not at all', async () => {
    const [officer, nurse, analyst] = [await as('privacy-officer'), await as('nurse'), await as('analyst')]
    const patientId = await newPatient()
    const ask = async (userId: UserId) =>
      (await officer.why.mayPatient({ userId, permission: READ, patientId })).effect
    expect(await ask(nurse.id)).toBe('needs-break-glass')
    expect(await ask(analyst.id)).toBe('deny')
  })

  it('says so where it rests on having broken the glass, for as long as that lasted', async () => {
    const [officer, patientId] = [await as('privacy-officer'), await newPatient()]
    const nurse = await newPerson(t.app, 'nurse')
    const [held] = await t.app.db.orm
      .select()
      .from(schema.roleAssignments)
      .where(eq(schema.roleAssignments.userId, nurse.id))
    await insertVouched(t.app, 'break-glass', [
      {
        id: newId(),
        patientId,
        userId: nurse.id,
        assignmentId: held?.id ?? '',
        cause: 'emergency',
        reason: Buffer.from('sealed'),
        startsAt: t.now,
        endsAt: new Date(t.now.getTime() + 60_000),
      },
    ])
    const [asked, during] = [{ userId: nurse.id, permission: READ, patientId } as const, t.now]
    expect(await officer.why.mayPatient(asked)).toMatchObject({ effect: 'allow', brokeGlass: true })
    const { readers } = await officer.why.readers({ patientId, field: 'Condition.code' })
    expect(readers).toMatchObject([{ person: { id: nurse.id }, brokeGlass: true, relationship: null }])
    later(60_000)
    expect((await officer.why.mayPatient(asked)).effect).toBe('needs-break-glass')
    expect((await officer.why.mayPatient({ ...asked, asOf: during })).brokeGlass).toBe(true)
  })

  it('is asked of what is about patients alone', async () => {
    const [officer, nurse, patientId] = [await as('privacy-officer'), await as('nurse'), await newPatient()]
    const call = officer.why.mayPatient({ userId: nurse.id, permission: 'export:request:create', patientId })
    expect(await refusalOf(call)).toBe('INVALID_INPUT')
  })

  it('is not for an administrator, who sees no patient, and no one else', async () => {
    const [nurse, patientId] = [await as('nurse'), await newPatient()]
    for (const role of ['administrator', 'security-officer', 'clinician', 'auditor']) {
      const { why } = await as(role)
      expect(await refusalOf(why.mayPatient({ userId: nurse.id, permission: READ, patientId }))).toBe(
        'FORBIDDEN',
      )
      expect(await refusalOf(why.readers({ patientId, field: 'Patient.name' }))).toBe('FORBIDDEN')
    }
  })
})

describe('who can see a field of a patient', () => {
  it('is everybody whom decide() lets, with what it rests on, and nobody else', async () => {
    const [officer, nurse, other] = [await as('privacy-officer'), await as('nurse'), await as('nurse')]
    const [billing, patientId] = [await as('billing'), await newPatient()]
    await giveCare(patientId, nurse.id)
    const { readers, byBreakGlass } = await officer.why.readers({ patientId, field: 'Patient.name' })
    const of = (id: UserId) => readers.find(({ person }) => person.id === id)
    expect(of(nurse.id)).toMatchObject({
      grant: 'clear',
      role: 'Nurse',
      relationship: { origin: 'by-hand', givenBy: null },
    })
    expect(of(billing.id)).toMatchObject({ grant: 'masked', relationship: null })
    expect(of(officer.id)).toMatchObject({ grant: 'clear' })
    expect(of(other.id)).toBeUndefined()
    expect(byBreakGlass).toBeGreaterThan(0)
    const condition = await officer.why.readers({ patientId, field: 'Condition.code' })
    expect(condition.readers.map(({ person }) => person.id)).toEqual([nurse.id])
  })

  it('leaves out whose care has ended, and has them as of a day when it had not', async () => {
    const [officer, patientId] = [await as('privacy-officer'), await newPatient()]
    const nurse = await newPerson(t.app, 'nurse')
    await giveCare(patientId, nurse.id)
    const during = t.now
    later(1000)
    await changeVouched(t.app, 'care-relationship', eq(schema.careRelationships.patientId, patientId), {
      endsAt: t.now,
    })
    later(1000)
    const seeing = async (asOf?: Date) =>
      (await officer.why.readers({ patientId, field: 'Condition.code', ...(asOf && { asOf }) })).readers.map(
        ({ person }) => person.id,
      )
    expect(await seeing()).toEqual([])
    expect(await seeing(during)).toEqual([nurse.id])
  })

  it('leaves out who can not sign in', async () => {
    const [officer, nurse, patientId] = [await as('privacy-officer'), await as('nurse'), await newPatient()]
    await giveCare(patientId, nurse.id)
    await changeVouched(t.app, 'user', eq(schema.users.id, nurse.id), { status: 'suspended' })
    expect((await officer.why.readers({ patientId, field: 'Condition.code' })).readers).toEqual([])
  })

  it('refuses a field that the catalog does not have, by the name of its key', async () => {
    const [officer, patientId] = [await as('privacy-officer'), await newPatient()]
    const field = 'Patient.shoeSize' as 'Patient.name'
    expect(await refusalOf(officer.why.readers({ patientId, field }))).toBe('INVALID_INPUT')
  })
})
