import { CARE_DAYS } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patientsInCareOf } from '../../care/relationship.ts'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { insertVouched } from '../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { careRouter } from './router.ts'

const callerFor = createCallerFactory(router({ care: careRouter }))
const reason = 'takes over on the ward'
const DAY_MS = 86_400_000

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const as = async (role: string | readonly string[], options: SignInOptions = {}) => {
  const { context, userId } = await signInAs(t.app, role, options)
  return { id: userId, care: callerFor(context).care, context }
}

const newPatient = async (): Promise<PatientId> => {
  const id: PatientId = newId()
  await withTransaction(t.app.db, [id], (tx) => tx.orm.insert(schema.patients).values({ id }))
  return id
}

/** Care of one's own: as an import or a privacy officer gives it. */
const giveCare = async (patientId: PatientId, userId: UserId, endsAt: Date | null = null) => {
  await insertVouched(t.app, 'care-relationship', [
    {
      patientId,
      id: newId(),
      userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
      endsAt,
    },
  ])
}
const reaches = async (patientId: PatientId, userId: UserId): Promise<boolean> => {
  const found = await t.app.reads.relationships.ask({ userId, patientId })
  const listed = await patientsInCareOf(t.app, userId, t.now)
  expect(listed.some((one) => one.patientId === patientId)).toBe(found !== null)
  return found !== null
}

describe('a care relationship that is made by hand', () => {
  it('lasts 90 days unless told, and a year at most', async () => {
    const [patientId, clinician, nurse] = [await newPatient(), await as('clinician'), await as('nurse')]
    await giveCare(patientId, clinician.id)
    const made = await clinician.care.add({ patientId, userId: nurse.id, reason })
    expect(made.endsAt).toBe(new Date(t.now.getTime() + 90 * DAY_MS).toISOString())
    const until = (days: number) => ({ endsAt: new Date(t.now.getTime() + days * DAY_MS) })
    const add = (days: number) => clinician.care.add({ patientId, userId: nurse.id, reason, ...until(days) })
    await add(CARE_DAYS.atMost)
    expect(await refusalOf(add(CARE_DAYS.atMost + 1))).toBe('INVALID_INPUT')
    expect(await refusalOf(add(0))).toBe('INVALID_INPUT')
  })

  it('is listed with who gave it; and why, to whoever may open the audit log', async () => {
    const [patientId, nurse, officer] = [
      await newPatient(),
      await as('nurse'),
      await as('privacy-officer', { displayName: 'Olga Officer' }),
    ]
    const clinician = await as('clinician')
    await giveCare(patientId, clinician.id)
    await officer.care.add({ patientId, userId: nurse.id, reason })
    const listed = async ({ care }: typeof officer) =>
      (await care.list({ patientId })).items.map((item) => [item.who.userId, item.givenBy, item.reason])
    expect(await listed(officer)).toEqual(
      expect.arrayContaining([
        [nurse.id, 'Olga Officer', reason],
        [clinician.id, null, null],
      ]),
    )
    expect(await listed(clinician)).toContainEqual([nurse.id, 'Olga Officer', null])
  })

  it('needs a fresh factor', async () => {
    const [patientId, clinician, nurse] = [
      await newPatient(),
      await as('clinician', { factorAt: null }),
      await as('nurse'),
    ]
    await giveCare(patientId, clinician.id)
    const add = clinician.care.add({ patientId, userId: nurse.id, reason })
    expect(await refusalOf(add)).toBe('STEP_UP_REQUIRED')
  })

  it('is for those whose role is for care, and in force', async () => {
    const [patientId, officer] = [await newPatient(), await as('privacy-officer')]
    const soon = new Date(t.now.getTime() + 60_000)
    const late = await as('nurse', { endsAt: soon })
    const now = t.now
    t.now = soon
    const fresh = await as('privacy-officer')
    expect(await refusalOf(fresh.care.add({ patientId, userId: late.id, reason }))).toBe('CONFLICT')
    t.now = now
    for (const role of [[], 'billing', 'administrator', 'analyst', 'auditor']) {
      const other = await as(role)
      expect(await refusalOf(officer.care.add({ patientId, userId: other.id, reason }))).toBe('CONFLICT')
    }
  })

  it('ends with the care of the colleague who gave it, at the next decision', async () => {
    const [patientId, clinician, nurse] = [await newPatient(), await as('clinician'), await as('nurse')]
    const endsAt = new Date(t.now.getTime() + 60_000)
    await giveCare(patientId, clinician.id, endsAt)
    const { id } = await clinician.care.add({ patientId, userId: nurse.id, reason })
    expect(await reaches(patientId, nurse.id)).toBe(true)
    const now = t.now
    t.now = endsAt
    expect(await reaches(patientId, nurse.id)).toBe(false)
    const officer = await as('privacy-officer')
    const { items } = await officer.care.list({ patientId })
    expect(items.find((item) => item.id === id)).toMatchObject({ ended: true })
    // Renewed by somebody who has care, or who keeps the care teams.
    await officer.care.add({ patientId, userId: nurse.id, reason })
    expect(await reaches(patientId, nurse.id)).toBe(true)
    t.now = now
  })

  it('that an officer gave depends on nobody', async () => {
    const [patientId, officer, nurse] = [await newPatient(), await as('privacy-officer'), await as('nurse')]
    await officer.care.add({ patientId, userId: nurse.id, reason })
    expect(await reaches(patientId, nurse.id)).toBe(true)
    expect((await auditEntries(t.app, 'care.relationship.created')).at(-1)).toMatchObject({
      change: { after: { underGiver: false } },
    })
  })

  it('is not given on by whoever has it from a colleague: no two keep each other’s alive', async () => {
    const [patientId, first, second, nurse] = [
      await newPatient(),
      await as('clinician'),
      await as('clinician'),
      await as('nurse'),
    ]
    await giveCare(patientId, first.id)
    await first.care.add({ patientId, userId: second.id, reason })
    expect(await reaches(patientId, second.id)).toBe(true)
    for (const userId of [nurse.id, first.id]) {
      expect(await refusalOf(second.care.add({ patientId, userId, reason }))).toBe('FORBIDDEN')
    }
    expect(await reaches(patientId, nurse.id)).toBe(false)
  })
})
