import { withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { withoutEntry } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { auditRouter } from '../audit/router.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { beginWork } from './begin-work.ts'
import { endSilentWorks } from './end-silent.ts'
import { endWork } from './end-work.ts'
import { jobKindOf, workKindOf } from './kinds.ts'
import { worksRouter } from './router.ts'
import { giveUpWork, runWork } from './run-work.ts'
import { startWork } from './start-work.ts'
import { finishWork } from './testing/finish-work.ts'
import { type WorkRow, WorkTaken, works } from './work.ts'

const callerFor = createCallerFactory(router({ works: worksRouter, audit: auditRouter }))

let house: TestApp

beforeEach(async () => {
  house = await createTestHouse()
})
afterEach(() => house.stop())

const signIn = async (role: string) => {
  const { userId, context } = await signInAs(house.app, role)
  const { audit, works: long } = callerFor(context)
  return { userId, audit, works: long }
}
type Person = Awaited<ReturnType<typeof signIn>>

const asked = async ({ audit }: Person): Promise<string> => (await audit.askCheck({})).workId

const rowOf = async (id: string): Promise<WorkRow> => {
  const [row] = await house.app.db.orm.select().from(works).where(eq(works.id, id))
  if (row === undefined) throw new Error('no work')
  return row
}

const endsOf = async (id: string) => {
  const entries = await Promise.all(
    (['audit.verified', 'work.done', 'work.failed', 'work.cancelled'] as const).map((action) =>
      auditEntries(house.app, action),
    ),
  )
  return entries.flat().filter(({ facts }) => facts.work === id)
}

const begun = async (id: string): Promise<WorkRow> => {
  const work = await beginWork(house.app, id)
  if (work === null) throw new Error('it has ended')
  return work
}

describe('long work', () => {
  it('is asked for, done once, and stays with its result', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    expect(await officer.works.get({ id })).toMatchObject({ state: 'waiting', mine: true, mayCancel: true })
    await finishWork(house.app, id)
    const done = await officer.works.get({ id })
    expect(done).toMatchObject({
      kind: 'check-log',
      state: 'done',
      vouched: true,
      mayCancel: false,
      result: { problemCount: expect.any(Number) },
    })
    await finishWork(house.app, id)
    expect(await endsOf(id)).toHaveLength(1)
    expect(await officer.works.get({ id })).toEqual(done)
  })

  it('is one for two who ask at once, and another once it has ended', async () => {
    const [one, two] = [await signIn('privacy-officer'), await signIn('auditor')]
    const both = await Promise.all([one.audit.askCheck({}), two.audit.askCheck({})])
    expect(new Set(both.map(({ workId }) => workId)).size).toBe(1)
    expect(both.map(({ joined }) => joined).toSorted()).toEqual([false, true])
    await finishWork(house.app, both[0].workId)
    expect(await two.audit.askCheck({})).toMatchObject({ joined: false })
  })

  it('is not two in the database either', async () => {
    const officer = await signIn('privacy-officer')
    const slot = { kind: 'check-log', oneOf: null, runs: 'in-job' } as const
    const id = await asked(officer)
    await withoutEntry(house.app, (tx) => startWork(tx, house.app, slot, { askedBy: officer.userId }))
    const owner = house.database.open('chartward_owner', 1)
    await expect(owner.sql`update works set slot = 'check-log' where id <> ${id}`).rejects.toMatchObject({
      code: '23505',
    })
  })

  it('is ended by nobody who has lost it', async () => {
    const id = await asked(await signIn('privacy-officer'))
    const first = await begun(id)
    const second = await begun(id)
    const kind = jobKindOf('check-log')
    const end = { state: 'failed', failure: 'gave-up' } as const
    await expect(endWork(house.app, kind, first, end)).rejects.toThrow(WorkTaken)
    await endWork(house.app, kind, second, end)
    await expect(endWork(house.app, kind, second, end)).rejects.toThrow(WorkTaken)
    expect(await endsOf(id)).toHaveLength(1)
  })

  it('is given up where no attempt can do it, and says so', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    await begun(id)
    await giveUpWork(house.app, id)
    expect(await officer.works.get({ id })).toMatchObject({ state: 'failed', failure: 'gave-up' })
    expect(await endsOf(id)).toMatchObject([{ action: 'audit.verified', outcome: 'failure' }])
  })

  it('goes back to the queue where its process stops, and is done by the next', async () => {
    const id = await asked(await signIn('privacy-officer'))
    // Leaves to read, or there is nothing to stop at.
    const stopped = AbortSignal.abort(new Error('stopping'))
    await runWork(house.app, id, stopped).catch(() => undefined)
    await finishWork(house.app, id)
    expect(await rowOf(id)).toMatchObject({ state: 'done' })
    expect(await endsOf(id)).toHaveLength(1)
  })
})

describe('cancelling', () => {
  it('ends what waits, with an entry of who asked and one of the end', async () => {
    const [officer, auditor] = [await signIn('privacy-officer'), await signIn('auditor')]
    const id = await asked(officer)
    await auditor.works.cancel({ id })
    await finishWork(house.app, id)
    expect(await officer.works.get({ id })).toMatchObject({
      state: 'cancelled',
      cancelAskedBy: { id: auditor.userId },
      result: null,
    })
    expect((await auditEntries(house.app, 'work.cancel-asked')).map(({ actor }) => actor)).toEqual([
      { kind: 'user', id: auditor.userId },
    ])
    expect(await endsOf(id)).toMatchObject([{ action: 'work.cancelled' }])
  })

  it('of what has ended is refused, and what was done all the same stays done', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    const work = await begun(id)
    await officer.works.cancel({ id })
    await officer.works.cancel({ id })
    const result = {
      size: 0,
      checked: 0,
      ok: true,
      problems: [],
      problemCount: 0,
      unchecked: [],
      checkedAt: '',
    }
    await endWork(house.app, jobKindOf('check-log'), work, { state: 'done', result })
    expect(await officer.works.get({ id })).toMatchObject({ state: 'done', mayCancel: false })
    await expect(officer.works.cancel({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('races with the end, and one of them wins', async () => {
    const officer = await signIn('privacy-officer')
    for (let round = 0; round < 6; round++) {
      const id = await asked(officer)
      const cancelled = officer.works.cancel({ id }).then(
        () => true,
        () => false,
      )
      await finishWork(house.app, id)
      const { state } = await rowOf(id)
      expect(['done', 'cancelled']).toContain(state)
      if (state === 'cancelled') expect(await cancelled).toBe(true)
      await cancelled
      expect(await endsOf(id)).toHaveLength(1)
    }
  })
})

describe('what is seen', () => {
  it('is what one’s roles show now, whoever asked', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    for (const role of ['security-officer', 'auditor'])
      expect((await (await signIn(role)).works.list({})).items).toHaveLength(1)
    for (const role of ['administrator', 'clinician', 'analyst', 'billing', 'patient']) {
      const other = await signIn(role)
      expect(await other.works.list({})).toEqual({ items: [], nextCursor: null })
      await expect(other.works.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(other.works.cancel({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', cancelAskedAt: null })
  })

  it('of builds is one’s own, and all of them to whoever decides', async () => {
    const [one, two, officer] = [
      await signIn('analyst'),
      await signIn('analyst'),
      await signIn('privacy-officer'),
    ]
    await withoutEntry(house.app, (tx) =>
      startWork(tx, house.app, workKindOf('build-export'), { subjectId: newId(), askedBy: one.userId }),
    )
    expect((await one.works.list({})).items).toMatchObject([{ kind: 'build-export', mine: true }])
    expect((await two.works.list({})).items).toEqual([])
    expect((await officer.works.list({})).items).toMatchObject([{ kind: 'build-export', mine: false }])
  })

  it('is paged, and narrowed to what is open and one’s own', async () => {
    const officer = await signIn('privacy-officer')
    await withoutEntry(house.app, async (tx) => {
      for (let n = 0; n < 31; n++)
        await startWork(tx, house.app, workKindOf('export-log'), { askedBy: officer.userId })
    })
    const open = await asked(await signIn('auditor'))
    const first = await officer.works.list({})
    expect(first.items).toHaveLength(30)
    const { items, nextCursor } = await officer.works.list({ cursor: first.nextCursor ?? undefined })
    expect(items).toHaveLength(2)
    expect(nextCursor).toBeNull()
    expect((await officer.works.list({ kind: 'check-log', open: true })).items).toMatchObject([{ id: open }])
    expect((await officer.works.list({ kind: 'check-log', open: true, mine: true })).items).toEqual([])
    await finishWork(house.app, open)
    expect((await officer.works.list({ kind: 'check-log', open: true })).items).toEqual([])
  })

  it('says a rate and a time left once enough is known, and never of what is not known', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    await begun(id)
    const { sql } = house.app.db
    const set = (seconds: number, done: number, total: number | null) =>
      sql`update works set phase = 'entries', done = ${done}, total = ${total}, heartbeat = now(),
        phase_at = now() - make_interval(secs => ${seconds}) where id = ${id}`
    await set(1, 500, 1000)
    expect(await officer.works.get({ id })).toMatchObject({ done: 500, rate: null, secondsLeft: null })
    await set(10, 500, 1000)
    expect(await officer.works.get({ id })).toMatchObject({ rate: 50, secondsLeft: 10, silent: false })
    await set(10, 500, null)
    expect(await officer.works.get({ id })).toMatchObject({ rate: 50, secondsLeft: null })
    await sql`update works set heartbeat = now() - interval '31 seconds' where id = ${id}`
    expect(await officer.works.get({ id })).toMatchObject({ silent: true })
  })
})

describe('a result', () => {
  const forged = {
    size: 9,
    checked: 9,
    ok: true,
    problems: [],
    problemCount: 0,
    unchecked: [],
    checkedAt: '',
  }

  it('that somebody wrote into the database is shown to nobody', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    await begun(id)
    const owner = house.database.open('chartward_owner', 1)
    await owner.sql`update works set state = 'done', ended_at = now(), result = ${JSON.stringify(forged)}::text::jsonb where id = ${id}`
    expect(await officer.works.get({ id })).toMatchObject({ vouched: false, result: null })
    expect(await refusalOf(officer.audit.check({ id }))).toBe('INTEGRITY')
  })

  it('that was another one’s does not count either', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    await finishWork(house.app, id)
    const owner = house.database.open('chartward_owner', 1)
    await owner.sql`alter table works disable trigger works_move_on`
    await owner.sql`update works set result = ${JSON.stringify(forged)}::text::jsonb where id = ${id}`
    expect(await officer.works.get({ id })).toMatchObject({ vouched: false, result: null })
    expect(await refusalOf(officer.audit.check({ id }))).toBe('INTEGRITY')
  })

  it('of another form than its kind’s is not kept', () => {
    const { keep } = workKindOf('check-log')
    expect(keep(forged)).toEqual(forged)
    expect(() => keep({ ...forged, patient: 'Somebody' })).toThrow()
    expect(() => keep({ ok: true })).toThrow()
  })
})

describe('work of a request', () => {
  it('whose process has stopped is ended, and what still gives signs of life is not', async () => {
    const officer = await signIn('privacy-officer')
    const start = () =>
      withoutEntry(house.app, (tx) =>
        startWork(tx, house.app, workKindOf('export-log'), { askedBy: officer.userId }),
      )
    const [dead, alive] = [await start(), await start()]
    await house.app.db
      .sql`update works set heartbeat = now() - interval '61 seconds' where id = ${dead.workId}`
    await endSilentWorks(house.app)
    await endSilentWorks(house.app)
    expect(await officer.works.get({ id: dead.workId })).toMatchObject({
      state: 'failed',
      failure: 'cut-off',
    })
    expect(await officer.works.get({ id: alive.workId })).toMatchObject({ state: 'running' })
    expect(await endsOf(dead.workId)).toMatchObject([{ action: 'work.failed', outcome: 'failure' }])
  })
})

describe('the database', () => {
  it('lets no work that has ended begin again, and nobody go back', async () => {
    const officer = await signIn('privacy-officer')
    const id = await asked(officer)
    const refused = (set: string) =>
      withTransaction(house.app.db, 'none', ({ sql }) =>
        sql.unsafe(`update works set ${set} where id = $1`, [id]),
      )
    await expect(refused(`state = 'done', ended_at = now(), result = '{}'`)).rejects.toMatchObject({
      code: '42501',
    })
    await begun(id)
    await expect(refused(`state = 'waiting'`)).rejects.toMatchObject({ code: '42501' })
    await expect(refused('attempt = 0')).rejects.toMatchObject({ code: '42501' })
    await finishWork(house.app, id)
    for (const set of [
      `state = 'running', ended_at = null, result = null`,
      `result = '{"ok": true}'`,
      'done = 7',
    ])
      await expect(refused(set)).rejects.toMatchObject({ code: '42501' })
    await expect(refused(`asked_by = '${newId()}'`)).rejects.toMatchObject({ code: '42501' })
  })
})
