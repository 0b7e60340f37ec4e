import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBreakGlass } from '../../care/break-glass.ts'
import { newId } from '../../core/ids.ts'
import { auditEntries, entriesOfRequest, refusalOf } from '../../testing/entries.ts'
import type { SignInOptions } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { escalateBreakGlass } from './escalate.ts'
import { giveCare, HOUR_MS, newPatient, type Person, personOn, type Registered, why } from './testing/ward.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const as = (roles: string | readonly string[], options?: SignInOptions) => personOn(t, roles, options)
const later = (ms: number) => {
  t.now = new Date(t.now.getTime() + ms)
}
const breakFor = ({ call }: Person, { patientId }: Pick<Registered, 'patientId'>) =>
  call.breakGlass.open({ patientId, cause: 'emergency', reason: why })
/** What opening the chart comes to. */
const opens = async ({ call }: Person, { patientId }: Pick<Registered, 'patientId'>): Promise<string> => {
  const head = await call.patients.get({ id: patientId }).then(() => 'opened', refusal)
  const list = await call.records.list({ patientId, type: 'Condition' }).then(() => 'opened', refusal)
  expect(list).toBe(head)
  return head
}
const refusal = (error: unknown) => refusalOf(Promise.reject(error))

describe('breaking the glass', () => {
  it('opens the one patient, for an hour, as far as the role would in care', async () => {
    const [nurse, patient, other] = [await as('nurse'), await newPatient(t), await newPatient(t)]
    expect(await opens(nurse, patient)).toBe('NO_CARE_RELATIONSHIP')
    const { endsAt } = await breakFor(nurse, patient)
    expect(endsAt).toBe(new Date(t.now.getTime() + HOUR_MS).toISOString())
    expect(await opens(nurse, patient)).toBe('opened')
    expect(await opens(nurse, other)).toBe('NO_CARE_RELATIONSHIP')
    const chart = await nurse.call.patients.get({ id: patient.patientId })
    const inCare = await as('nurse')
    await giveCare(t, patient.patientId, inCare.id)
    const same = await inCare.call.patients.get({ id: patient.patientId })
    expect({ ...chart }).toEqual({ ...same })
    expect(
      (await nurse.call.records.list({ patientId: patient.patientId, type: 'Condition' })).items,
    ).toHaveLength(1)
    // The list of one’s own patients, a search, and the care team stay what they were.
    expect((await nurse.call.patients.mine({})).items).toEqual([])
    expect((await nurse.call.patients.search({ by: 'mrn', text: patient.mrn })).items).toEqual([])
    expect(await refusalOf(nurse.call.care.list({ patientId: patient.patientId }))).toBe('FORBIDDEN')
  })

  it('ends by itself after its time, in the middle of a page too: by the clock of the decision, and no job', async () => {
    const [nurse, patient] = [await as('nurse'), await newPatient(t)]
    later(10_000)
    const now = t.now
    await breakFor(nurse, patient)
    const steps = 12
    // Working keeps the session; nothing but the clock moves.
    for (let step = 1; step < steps; step++) {
      later(HOUR_MS / steps)
      expect(await opens(nurse, patient)).toBe('opened')
    }
    t.now = new Date(now.getTime() + HOUR_MS - 1)
    expect(await opens(nurse, patient)).toBe('opened')
    t.now = new Date(now.getTime() + HOUR_MS)
    expect(await opens(nurse, patient)).toBe('NO_CARE_RELATIONSHIP')
    // A clock that is a little behind does not make it longer than the hour that it is told.
    t.now = new Date(now.getTime() - 4_000)
    expect(await opens(nurse, patient)).toBe('opened')
    t.now = new Date(now.getTime() - 6_000)
    expect(await opens(nurse, patient)).toBe('NO_CARE_RELATIONSHIP')
    t.now = now
  })

  it('needs a fresh factor, a reason, and a role that gives care', async () => {
    const patient = await newPatient(t)
    const stale = await as('clinician', { factorAt: null })
    expect(await refusalOf(breakFor(stale, patient))).toBe('STEP_UP_REQUIRED')
    const clinician = await as('clinician')
    const without = { patientId: patient.patientId, cause: 'emergency', reason: ' ' } as const
    expect(await refusalOf(clinician.call.breakGlass.open(without))).toBe('INVALID_INPUT')
    for (const role of ['billing', 'privacy-officer', 'administrator', 'analyst', 'patient', 'auditor'])
      expect(await refusalOf(breakFor(await as(role), patient))).toBe('FORBIDDEN')
    expect(await refusalOf(breakFor(clinician, { patientId: newId() }))).toBe('NOT_FOUND')
  })

  it('is refused where there is nothing to break: in care, or where it is broken already', async () => {
    const [clinician, patient, own] = [await as('clinician'), await newPatient(t), await newPatient(t)]
    await giveCare(t, own.patientId, clinician.id)
    expect(await refusalOf(breakFor(clinician, own))).toBe('CONFLICT')
    await breakFor(clinician, patient)
    expect(await refusalOf(breakFor(clinician, patient))).toBe('CONFLICT')
  })

  it('is done once by two requests at once, and of two patients there are two uses', async () => {
    const [clinician, patient, other] = [await as('clinician'), await newPatient(t), await newPatient(t)]
    const both = await Promise.allSettled([breakFor(clinician, patient), breakFor(clinician, patient)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await breakFor(clinician, other)
    expect([await opens(clinician, patient), await opens(clinician, other)]).toEqual(['opened', 'opened'])
    const session = await clinician.call.auth.session({})
    const open = session.stage === 'full' ? session.breakGlass.open : []
    expect(open.map(({ patientId }) => patientId).toSorted()).toEqual(
      [patient.patientId, other.patientId].toSorted(),
    )
    const first = open.find(({ patientId }) => patientId === patient.patientId)
    await clinician.call.breakGlass.endMine({ id: first?.id ?? '' })
    expect([await opens(clinician, patient), await opens(clinician, other)]).toEqual([
      'NO_CARE_RELATIONSHIP',
      'opened',
    ])
  })

  it('leaves closed what the record’s own labels keep from whoever treats the patient', async () => {
    const label = (code: string) => ({
      resourceType: 'Condition',
      id: newId(),
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] },
      code: { text: 'kept apart' },
    })
    const patient = await newPatient(t, { more: [label('PSYTHPN'), label('ETH'), label('HIV')] })
    const [broken, inCare] = [await as('clinician'), await as('clinician')]
    await breakFor(broken, patient)
    await giveCare(t, patient.patientId, inCare.id)
    const seen = async ({ call }: Person) => {
      const { items } = await call.records.list({ patientId: patient.patientId, type: 'Condition' })
      return items.map(({ id, withheld }) => [id, withheld]).toSorted()
    }
    expect(await seen(broken)).toEqual(await seen(inCare))
    expect((await seen(broken)).filter(([, withheld]) => withheld === true).length).toBeGreaterThan(0)
  })

  it('is named by the entries of what was read in it, and the reason is sealed', async () => {
    const [clinician, patient] = [await as('clinician'), await newPatient(t)]
    const { id } = await breakFor(clinician, patient)
    await opens(clinician, patient)
    const entries = (await entriesOfRequest(t.app, clinician.context.requestId)).filter(
      ({ patientId }) => patientId === patient.patientId,
    )
    const told = entries.map(({ action, facts }) => [action, facts.breakGlass, facts.breakGlassInForce])
    expect(told).toEqual([
      ['break-glass.opened', null, false],
      ['patient.viewed', id, true],
      ['record.listed', id, true],
    ])
    expect(JSON.stringify(entries)).not.toContain(why)
    const owner = t.database.open('chartward_owner', 1)
    const [row] = await owner.sql`select reason from break_glass_grants where id = ${id}`
    expect(Buffer.from(row?.reason).toString()).not.toContain('floor')
  })
})

describe('a use of break-glass ends before its time', () => {
  it('by its holder, at the next request: what was decided before may still be answered', async () => {
    const [clinician, patient, other] = [await as('clinician'), await newPatient(t), await as('clinician')]
    const { id } = await breakFor(clinician, patient)
    await Promise.allSettled([
      ...[1, 2, 3].map(() => clinician.call.patients.get({ id: patient.patientId })),
      clinician.call.breakGlass.endMine({ id }),
    ])
    expect(await opens(clinician, patient)).toBe('NO_CARE_RELATIONSHIP')
    expect(await refusalOf(clinician.call.breakGlass.endMine({ id }))).toBe('CONFLICT')
    // Nobody else ends it as their own.
    const { id: again } = await breakFor(clinician, patient)
    expect(await refusalOf(other.call.breakGlass.endMine({ id: again }))).toBe('NOT_FOUND')
  })

  it('by a privacy officer with a reason, and nobody ends as an officer what is their own', async () => {
    const [nurse, patient, officer] = [await as('nurse'), await newPatient(t), await as('privacy-officer')]
    const { id } = await breakFor(nurse, patient)
    await officer.call.breakGlass.end({ id, reason: 'The patient was taken over' })
    expect(await opens(nurse, patient)).toBe('NO_CARE_RELATIONSHIP')
    const both = await as(['privacy-officer', 'clinician'])
    const { id: own } = await breakFor(both, patient)
    expect(await refusalOf(both.call.breakGlass.end({ id: own, reason: 'mine' }))).toBe(
      'SECOND_PERSON_REQUIRED',
    )
  })

  it('by a lockdown, and does not come back when that is lifted', async () => {
    const [nurse, patient, officer] = [await as('nurse'), await newPatient(t), await as('security-officer')]
    const { id } = await breakFor(nurse, patient)
    await officer.call.users.lockDown({ userId: nurse.id, reason: 'A stolen session' })
    const [row] = await t.app.db.orm
      .select()
      .from(schema.breakGlassGrants)
      .where(eq(schema.breakGlassGrants.id, id))
    expect(row).toMatchObject({ endReason: 'lockdown', endedBy: officer.id })
    expect(await t.app.reads.breakGlass.ask({ userId: nurse.id, patientId: patient.patientId })).toBeNull()
  })

  it('by the end of the role that it was opened by, though the role is given anew', async () => {
    const [nurse, patient, administrator] = [
      await as('nurse'),
      await newPatient(t),
      await as('administrator'),
    ]
    await breakFor(nurse, patient)
    const [assignment] = nurse.signedIn.assignments
    await administrator.call.users.endAssignment({
      assignmentId: assignment?.assignmentId ?? '',
      reason: 'Left the ward',
    })
    expect(await opens(nurse, patient)).toBe('FORBIDDEN')
    await administrator.call.users.assignRole({ userId: nurse.id, role: 'nurse', reason: 'Is back' })
    expect(await opens(nurse, patient)).toBe('NO_CARE_RELATIONSHIP')
  })

  it('with the role whose end was set, and is not shown to last longer', async () => {
    const endsAt = new Date(t.now.getTime() + 600_000)
    const [nurse, patient, now] = [await as('nurse', { endsAt }), await newPatient(t), t.now]
    expect((await breakFor(nurse, patient)).endsAt).toBe(endsAt.toISOString())
    t.now = endsAt
    expect(await opens(nurse, patient)).toBe('FORBIDDEN')
    t.now = now
  })
})

describe('a use of break-glass is reviewed', () => {
  it('by somebody else, once, when it is over; the person sees the verdict and not the note', async () => {
    const [nurse, patient, officer] = [await as('nurse'), await newPatient(t), await as('privacy-officer')]
    const { id } = await breakFor(nurse, patient)
    const verdict = { id, verdict: 'follow-up', note: 'Which floor, and who called?' } as const
    expect(await refusalOf(officer.call.breakGlass.review(verdict))).toBe('CONFLICT')
    await nurse.call.breakGlass.endMine({ id })
    await officer.call.breakGlass.review(verdict)
    expect(await refusalOf(officer.call.breakGlass.review({ ...verdict, verdict: 'appropriate' }))).toBe(
      'CONFLICT',
    )
    const [own] = (await nurse.call.breakGlass.mine({})).items
    expect(own).toMatchObject({ id, verdict: 'follow-up', open: false })
    expect(JSON.stringify(own)).not.toContain('floor')
    const seen = await officer.call.breakGlass.get({ id })
    expect(seen).toMatchObject({
      reason: why,
      review: { verdict: 'follow-up', note: verdict.note, by: { id: officer.id } },
    })
    expect(JSON.stringify(await auditEntries(t.app, 'break-glass.reviewed'))).not.toContain('Which floor')
  })

  it('never by whoever used it, whatever roles they hold', async () => {
    const [both, patient] = [await as(['privacy-officer', 'nurse']), await newPatient(t)]
    const { id } = await breakFor(both, patient)
    await both.call.breakGlass.endMine({ id })
    const review = both.call.breakGlass.review({ id, verdict: 'appropriate', note: 'I was right' })
    expect(await refusalOf(review)).toBe('SECOND_PERSON_REQUIRED')
    const [own] = (await both.call.breakGlass.list({ state: 'waiting' })).items.filter((one) => one.id === id)
    expect(own?.mine).toBe(true)
  })

  it('once by two reviewers at once', async () => {
    const [nurse, patient] = [await as('nurse'), await newPatient(t)]
    const { id } = await breakFor(nurse, patient)
    await nurse.call.breakGlass.endMine({ id })
    const officers = [await as('privacy-officer'), await as('privacy-officer')]
    const said = await Promise.allSettled(
      officers.map(({ call }) =>
        call.breakGlass.review({ id, verdict: 'appropriate', note: 'It was needed' }),
      ),
    )
    expect(said.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('with what was read in it: each access of the patient by the user, by its ground, and no other', async () => {
    const [nurse, patient, officer] = [await as('nurse'), await newPatient(t), await as('privacy-officer')]
    const { id } = await breakFor(nurse, patient)
    await opens(nurse, patient)
    const somebody = await as('clinician')
    await giveCare(t, patient.patientId, somebody.id)
    await opens(somebody, patient)
    const { accesses, cut } = await officer.call.breakGlass.get({ id })
    expect(cut).toBe(false)
    expect(accesses.map(({ action, ground, actor }) => [action, ground, actor.id])).toEqual([
      ['record.listed', 'break-glass', nurse.id],
      ['patient.viewed', 'break-glass', nurse.id],
    ])
    expect(accesses[0]?.classes).toContain('clinical')
    const all = (await officer.call.audit.accesses({ patientId: patient.patientId, actorId: nurse.id })).items
    expect(all.map(({ ground }) => ground)).toEqual(['break-glass', 'break-glass'])
  })

  it('or waits, and more people are told; it keeps nobody from breaking the glass again', async () => {
    const [nurse, patient, other] = [await as('nurse'), await newPatient(t), await newPatient(t)]
    const now = t.now
    const { id } = await breakFor(nurse, patient)
    const needs = async (role: string) => {
      const { items } = await (await as(role)).call.needsYou.list({})
      return items.filter(({ id: about }) => about === id || about === nurse.id).map(({ kind }) => kind)
    }
    const told = async () => ({
      officer: await needs('privacy-officer'),
      security: await needs('security-officer'),
      administrator: await needs('administrator'),
    })
    const waits = ['break-glass-waiting']
    expect(await told()).toEqual({ officer: ['break-glass'], security: [], administrator: [] })
    later(24 * HOUR_MS)
    expect(await told()).toEqual({ officer: ['break-glass'], security: waits, administrator: [] })
    later(48 * HOUR_MS)
    expect(await told()).toEqual({ officer: ['break-glass'], security: waits, administrator: waits })
    t.now = now
    await nurse.call.breakGlass.endMine({ id })
    const session = await nurse.call.auth.session({})
    expect(session.stage === 'full' ? session.breakGlass.unreviewed : 0).toBe(1)
    await breakFor(nurse, other)
    expect(await opens(nurse, other)).toBe('opened')
  })
})

describe('of a use of break-glass', () => {
  const toldOf = async (person: Person): Promise<string[]> =>
    (await person.call.notices.mine({})).items.map(({ word }) => word)

  it('whoever reviews is told in its transaction, and its user of what came of it', async () => {
    const [nurse, patient, officer] = [await as('nurse'), await newPatient(t), await as('privacy-officer')]
    const { id } = await breakFor(nurse, patient)
    expect(await toldOf(officer)).toEqual(['break-glass-opened'])
    await officer.call.breakGlass.end({ id, reason: 'No longer needed' })
    await officer.call.breakGlass.review({ id, verdict: 'appropriate', note: 'It was needed' })
    expect(await toldOf(nurse)).toEqual(['break-glass-reviewed', 'break-glass-ended'])
  })

  it('that nobody reviews more people are told, once for each step, whichever process does it', async () => {
    const [nurse, patient] = [await as('nurse'), await newPatient(t)]
    const others = [await as('privacy-officer'), await as('security-officer'), await as('administrator')]
    const now = t.now
    const { id } = await breakFor(nurse, patient)
    const steps = async () => {
      await Promise.all([escalateBreakGlass(t.app), escalateBreakGlass(t.app)])
      await escalateBreakGlass(t.app)
      const entries = await auditEntries(t.app, 'break-glass.escalated')
      const mine = entries.filter(({ resource }) => resource.id === id)
      return mine.map(({ change }) => change?.after?.escalated)
    }
    expect(await steps()).toEqual([])
    later(24 * HOUR_MS)
    expect(await steps()).toEqual([1])
    later(48 * HOUR_MS)
    expect(await steps()).toEqual([1, 2])
    t.now = now
    const waits = await Promise.all(
      others.map(async (one) => (await toldOf(one)).filter((word) => word === 'break-glass-waiting').length),
    )
    expect(waits.map((times) => times > 0)).toEqual([true, true, true])
  })
})

describe('a row of break-glass that the application does not vouch for', () => {
  it('opens nothing: made up, moved to somebody else, made longer, brought back, or deleted', async () => {
    const [nurse, other, patient] = [await as('nurse'), await as('nurse'), await newPatient(t)]
    const owner = t.database.open('chartward_owner', 1)
    const { id } = await breakFor(nurse, patient)
    const [row] = await owner.orm
      .select()
      .from(schema.breakGlassGrants)
      .where(eq(schema.breakGlassGrants.id, id))
    if (row === undefined) throw new Error('there is no such row')
    const assignmentId = other.signedIn.assignments[0]?.assignmentId ?? ''
    await owner.orm
      .insert(schema.breakGlassGrants)
      .values({ ...row, id: newId(), userId: other.id, assignmentId })
    expect(await opens(other, patient)).toBe('NO_CARE_RELATIONSHIP')
    expect(await opens(nurse, patient)).toBe('opened')
    await owner.sql`update break_glass_grants set ends_at = ends_at + interval '1 day' where id = ${id}`
    expect(await opens(nurse, patient)).toBe('NO_CARE_RELATIONSHIP')
    await owner.sql`update break_glass_grants set ends_at = ends_at - interval '1 day' where id = ${id}`
    expect(await opens(nurse, patient)).toBe('opened')
    await owner.sql`delete from break_glass_grants where id = ${id}`
    expect(await opens(nurse, patient)).toBe('NO_CARE_RELATIONSHIP')
  })

  it('keeps nobody from ending the others', async () => {
    const [nurse, patient] = [await as('nurse'), await newPatient(t)]
    const { id } = await breakFor(nurse, patient)
    const owner = t.database.open('chartward_owner', 1)
    const [row] = await owner.orm
      .select()
      .from(schema.breakGlassGrants)
      .where(eq(schema.breakGlassGrants.id, id))
    if (row === undefined) throw new Error('there is no such row')
    await owner.orm.insert(schema.breakGlassGrants).values({ ...row, id: newId() })
    const officer = await as('security-officer')
    await officer.call.users.lockDown({ userId: nurse.id, reason: 'A stolen session' })
    expect(await t.app.reads.breakGlass.ask({ userId: nurse.id, patientId: patient.patientId })).toBeNull()
  })

  it('is not reviewed in somebody’s name: verdicts are part of what is vouched for', async () => {
    const [nurse, patient, officer] = [await as('nurse'), await newPatient(t), await as('privacy-officer')]
    const { id } = await breakFor(nurse, patient)
    await nurse.call.breakGlass.endMine({ id })
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update break_glass_grants set verdict = 'appropriate', reviewed_by = ${officer.id}, reviewed_at = now()
      where id = ${id}`
    expect(await refusalOf(officer.call.breakGlass.get({ id }))).toBe('INTEGRITY')
    const { items } = await officer.call.breakGlass.list({ state: 'reviewed' })
    expect(items.map((item) => item.id)).not.toContain(id)
  })
})

describe('two processes', () => {
  it('know of a use, and of its end, at the next request', async () => {
    const [nurse, patient] = [await as('nurse'), await newPatient(t)]
    const elsewhere = readBreakGlass(t.app.db, t.app.vouching, () => new Date(t.now.getTime() - 3_000))
    const ask = () => elsewhere.ask({ userId: nurse.id, patientId: patient.patientId })
    expect(await ask()).toBeNull()
    const { id } = await breakFor(nurse, patient)
    expect(await ask()).toMatchObject({ id })
    await nurse.call.breakGlass.endMine({ id })
    expect(await ask()).toBeNull()
  })
})
