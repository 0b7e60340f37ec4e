import { schema, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { ne } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import { actionsOf, appendEntries, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { changeVouched, insertVouched } from '../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { homeRouter } from './router.ts'

let test: TestApp
let sequencer: SequencerContext

const callerFor = createCallerFactory(router({ home: homeRouter }))

const signIn = async (role: string | string[], options: SignInOptions = {}) => {
  const { userId, context } = await signInAs(test.app, role, options)
  return { userId, home: callerFor(context).home }
}

beforeEach(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
})
afterEach(() => test.stop())

const dayAgo = () => new Date(test.now.getTime() - 86_400_000).toISOString()

const viewed = (userId: UserId, patientId: PatientId, at = test.now) =>
  appendEntries(test, 1, {
    action: 'patient.viewed',
    actor: { kind: 'user', id: userId },
    patientId,
    at: `${at.toISOString().slice(0, -1)}000Z`,
  })

/** A patient in the care of a user, until `endsAt` if given. */
const inCareOf = async (userId: UserId, endsAt: Date | null = null): Promise<PatientId> => {
  const patientId: PatientId = newId()
  const startsAt = new Date(test.now.getTime() - 1_000_000)
  await withTransaction(test.app.db, [patientId], async ({ sql }) => {
    await sql`insert into patients (id) values (${patientId})`
  })
  await insertVouched(test.app, 'care-relationship', [
    {
      patientId,
      id: newId(),
      userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt,
      endsAt,
    },
  ])
  return patientId
}

describe('activity', () => {
  it('is one’s own for everybody, and the whole house’s for administrators and privacy officers', async () => {
    const nurse = await signIn('nurse')
    const clinician = await signIn('clinician')
    for (const [userId, views] of [
      [nurse.userId, 3],
      [clinician.userId, 4],
    ] as const) {
      await appendEntries(test, views, {
        action: 'patient.viewed',
        actor: { kind: 'user', id: userId },
        patientId: newId(),
      })
    }
    await appendEntries(test, 2, {
      action: 'user.viewed',
      outcome: 'refused',
      actor: { kind: 'user', id: nurse.userId },
    })
    await appendEntries(test, 5, { action: 'user.invited', change: { before: null, after: {} } })
    await sequenceAll(sequencer)
    const sum = async ({ home }: typeof nurse) => {
      const { buckets } = await home.activity({ bucket: 'day', days: 7 })
      expect(buckets).toHaveLength(7)
      const total = (of: 'views' | 'changes' | 'refused') =>
        buckets.reduce((sum, bucket) => sum + bucket[of], 0)
      return [total('views'), total('changes'), total('refused')]
    }
    expect(await sum(nurse)).toEqual([3, 0, 2])
    expect(await sum(clinician)).toEqual([4, 0, 0])
    expect(await sum(await signIn('administrator'))).toEqual([7, 5, 2])
    expect(await sum(await signIn('privacy-officer'))).toEqual([7, 5, 2])
  })
})

describe('a clinician’s own work', () => {
  it('counts the patients in care now, and lists those opened last who still are', async () => {
    const clinician = await signIn('clinician')
    const { userId } = clinician
    const [first, second] = [await inCareOf(userId), await inCareOf(userId)]
    const ended = await inCareOf(userId, new Date(test.now.getTime() - 1000))
    await viewed(userId, first, new Date(test.now.getTime() - 3000))
    await viewed(userId, second, new Date(test.now.getTime() - 2000))
    await viewed(userId, first, new Date(test.now.getTime() - 1000))
    await viewed(userId, ended)
    await viewed((await signIn('clinician')).userId, second)
    const { patients, recent } = await clinician.home.mine({})
    expect(patients).toBe(2)
    expect(recent.map(({ patientId }) => patientId)).toEqual([first, second])
  })

  it('no patient’s id reaches an administrator, whatever they opened in an earlier role', async () => {
    const administrator = await signIn('administrator')
    await viewed(administrator.userId, await inCareOf(administrator.userId))
    expect(await administrator.home.mine({})).toEqual({ patients: 0, recent: [] })
  })
})

describe('accounts', () => {
  it('says what an administrator has to look after', async () => {
    const soon = new Date(test.now.getTime() + 5 * 86_400_000)
    const administrator = await signIn('administrator')
    await signIn('nurse', { displayName: 'Nina Nurse', endsAt: soon })
    await signIn('nurse', { endsAt: new Date(test.now.getTime() + 90 * 86_400_000) })
    const others = ne(schema.totpFactors.userId, administrator.userId)
    await changeVouched(test.app, 'factor', others, { disabled: true })
    await insertVouched(test.app, 'user', [
      {
        id: newId(),
        kind: 'workforce',
        email: 'new@test.invalid',
        addressKey: 'new@test.invalid',
        displayName: 'New',
        status: 'invited',
      },
    ])
    for (const [status, kind] of [
      ['pending', 'role-assignment'],
      ['pending', 'export'],
      ['approved', 'role-assignment'],
    ] as const) {
      await insertVouched(test.app, 'approval', [
        {
          id: newId(),
          kind,
          subjectId: newId<UserId>(),
          payload: {},
          requestedBy: administrator.userId,
          reason: Buffer.alloc(1),
          status,
          createdAt: test.now,
          expiresAt: soon,
        },
      ])
    }
    const actor = { kind: 'user', id: administrator.userId } as const
    await appendEntries(test, 2, { action: 'auth.sign-in.password', actor })
    await appendEntries(test, 1, { action: 'auth.sign-in.totp', actor })
    await appendEntries(test, 3, {
      action: 'auth.sign-in.password',
      actor: { kind: 'anonymous' },
      outcome: 'failure',
    })
    await sequenceAll(sequencer)
    const figures = await administrator.home.accounts({})
    expect(figures).toMatchObject({
      invited: 1,
      active: 3,
      withoutMfa: 2,
      pendingApprovals: 1,
      expiringAssignments: [{ user: 'Nina Nurse', role: 'Nurse', endsAt: soon.toISOString() }],
    })
    expect(figures.signIns).toHaveLength(14)
    expect(figures.signIns.at(-1)).toMatchObject({ success: 1, failure: 3 })
  })
})

describe('oversight', () => {
  it('says what a privacy officer has to look at', async () => {
    const officer = await signIn('privacy-officer')
    const viewer = await signIn('clinician', { displayName: 'Vera Viewer' })
    const actor = { kind: 'user', id: viewer.userId } as const
    const patientId: PatientId = newId()
    await appendEntries(test, 4, { action: 'patient.viewed', actor, patientId })
    await appendEntries(test, 2, { action: 'patient.searched', actor })
    await appendEntries(test, 3, { action: 'patient.viewed', actor, patientId: newId(), outcome: 'refused' })
    await appendEntries(test, 9, {
      action: 'patient.viewed',
      actor,
      patientId: newId(),
      at: `${new Date(test.now.getTime() - 3 * 86_400_000).toISOString().slice(0, -1)}000Z`,
    })
    await insertVouched(test.app, 'export-request', [
      {
        id: newId(),
        requestedBy: viewer.userId,
        purpose: Buffer.alloc(1),
        profile: 'safe-harbor',
        resourceTypes: ['Patient'],
        asOf: test.now,
        status: 'requested',
      },
    ])
    await sequenceAll(sequencer)
    expect(await officer.home.oversight({ since: dayAgo() })).toMatchObject({
      exportsWaiting: 1,
      refusals: 3,
      chartsOpened24h: 1,
      head: { size: 18, signedAt: expect.any(String) },
      quarantined: 0,
      missing: 0,
      topViewers: [{ name: 'Vera Viewer', count: 1 }],
    })
  })
})

describe('charts opened', () => {
  /** What the officer's page says of them, in both of its places. */
  const figures = async () => {
    const officer = await signIn('privacy-officer')
    const { chartsOpened24h, topViewers } = await officer.home.oversight({ since: dayAgo() })
    return { sum: chartsOpened24h, of: topViewers.map(({ name, count }) => [name, count]) }
  }

  it('mean the same in the figure and in the list beneath it: a chart once for each person, however much of it', async () => {
    const [first, second]: PatientId[] = [newId(), newId()]
    const many = {
      kind: 'user',
      id: (await signIn('clinician', { displayName: 'Mona Many' })).userId,
    } as const
    const one = { kind: 'user', id: (await signIn('nurse', { displayName: 'Otto One' })).userId } as const
    await appendEntries(test, 2, { action: 'patient.viewed', actor: many, patientId: first ?? null })
    await appendEntries(test, 3, { action: 'record.listed', actor: many, patientId: first ?? null })
    await appendEntries(test, 1, { action: 'record.viewed', actor: many, patientId: second ?? null })
    await appendEntries(test, 1, { action: 'patient.viewed', actor: one, patientId: first ?? null })
    const { sum, of } = await figures()
    expect(of).toEqual([
      ['Mona Many', 2],
      ['Otto One', 1],
    ])
    expect(sum).toBe(of.reduce((total, [, count]) => total + Number(count), 0))
  })

  it('are none where patients were only found in a list or a search, or nobody was let in: in both places', async () => {
    const actor = { kind: 'user', id: (await signIn('clinician')).userId } as const
    await appendEntries(test, 6, { action: 'patient.searched', actor, patientId: newId() })
    await appendEntries(test, 2, { action: 'patient.listed', actor })
    await appendEntries(test, 2, { action: 'patient.viewed', actor, patientId: newId(), outcome: 'refused' })
    await sequenceAll(sequencer)
    expect(await figures()).toEqual({ sum: 0, of: [] })
  })
})

describe('whoever is asked for a code first', () => {
  it('is counted as refused in no figure, and has viewed and changed nothing', async () => {
    const clinician = await signIn('clinician')
    const actor = { kind: 'user', id: clinician.userId } as const
    await appendEntries(test, 3, { action: 'record.viewed', actor, outcome: 'asked' })
    await appendEntries(test, 2, { action: 'care.relationship.created', actor, outcome: 'asked' })
    await appendEntries(test, 1, { action: 'record.viewed', actor, outcome: 'refused' })
    await sequenceAll(sequencer)
    const officer = await signIn('privacy-officer')
    expect((await officer.home.oversight({ since: dayAgo() })).refusals).toBe(1)
    const { buckets } = await clinician.home.activity({ bucket: 'day', days: 1 })
    expect(buckets.map(({ views, changes, refused }) => [views, changes, refused])).toEqual([[0, 0, 1]])
  })
})

describe('who may not', () => {
  it.each([
    ['administrator', 'oversight'],
    ['privacy-officer', 'accounts'],
    ['clinician', 'oversight'],
    ['nurse', 'accounts'],
    ['analyst', 'oversight'],
    ['analyst', 'accounts'],
  ] as const)('a %s is refused %s, and it is logged', async (role, figure) => {
    const person = await signIn(role)
    await expect(
      figure === 'oversight' ? person.home.oversight({ since: dayAgo() }) : person.home.accounts({}),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await actionsOf(test, person.userId)).toEqual([['home.viewed', 'refused']])
  })

  it('nobody without a session sees anything', async () => {
    const { home } = callerFor(requestBy(test.app, null))
    await expect(home.mine({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(home.activity({ bucket: 'day', days: 1 })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('a range that is too long for a chart is refused', async () => {
    const nurse = await signIn('nurse')
    await expect(nurse.home.activity({ bucket: 'hour', days: 300 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})
