import type { PatientId, SessionId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import { appendEntries, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { auditRouter } from './router.ts'

let test: TestApp
let sequencer: SequencerContext

const callerFor = createCallerFactory(router({ audit: auditRouter }))
const signIn = async (role: string, options: SignInOptions = {}) => {
  const { userId, signedIn, context } = await signInAs(test.app, role, options)
  return { userId, sessionId: signedIn.session.id, audit: callerFor(context).audit }
}
type Officer = Awaited<ReturnType<typeof signIn>>
type Filter = Parameters<Officer['audit']['search']>[0]

beforeAll(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
})
afterAll(() => test.stop())

/** What a filter finds, and how many entries the histogram counts of it; without these two questions. */
const found = async ({ audit }: Officer, asked: Filter): Promise<{ ids: string[]; counted: number }> => {
  await sequenceAll(sequencer)
  const filter = { ...asked, hideOwnReads: true }
  const { buckets } = await audit.histogram({ ...filter, bucket: 'day' })
  const { items } = await audit.search({ ...filter, limit: 200 })
  const counted = buckets.reduce((sum, one) => sum + one.success + one.failure + one.refused + one.asked, 0)
  return { ids: items.map(({ id }) => id).sort(), counted }
}

describe('a filter of the log', () => {
  const patientId: PatientId = newId()
  const listed: PatientId[] = [newId(), patientId]
  const resourceId = newId()
  const requestId = newId()
  const sessionId: SessionId = newId()
  const drafts = {
    patient: { action: 'patient.viewed', patientId, outcome: 'success' },
    list: { action: 'patient.listed', facts: { patients: listed.toSorted() } },
    resource: { action: 'export.viewed', resource: { type: 'Odd', id: resourceId } },
    request: { requestId },
    session: { sessionId },
    address: { ip: '198.51.100.77' },
    asked: { action: 'record.viewed', outcome: 'asked' },
    care: { action: 'care.relationship.listed', patientId: newId<PatientId>() },
  } as const
  const ids: Record<string, string> = {}
  let officer: Officer
  beforeAll(async () => {
    officer = await signIn('privacy-officer')
    for (const [name, draft] of Object.entries(drafts)) {
      const [id = ''] = await appendEntries(test, 1, draft)
      ids[name] = id
    }
    await appendEntries(test, 3)
  })

  it.each([
    ['a patient, alone and in a list', { patientId }, ['patient', 'list']],
    ['a resource', { resourceId }, ['resource']],
    ['a kind of resource', { resourceType: 'Odd' }, ['resource']],
    ['a request', { requestId }, ['request']],
    ['a session', { sessionId }, ['session']],
    ['an address', { ip: '198.51.100.77' }, ['address']],
    ['a category of actions', { category: 'care-relationships' }, ['care']],
    ['words of an action, in any order', { text: 'view export' }, ['resource']],
    ['who was asked for a code first', { outcome: 'asked' }, ['asked']],
    ['several at once', { patientId, text: 'listed' }, ['list']],
    ['what nothing fits', { patientId, ip: '198.51.100.77' }, []],
    ['words that no action has', { text: 'eaten' }, []],
  ] as const)('by %s finds just that, and is what the histogram counts', async (_, filter, names) => {
    const { ids: shown, counted } = await found(officer, filter)
    expect(shown).toEqual(names.map((name) => ids[name] ?? '').sort())
    expect(counted).toBe(names.length)
  })

  it('hides what the reader has only looked at, and nothing that they did or that others looked at', async () => {
    const reader = await signIn('privacy-officer')
    const other = await signIn('privacy-officer')
    const own = { kind: 'user', id: reader.userId } as const
    const day = { from: '2026-05-04T00:00:00Z', to: '2026-05-05T00:00:00Z' }
    const at = '2026-05-04T10:00:00.000000Z'
    await appendEntries(test, 2, { action: 'audit.searched', actor: own, at })
    const [kept = ''] = await appendEntries(test, 1, { action: 'audit.exported', actor: own, at })
    const actor = { kind: 'user', id: other.userId } as const
    const [others = ''] = await appendEntries(test, 1, { action: 'audit.searched', actor, at })
    const [nobody = ''] = await appendEntries(test, 1, { actor: { kind: 'anonymous' }, at })
    await sequenceAll(sequencer)
    const { buckets } = await reader.audit.histogram({ ...day, bucket: 'day', hideOwnReads: true })
    expect(buckets.map(({ success }) => success)).toEqual([3])
    const { items } = await reader.audit.search({ hideOwnReads: true, limit: 200 })
    const shown = items.map(({ id }) => id)
    expect(shown).toEqual(expect.arrayContaining([kept, others, nobody]))
    expect(
      items.some(({ actor: { id }, action }) => id === reader.userId && action === 'audit.searched'),
    ).toBe(false)
  })

  it('by a session that the database does not know looks back a month, and says so; to a day that is named, so far', async () => {
    const { lookedBackTo } = await officer.audit.search({ sessionId })
    expect(lookedBackTo).toBe(new Date(test.now.getTime() - 31 * 86_400_000).toISOString())
    const from = '2026-01-01T00:00:00Z'
    expect((await officer.audit.search({ sessionId, from })).lookedBackTo).toBeNull()
    const ip = '198.51.100.78'
    for (const narrow of [{ patientId }, { actorId: officer.userId }, { requestId }, { resourceId }, { ip }])
      expect((await officer.audit.search({ sessionId, ...narrow })).lookedBackTo).toBeNull()
  })

  it.each([
    ['an address', (key: string) => ({ ip: key, as: { ip: key } })],
    ['a resource', (key: string) => ({ resourceId: key, as: { resource: { type: 'Odd', id: key } } })],
  ])('by %s finds what is older than a month, and says no word of a limit', async (_, make) => {
    const { as, ...filter } = make('203.0.113.9')
    const at = new Date(test.now.getTime() - 90 * 86_400_000)
    const [id] = await appendEntries(test, 1, { ...as, at: `${at.toISOString().slice(0, -1)}000Z` })
    const { items, lookedBackTo } = await officer.audit.search(filter)
    expect([items.map((item) => item.id), lookedBackTo]).toEqual([[id], null])
  })

  it('by a session goes by the index of whose it is', async () => {
    const { lookedBackTo, items } = await officer.audit.search({ sessionId: officer.sessionId })
    expect(lookedBackTo).toBeNull()
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ actor }) => actor.id === officer.userId)).toBe(true)
  })

  it.each([{ ip: 'everywhere' }, { sessionId: 'mine' }, { text: '' }, { resourceId: '' }])(
    'that is none is refused: %j',
    async (filter) => {
      await expect(officer.audit.search(filter)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      await expect(officer.audit.histogram({ ...filter, bucket: 'day' })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
    },
  )
})

describe('the order of a search', () => {
  it('is newest first or oldest first, page by page, with nothing twice and nothing left out', async () => {
    const officer = await signIn('privacy-officer')
    const requestId = newId()
    const made = await appendEntries(test, 7, { requestId })
    for (const [order, expected] of [
      ['oldest-first', made],
      ['newest-first', made.toReversed()],
    ] as const) {
      const paged: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const asked = { requestId, order, limit: 3, ...(cursor === undefined ? {} : { cursor }) }
        const page = await officer.audit.search(asked)
        paged.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect(paged).toEqual(expected)
    }
  })
})

describe('the patient of a count', () => {
  it('stands in the entry of it, as in that of a search', async () => {
    const officer = await signIn('privacy-officer')
    const patientId: PatientId = newId()
    await officer.audit.histogram({ bucket: 'day', patientId })
    const { items } = await officer.audit.search({ actorId: officer.userId })
    expect(items[0]).toMatchObject({ action: 'audit.searched', patientId })
  })
})
