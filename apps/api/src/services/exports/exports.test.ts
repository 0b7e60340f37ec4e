import { isResourceType, type ResourceType } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { downloadExport } from '../../http/export-download.ts'
import { auditEntries, refusalOf, tally } from '../../testing/entries.ts'
import { whileLogIsHeld } from '../../testing/log-unwritable.ts'
import { type SignInOptions, signInAs, type TestSignIn } from '../../testing/sign-in.ts'
import { requestBy, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory } from '../../trpc/trpc.ts'
import { buildRelease } from './build/build-release.ts'
import { exportsRouter } from './router.ts'
import { createTestHouse, filesOf, populate } from './testing/house.ts'

const TYPES: ResourceType[] = ['Patient', 'Condition']
const PURPOSE = 'to count conditions by year of birth'
const DAY_MS = 24 * 60 * 60 * 1000

let house: TestApp
beforeAll(async () => {
  house = await createTestHouse()
  await populate(house, 6, 'exports')
})
afterAll(() => house.stop())

const factory = createCallerFactory(exportsRouter)
const signIn = (roles: string | string[], options: SignInOptions = {}) => signInAs(house.app, roles, options)
const callOf = ({ context }: Pick<TestSignIn, 'context'>) => factory(context)

const requested = async (analyst: TestSignIn, types: ResourceType[] = TYPES): Promise<string> =>
  (await callOf(analyst).request({ purpose: PURPOSE, types })).id

const approved = async (analyst: TestSignIn): Promise<string> => {
  const id = await requested(analyst)
  await callOf(await signIn('privacy-officer')).approve({ id, reason: 'needed', attestation: true })
  return id
}

const ready = async (analyst: TestSignIn): Promise<string> => {
  const id = await approved(analyst)
  await buildRelease(house.app, id, new AbortController().signal)
  return id
}

const download = (by: Pick<TestSignIn, 'context'>, id: string, format: 'csv' | 'ndjson' = 'csv') =>
  downloadExport({ app: house.app, request: by.context, id, format })

/** The jobs about an export, and about the work that builds it. */
const jobsFor = async (id: string) =>
  house.app.db.sql<{ name: string; state: string }[]>`
    select name, state::text from pgboss.job
    where data->>'id' in (${id}, (select id::text from works where subject_id = ${id})) order by name`

const entriesFor = async (id: string) =>
  (await auditEntries(house.app)).filter(({ resource }) => resource.id === id)

describe('an export from request to download', () => {
  it('is requested, approved by another person, built, verified and downloaded, and each step is audited', async () => {
    const analyst = await signIn('analyst', { displayName: 'Ana Lyst' })
    const officer = await signIn('privacy-officer', { displayName: 'Pri Vacy' })
    const id = await requested(analyst)
    expect(await callOf(analyst).get({ id })).toMatchObject({
      status: 'requested',
      requestedBy: { id: analyst.userId, displayName: 'Ana Lyst' },
      purpose: PURPOSE,
      types: TYPES,
      mine: true,
      manifest: null,
    })
    expect(await jobsFor(id)).toEqual([])
    await callOf(officer).approve({ id, reason: 'a fair question', attestation: true })
    expect(await jobsFor(id)).toMatchObject([{ name: 'do-work', state: 'created' }])

    await buildRelease(house.app, id, new AbortController().signal)
    const view = await callOf(officer).get({ id })
    expect(view).toMatchObject({
      status: 'ready',
      decidedBy: { id: officer.userId, displayName: 'Pri Vacy' },
      decidedAt: expect.any(String),
      decisionReason: 'a fair question',
      failure: null,
      mine: false,
      manifest: { exportId: id, patients: 6, counts: { Patient: 6 } },
    })
    expect(Date.parse(view.expiresAt ?? '') - Date.parse(view.builtAt ?? '')).toBe(7 * DAY_MS)

    for (const format of ['csv', 'ndjson'] as const) {
      const { headers, chunks } = await download(analyst, id, format)
      const files = await filesOf(chunks)
      expect([...files.keys()]).toEqual([`Patient.${format}`, `Condition.${format}`, 'manifest.json'])
      expect(JSON.parse(files.get('manifest.json') ?? '')).toEqual(view.manifest)
      expect(headers).toMatchObject({
        'content-type': 'application/zip',
        'cache-control': 'no-store',
        'content-disposition': `attachment; filename="chartward-release-${id}-${format}.zip"`,
      })
    }
    const entries = await entriesFor(id)
    expect(entries.map(({ action, outcome, actor }) => [action, outcome, actor])).toEqual(
      expect.arrayContaining([
        ['export.requested', 'success', { kind: 'user', id: analyst.userId }],
        ['export.approved', 'success', { kind: 'user', id: officer.userId }],
        ['export.built', 'success', { kind: 'service', name: 'build-export' }],
        ['export.downloaded', 'success', { kind: 'user', id: analyst.userId }],
      ]),
    )
    expect(entries.find(({ action }) => action === 'export.built')).toMatchObject({
      count: 6,
      change: {
        before: { status: 'building' },
        after: { status: 'ready', patients: 6, manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    })
    expect(JSON.stringify(entries)).not.toContain(PURPOSE)
  })

  it('has the size that its header says, and the entry is committed before the first byte is read', async () => {
    const analyst = await signIn('analyst')
    const id = await ready(analyst)
    const { early, outcome } = await whileLogIsHeld(house.database, () => download(analyst, id))
    expect(early).toBe(false)
    if (outcome.status === 'rejected') throw outcome.reason
    const { headers, chunks } = outcome.value
    expect((await entriesFor(id)).filter(({ action }) => action === 'export.downloaded')).toMatchObject([
      { outcome: 'success', resource: { type: 'Release.csv', id } },
    ])
    let bytes = 0
    for await (const chunk of chunks) bytes += chunk.length
    expect(String(bytes)).toBe(headers['content-length'])
  })

  it('gives both formats the same records under the same fresh ids', async () => {
    const analyst = await signIn('analyst')
    const id = await ready(analyst)
    const csv = await filesOf((await download(analyst, id, 'csv')).chunks)
    const ndjson = await filesOf((await download(analyst, id, 'ndjson')).chunks)
    for (const type of TYPES) {
      const rows = (csv.get(`${type}.csv`) ?? '').trim().split('\r\n').slice(1)
      const lines = (ndjson.get(`${type}.ndjson`) ?? '').trim().split('\n')
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.map((row) => row.split(',')[0])).toEqual(lines.map((line) => JSON.parse(line).id))
    }
  })

  it('has other ids in the next release of the same records', async () => {
    const analyst = await signIn('analyst')
    const idsOf = async (id: string) => {
      const files = await filesOf((await download(analyst, id)).chunks)
      return (files.get('Patient.csv') ?? '')
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',')[0])
    }
    const first = await idsOf(await ready(analyst))
    const second = await idsOf(await ready(analyst))
    expect(new Set([...first, ...second]).size).toBe(12)
  })

  it('is rejected with a reason that the requester can read, and then stays so', async () => {
    const analyst = await signIn('analyst')
    const officer = callOf(await signIn('privacy-officer'))
    const id = await requested(analyst)
    await officer.reject({ id, reason: 'too wide a question' })
    expect(await callOf(analyst).get({ id })).toMatchObject({
      status: 'rejected',
      decisionReason: 'too wide a question',
    })
    expect(await refusalOf(officer.approve({ id, reason: 'after all', attestation: true }))).toBe('CONFLICT')
    expect(await jobsFor(id)).toEqual([])
    await buildRelease(house.app, id, new AbortController().signal)
    expect(await callOf(analyst).get({ id })).toMatchObject({ status: 'rejected', manifest: null })
  })
})

describe('who may see and do what', () => {
  it('an analyst sees their own requests, a privacy officer those of all', async () => {
    const [one, other] = [await signIn('analyst'), await signIn('analyst')]
    const officer = await signIn('privacy-officer', { factorAt: null })
    const mine = await requested(one)
    const theirs = await requested(other)
    expect((await callOf(one).list({})).items.map(({ id }) => id)).toEqual([mine])
    expect((await callOf(officer).list({})).items.map(({ id }) => id)).toEqual(
      expect.arrayContaining([mine, theirs]),
    )
    expect(await refusalOf(callOf(one).get({ id: theirs }))).toBe('NOT_FOUND')
    expect((await callOf(officer).get({ id: theirs })).mine).toBe(false)
  })

  it.each(['administrator', 'clinician', 'nurse', 'billing', 'patient'])(
    'a %s reaches nothing of it',
    async (role) => {
      const id = await ready(await signIn('analyst'))
      const by = await signIn(role)
      const call = callOf(by)
      const refusals = [
        await refusalOf(call.request({ purpose: PURPOSE, types: TYPES })),
        await refusalOf(call.list({})),
        await refusalOf(call.get({ id })),
        await refusalOf(call.approve({ id, reason: 'for a friend', attestation: true })),
        await refusalOf(call.reject({ id, reason: 'for a friend' })),
        await refusalOf(download(by, id)),
      ]
      expect(refusals).toEqual(refusals.map(() => 'FORBIDDEN'))
      const entries = (await auditEntries(house.app)).filter(
        ({ actor }) => 'id' in actor && actor.id === by.userId,
      )
      expect(entries.map(({ outcome }) => outcome)).toEqual(refusals.map(() => 'refused'))
    },
  )

  it('an analyst does not decide, and a privacy officer neither requests nor downloads', async () => {
    const analyst = await signIn('analyst')
    const officer = await signIn('privacy-officer')
    const id = await ready(analyst)
    expect(await refusalOf(callOf(analyst).approve({ id, reason: 'mine', attestation: true }))).toBe(
      'FORBIDDEN',
    )
    expect(await refusalOf(callOf(officer).request({ purpose: PURPOSE, types: TYPES }))).toBe('FORBIDDEN')
    expect(await refusalOf(download(officer, id))).toBe('FORBIDDEN')
  })

  it('nobody decides on their own request, whatever roles they hold', async () => {
    const both = await signIn(['analyst', 'privacy-officer'])
    const id = await requested(both)
    expect(await refusalOf(callOf(both).approve({ id, reason: 'trust me', attestation: true }))).toBe(
      'SECOND_PERSON_REQUIRED',
    )
    expect(await refusalOf(callOf(both).reject({ id, reason: 'trust me' }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await callOf(both).get({ id })).toMatchObject({ status: 'requested', decidedBy: null })
    expect(await jobsFor(id)).toEqual([])
    expect(tally((await entriesFor(id)).filter(({ outcome }) => outcome === 'refused'))).toEqual({
      'refused SECOND_PERSON_REQUIRED': 2,
    })
  })

  it('only whoever asked for a release downloads it', async () => {
    const id = await ready(await signIn('analyst'))
    expect(await refusalOf(download(await signIn('analyst'), id))).toBe('NOT_FOUND')
    expect(
      await refusalOf(
        downloadExport({ app: house.app, request: requestBy(house.app, null), id, format: 'csv' }),
      ),
    ).toBe('UNAUTHENTICATED')
  })

  it('deciding and downloading need a fresh factor', async () => {
    const analyst = await signIn('analyst', { factorAt: null })
    const officer = callOf(await signIn('privacy-officer', { factorAt: null }))
    const id = await requested(analyst)
    expect(await refusalOf(officer.approve({ id, reason: 'needed', attestation: true }))).toBe(
      'STEP_UP_REQUIRED',
    )
    expect(await refusalOf(officer.reject({ id, reason: 'needed' }))).toBe('STEP_UP_REQUIRED')
    expect(await jobsFor(id)).toEqual([])
    await callOf(await signIn('privacy-officer')).approve({ id, reason: 'needed', attestation: true })
    await buildRelease(house.app, id, new AbortController().signal)
    expect(await refusalOf(download(analyst, id))).toBe('STEP_UP_REQUIRED')
  })
})

describe('what can be asked for', () => {
  it('refuses unknown keys, other types and other forms, and makes nothing', async () => {
    const analyst = await signIn('analyst')
    const officer = callOf(await signIn('privacy-officer'))
    const call = callOf(analyst)
    const id = await requested(analyst)
    const bad = [
      { purpose: PURPOSE, types: TYPES, profile: 'none' },
      { purpose: PURPOSE, types: [] },
      { purpose: PURPOSE, types: ['Practitioner'] },
      { purpose: PURPOSE, types: ['Patient', 'patient_keys'] },
      { purpose: 'short', types: TYPES },
      { purpose: PURPOSE, types: TYPES, asOf: 'yesterday' },
      { purpose: PURPOSE, types: TYPES, asOf: new Date(house.now.getTime() - 3 * DAY_MS).toISOString() },
      { purpose: PURPOSE, types: TYPES, asOf: new Date(house.now.getTime() + 400 * DAY_MS).toISOString() },
    ]
    for (const input of bad)
      expect(await refusalOf(call.request(input as never)), JSON.stringify(input)).toBe('INVALID_INPUT')
    for (const input of [
      { id, reason: 'needed' },
      { id, reason: 'needed', attestation: false },
      { id, reason: '', attestation: true },
      { id: 'not-an-id', reason: 'needed', attestation: true },
      { id, reason: 'needed', attestation: true, force: true },
    ])
      expect(await refusalOf(officer.approve(input as never)), JSON.stringify(input)).toBe('INVALID_INPUT')
    expect((await call.list({})).items.map(({ status }) => status)).toEqual(['requested'])
  })

  it('lists each type once, in the catalog order', async () => {
    const analyst = await signIn('analyst')
    const id = await requested(analyst, ['Condition', 'Patient', 'Condition'])
    expect((await callOf(analyst).get({ id })).types).toEqual(['Patient', 'Condition'])
    expect(TYPES.every(isResourceType)).toBe(true)
  })

  it('reckons ages on the day of the build where that is later than the day asked for', async () => {
    const analyst = await signIn('analyst')
    const officer = callOf(await signIn('privacy-officer'))
    const later = new Date(house.now.getTime() + 100 * DAY_MS)
    const { id } = await callOf(analyst).request({
      purpose: PURPOSE,
      types: TYPES,
      asOf: later.toISOString(),
    })
    const { id: now } = await callOf(analyst).request({
      purpose: PURPOSE,
      types: TYPES,
      asOf: new Date(house.now.getTime() - DAY_MS / 2).toISOString(),
    })
    for (const each of [id, now]) {
      await officer.approve({ id: each, reason: 'needed', attestation: true })
      await buildRelease(house.app, each, new AbortController().signal)
    }
    const dayOf = async (each: string) => (await callOf(analyst).get({ id: each })).asOf.slice(0, 10)
    expect(await dayOf(id)).toBe(later.toISOString().slice(0, 10))
    expect(await dayOf(now)).toBe(house.now.toISOString().slice(0, 10))
  })
})

describe('deciding at the same moment', () => {
  it('of two approvals one succeeds, and there is one job', async () => {
    const id = await requested(await signIn('analyst'))
    const officers = [callOf(await signIn('privacy-officer')), callOf(await signIn('privacy-officer'))]
    const outcomes = await Promise.all(
      officers.map((officer) =>
        officer.approve({ id, reason: 'needed', attestation: true }).then(
          () => 'approved',
          (error) => refusalOf(Promise.reject(error)),
        ),
      ),
    )
    expect(outcomes.sort()).toEqual(['CONFLICT', 'approved'])
    expect(await jobsFor(id)).toHaveLength(1)
    const decided = (await entriesFor(id)).filter(({ action }) => action === 'export.approved')
    expect(tally(decided)).toEqual({ success: 1, 'failure CONFLICT': 1 })
  })

  it('of an approval and a rejection one succeeds, and there is a job if it was the approval', async () => {
    const id = await requested(await signIn('analyst'))
    const [one, other] = [callOf(await signIn('privacy-officer')), callOf(await signIn('privacy-officer'))]
    const outcomes = await Promise.allSettled([
      one.approve({ id, reason: 'needed', attestation: true }),
      other.reject({ id, reason: 'not needed' }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { status } = await one.get({ id })
    expect(await jobsFor(id)).toHaveLength(status === 'approved' ? 1 : 0)
  })
})

describe('what is over', () => {
  it('a request that nobody decided in seven days can not be approved', async () => {
    const id = await requested(await signIn('analyst'))
    house.now = new Date(house.now.getTime() + 7 * DAY_MS)
    const officer = callOf(await signIn('privacy-officer'))
    expect(await refusalOf(officer.approve({ id, reason: 'needed', attestation: true }))).toBe('EXPIRED')
    expect(await jobsFor(id)).toEqual([])
  })

  it('a release can not be downloaded before it is ready, nor after seven days', async () => {
    const analyst = await signIn('analyst')
    const id = await approved(analyst)
    expect(await refusalOf(download(analyst, id))).toBe('CONFLICT')
    await buildRelease(house.app, id, new AbortController().signal)
    const built = house.now
    // No session lasts as long as a release: the same person, signed in anew.
    const { signedIn } = analyst
    const downloadAt = (now: Date) => {
      house.now = now
      const session = { ...signedIn.session, factorAt: now }
      return download({ context: requestBy(house.app, { ...signedIn, session }) }, id)
    }
    await downloadAt(new Date(built.getTime() + 7 * DAY_MS - 1000))
    expect(await refusalOf(downloadAt(new Date(built.getTime() + 7 * DAY_MS)))).toBe('EXPIRED')
  })
})
