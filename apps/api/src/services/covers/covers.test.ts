import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { COVER_DAYS, MOST_COVERED } from '@chartward/contract'
import { schema } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { and, eq, gt } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, entriesOfRequest, refusalOf } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, seeded } from '../../testing/kills.ts'
import { insertVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { giveCare, type Person, personOn } from '../break-glass/testing/ward.ts'

const CHILD = fileURLToPath(new URL('testing/cover-child.ts', import.meta.url))
const DAY_MS = 86_400_000
const reason = 'Away until Friday'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const as = (role: string) => personOn(t, role)
const inDays = (days: number) => new Date(t.now.getTime() + days * DAY_MS)

/** Patients in somebody's own care. */
const patientsOf = async ({ id }: Pick<Person, 'id'>, count: number): Promise<PatientId[]> => {
  const patients = Array.from({ length: count }, () => newId<PatientId>())
  await insertVouched(
    t.app,
    'care-relationship',
    patients.map((patientId) => ({
      patientId,
      id: newId(),
      userId: id,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
    })),
  )
  return patients
}

const reaches = async ({ id }: Pick<Person, 'id'>, patients: readonly PatientId[]): Promise<number> => {
  const found = await Promise.all(
    patients.map((patientId) => t.app.reads.relationships.ask({ userId: id, patientId })),
  )
  return found.filter((one) => one !== null).length
}

const give = (
  by: Person,
  patients: PatientId[] | 'all',
  to: readonly Person[],
  more: { endsAt?: Date; coveredUserId?: UserId } = {},
) =>
  by.call.covers.give({
    patients,
    userIds: to.map(({ id }) => id),
    endsAt: more.endsAt ?? inDays(3),
    reason,
    ...(more.coveredUserId === undefined ? {} : { coveredUserId: more.coveredUserId }),
  })

describe('a cover', () => {
  it('opens the patients named to the colleagues named, until its end, in one act with one entry', async () => {
    const [giver, nurse, doctor] = [await as('clinician'), await as('nurse'), await as('clinician')]
    const patients = await patientsOf(giver, 4)
    const handed = patients.slice(0, 3)
    const { id } = await give(giver, handed, [nurse, doctor])
    expect([await reaches(nurse, patients), await reaches(doctor, patients)]).toEqual([3, 3])
    expect((await nurse.call.needsYou.list({})).items).toEqual([])
    const [entry] = (await entriesOfRequest(t.app, giver.context.requestId)).filter(
      ({ action }) => action === 'care.cover.given',
    )
    expect(entry).toMatchObject({
      resource: { type: 'Cover', id },
      facts: { patients: handed.toSorted() },
      change: { after: { covered: giver.id, patients: 3 } },
    })
    expect(JSON.stringify(entry)).not.toContain(reason)
    const now = t.now
    t.now = inDays(3)
    expect(await reaches(nurse, patients)).toBe(0)
    t.now = now
  })

  it('is shown to both, and on the patient’s page with who gave it, and both are told', async () => {
    const [giver, nurse] = [await as('clinician'), await as('nurse')]
    const patients = await patientsOf(giver, 1)
    const { id } = await give(giver, patients, [nurse])
    const [given] = (await giver.call.covers.list({})).items
    const [got] = (await nurse.call.covers.list({})).items
    expect(given).toMatchObject({ id, mayEnd: true, reason, patientIds: patients })
    expect(got).toMatchObject({ id, mayEnd: false, covered: { id: giver.id } })
    const { items } = await giver.call.care.list({ patientId: patients[0] ?? '' })
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'cover', givenBy: given?.covered.displayName }),
    )
    const words = (await nurse.call.notices.mine({})).items.map(({ word }) => word)
    expect(words).toEqual(['cover-given'])
    const other = await as('clinician')
    expect(await refusalOf(other.call.covers.list({ userId: giver.id }))).toBe('FORBIDDEN')
  })

  it('lasts seven days at most, and is never for oneself', async () => {
    const [giver, nurse] = [await as('clinician'), await as('nurse')]
    const patients = await patientsOf(giver, 1)
    for (const days of [0, -1, COVER_DAYS + 1.01])
      expect(await refusalOf(give(giver, patients, [nurse], { endsAt: inDays(days) }))).toBe('INVALID_INPUT')
    await give(giver, patients, [nurse], { endsAt: inDays(COVER_DAYS) })
    expect(await refusalOf(give(giver, patients, [nurse, giver]))).toBe('SECOND_PERSON_REQUIRED')
  })

  it('hands on nothing that came from a colleague, and of several patients all or none', async () => {
    const [first, second, nurse] = [await as('clinician'), await as('clinician'), await as('nurse')]
    const covered = await patientsOf(first, 2)
    const own = await patientsOf(second, 2)
    await give(first, covered, [second])
    const mixed = [...own, ...covered]
    expect(await refusalOf(give(second, mixed, [nurse]))).toBe('CONFLICT')
    expect(await reaches(nurse, mixed)).toBe(0)
    // All of one's own leaves out what is not one's own.
    expect(await give(second, 'all', [nurse])).toMatchObject({ patients: 2 })
    expect(await reaches(nurse, mixed)).toBe(2)
    const stranger = await as('clinician')
    expect(await refusalOf(give(stranger, own, [nurse]))).toBe('CONFLICT')
    expect(await refusalOf(give(stranger, 'all', [nurse]))).toBe('CONFLICT')
  })

  it('is for those whose role is for care, and of several colleagues for all or none', async () => {
    const [giver, nurse, clerk] = [await as('clinician'), await as('nurse'), await as('billing')]
    const patients = await patientsOf(giver, 2)
    expect(await refusalOf(give(giver, patients, [nurse, clerk]))).toBe('CONFLICT')
    expect(await reaches(nurse, patients)).toBe(0)
    expect(await refusalOf(give(nurse, patients, [giver]))).toBe('FORBIDDEN')
  })

  it('holds so many patients and no more, and says how many there are', async () => {
    const [giver, nurse] = [await as('clinician'), await as('nurse')]
    await patientsOf(giver, MOST_COVERED + 1)
    await expect(give(giver, 'all', [nurse])).rejects.toThrow(`These are ${MOST_COVERED + 1} patients`)
  })

  it('counts as long as the care of whoever is covered, who may be on leave', async () => {
    const [giver, nurse] = [await as('clinician'), await as('nurse')]
    const patientId: PatientId = newId()
    await giveCare(t, patientId, giver.id, inDays(1))
    await give(giver, [patientId], [nurse])
    expect(await reaches(nurse, [patientId])).toBe(1)
    const now = t.now
    t.now = inDays(1)
    expect(await reaches(nurse, [patientId])).toBe(0)
    t.now = now
  })

  it('is arranged for somebody by whoever keeps the care teams, never for themselves', async () => {
    const [away, nurse, officer] = [await as('clinician'), await as('nurse'), await as('privacy-officer')]
    const both = await personOn(t, ['privacy-officer', 'clinician'])
    const patients = await patientsOf(away, 3)
    const { id } = await give(officer, 'all', [nurse], { coveredUserId: away.id })
    expect(await reaches(nurse, patients)).toBe(3)
    const [seen] = (await officer.call.covers.list({ userId: away.id })).items
    expect(seen).toMatchObject({ id, covered: { id: away.id }, givenBy: { id: officer.id }, mayEnd: true })
    const oneself = give(both, 'all', [both], { coveredUserId: away.id })
    expect(await refusalOf(oneself)).toBe('SECOND_PERSON_REQUIRED')
    const other = await as('clinician')
    expect(await refusalOf(give(other, 'all', [nurse], { coveredUserId: away.id }))).toBe('FORBIDDEN')
    expect(await refusalOf(give(officer, 'all', [away], { coveredUserId: away.id }))).toBe('INVALID_INPUT')
  })
})

describe('ending a cover', () => {
  it('ends all of it at once, by whoever gave it or keeps the care teams, and by nobody who has it', async () => {
    const [giver, nurse, officer] = [await as('clinician'), await as('nurse'), await as('privacy-officer')]
    const [doctor, stranger] = [await as('clinician'), await as('clinician')]
    const patients = await patientsOf(giver, 3)
    const { id } = await give(giver, patients, [nurse, doctor])
    expect(await refusalOf(doctor.call.covers.end({ id, reason }))).toBe('NOT_FOUND')
    expect(await refusalOf(stranger.call.covers.end({ id, reason }))).toBe('NOT_FOUND')
    await giver.call.covers.end({ id, reason })
    expect([await reaches(nurse, patients), await reaches(doctor, patients)]).toEqual([0, 0])
    expect(await reaches(giver, patients)).toBe(3)
    expect(await refusalOf(giver.call.covers.end({ id, reason }))).toBe('CONFLICT')
    const again = await give(giver, patients, [nurse])
    await officer.call.covers.end({ id: again.id, reason })
    expect(await reaches(nurse, patients)).toBe(0)
  })

  it('is done once by two at once', async () => {
    const [giver, nurse, officer] = [await as('clinician'), await as('nurse'), await as('privacy-officer')]
    const { id } = await give(giver, await patientsOf(giver, 2), [nurse])
    const both = await Promise.allSettled([giver, officer].map(({ call }) => call.covers.end({ id, reason })))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('is refused where the database says something else of it than was written', async () => {
    const [giver, nurse] = [await as('clinician'), await as('nurse')]
    const { id } = await give(giver, await patientsOf(giver, 2), [nurse])
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update covers set places = '[]' where id = ${id}`
    expect(await refusalOf(giver.call.covers.end({ id, reason }))).toBe('INTEGRITY')
    expect((await giver.call.covers.list({})).items).toEqual([])
    await owner.sql`delete from covers where id = ${id}`
  })
})

describe('a process that is killed while it hands patients over', () => {
  it(
    'leaves a cover whole or none of it, and a glass broken with its entry or not at all',
    async () => {
      const house = await createTestApp()
      const outer = t
      t = house
      try {
        await killAgainAndAgain(house)
      } finally {
        t = outer
        await house.stop()
      }
    },
    KILLING_MS,
  )
})

const killAgainAndAgain = async (house: TestApp): Promise<void> => {
  const random = seeded(11)
  const { careRelationships: care, covers, breakGlassGrants: grants } = schema
  for (let round = 0; round <= KILLS; round++) {
    // The last is left alone: what is killed would do all of it.
    const isKilled = round < KILLS
    const [giver, nurse] = [await as('clinician'), await as('nurse')]
    const patients = await patientsOf(giver, 40)
    const patientId: PatientId = newId()
    await house.database.open('chartward_owner', 1).sql`insert into patients (id) values (${patientId})`
    const asked = JSON.stringify({
      url: house.database.url('chartward_app'),
      files: house.files,
      token: giver.token,
      ip: giver.context.ip,
      userIds: [nurse.id],
      patientId,
    })
    const child: ChildProcess = spawn(process.execPath, [CHILD, asked], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), ended])
    if (isKilled) {
      await setTimeout(random() * 160)
      child.kill('SIGKILL')
    }
    const [code] = await ended
    if (!isKilled) expect(code).toBe(0)
    // The child's clock is the machine's.
    house.now = new Date(Date.now() + 1)
    const open = await house.app.db.orm
      .select()
      .from(care)
      .where(and(eq(care.userId, nurse.id), gt(care.endsAt, house.now)))
    const rows = await house.app.db.orm.select().from(covers).where(eq(covers.coveredUser, giver.id))
    const standing = rows.filter(({ endedAt }) => endedAt === null).length
    expect(isKilled ? [0, 1] : [1]).toContain(rows.length)
    expect(open.length).toBe(standing * 40)
    expect(await reaches(nurse, patients)).toBe(standing * 40)
    const entries = await auditEntries(house.app, 'care.cover.given')
    expect(entries.filter(({ change }) => change?.after?.covered === giver.id)).toHaveLength(rows.length)
    const broken = await house.app.db.orm.select().from(grants).where(eq(grants.userId, giver.id))
    const opened = await auditEntries(house.app, 'break-glass.opened')
    expect(opened.filter((entry) => entry.patientId === patientId)).toHaveLength(broken.length)
    if (!isKilled) expect([broken.length, standing]).toEqual([1, 0])
  }
}
