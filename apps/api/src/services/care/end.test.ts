import { schema } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { insertVouched } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { careRouter } from './router.ts'

const callerFor = createCallerFactory(router({ care: careRouter }))
const reason = 'no longer on the ward'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

/** A clinician with a care relationship that was set by hand, and the patient whom it is with. */
const inCare = async () => {
  const patientId: PatientId = newId()
  const clinician = await signInAs(t.app, 'clinician')
  const id = newId()
  await insertVouched(t.app, 'care-relationship', [
    {
      patientId,
      id,
      userId: clinician.userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
    },
  ])
  return { patientId, id, clinician }
}

const endOf = async ({ patientId, id }: { patientId: PatientId; id: string }): Promise<Date | null> => {
  const { careRelationships: c } = schema
  const [row] = await t.app.db.orm
    .select()
    .from(c)
    .where(and(eq(c.patientId, patientId), eq(c.id, id)))
  return row?.endsAt ?? null
}

describe('a care relationship that was set by hand', () => {
  it('is ended by a privacy officer, once', async () => {
    const { patientId, id } = await inCare()
    const officer = callerFor((await signInAs(t.app, 'privacy-officer')).context)
    await officer.care.end({ patientId, id, reason })
    expect(await endOf({ patientId, id })).toEqual(t.now)
    expect(await refusalOf(officer.care.end({ patientId, id, reason }))).toBe('CONFLICT')
  })

  it('is not ended by the one whose relationship it is, and that is in the log', async () => {
    const { patientId, id, clinician } = await inCare()
    const own = callerFor(clinician.context).care
    expect(await refusalOf(own.end({ patientId, id, reason }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await endOf({ patientId, id })).toBeNull()
    const entries = (await auditEntries(t.app, 'care.relationship.ended')).filter(
      (entry) => entry.patientId === patientId,
    )
    expect(entries).toMatchObject([{ outcome: 'refused', reason: 'SECOND_PERSON_REQUIRED' }])
  })

  it('of another patient is not found', async () => {
    const [one, other] = [await inCare(), await inCare()]
    const officer = callerFor((await signInAs(t.app, 'privacy-officer')).context)
    expect(await refusalOf(officer.care.end({ patientId: one.patientId, id: other.id, reason }))).toBe(
      'NOT_FOUND',
    )
  })
})
