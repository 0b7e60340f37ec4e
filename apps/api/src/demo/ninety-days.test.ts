import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtInRoles as roles } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { type Databases, openDatabases } from '../cli/database.ts'
import { installDemo, makeDemo } from '../cli/make-demo.ts'
import { prepareDatabase } from '../cli/prepare.ts'
import { openAppFor } from '../cli/run-server.ts'
import { readEnvironment } from '../env.ts'
import { appRouter } from '../router.ts'
import { totpCode } from '../services/auth/totp.ts'
import { finishWork } from '../services/works/testing/finish-work.ts'
import { browserOf } from '../testing/sign-in.ts'
import { createCallerFactory } from '../trpc/trpc.ts'
import { DAY_MS } from './activity/plan.ts'
import { AT_HOME } from './activity/stage.ts'
import type { DemoAccount } from './load-demo.ts'
import { Population } from './population.ts'
import { NAMESAKE } from './staff.ts'

/*
 * The demo as `pnpm start` makes it, made once whole, and then asked as its people would ask.
 */

/** More than one person may open in an hour. */
const PATIENTS = 70
const URL = 'http://localhost:4380'

const callerOf = createCallerFactory(appRouter)
type Caller = ReturnType<typeof callerOf>

let folder: string
let databases: Databases
let app: App & { close(): Promise<void> }
let accounts: DemoAccount[]
const begun = new Date()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-ninety-'))
  const logStore = join(folder, 'log-store')
  await mkdir(logStore, { mode: 0o700 })
  const environment = { ...readEnvironment(folder, {}), logStore, logLevel: 'error' } as const
  databases = await openDatabases(environment)
  await prepareDatabase(databases)
  accounts = await makeDemo({
    environment,
    databases,
    url: URL,
    patients: PATIENTS,
    days: 90,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  })
  app = await openAppFor(environment, databases, await installDemo(databases, environment.keyFolder), URL)
}, 1_800_000)
afterAll(async () => {
  await app?.close()
  await databases?.embedded?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Somebody of the printed accounts, signed in as a person would be. */
const signedIn = async ({ name: role }: { readonly name: string }): Promise<Caller> => {
  const account = accounts.find((one) => one.role === role)
  if (account === undefined) throw new Error(`The demo has no ${role}.`)
  const caller = callerOf(browserOf(app))
  await caller.auth.signIn({ email: account.email, password: account.password })
  await caller.auth.verifyTotp({ code: totpCode(account.totpSecret, new Date()) })
  return caller
}

const FROM = new Date(begun.getTime() - 95 * DAY_MS).toISOString()

describe('ninety days of a demo', () => {
  let officer: Caller
  let administrator: Caller
  beforeAll(async () => {
    officer = await signedIn(roles.privacyOfficer)
    administrator = await signedIn(roles.administrator)
  })

  const entriesOf = async (filters: Parameters<Caller['audit']['search']>[0]) =>
    (await officer.audit.search({ from: FROM, limit: 200, ...filters })).items

  it('are about twenty thousand entries, all of them in the log', async () => {
    const [row] = await app.db.sql<{ entries: number; sequenced: number; first: string }[]>`
      select count(*)::int as entries, (select size::int from audit_head) as sequenced, min(at) as first
      from audit_entries where at < ${begun.toISOString()}`
    expect(row?.entries).toBeGreaterThan(15_000)
    expect(row?.entries).toBeLessThan(25_000)
    expect(row?.sequenced).toBeGreaterThanOrEqual(row?.entries ?? Number.POSITIVE_INFINITY)
    expect(begun.getTime() - new Date(row?.first ?? '').getTime()).toBeGreaterThan(90 * DAY_MS)
  })

  it('stand in the log in the order of their time, with ids of the same time', async () => {
    const [row] = await app.db.sql<{ backwards: number; otherwise: number }[]>`
      with ordered as (
        select e.id, e.at, lag(e.at) over (order by l.index) as before
        from audit_leaves l join audit_entries e on e.id = l.entry_id)
      select count(*) filter (where at < before)::int as backwards,
        count(*) filter (where left(replace(id::text, '-', ''), 12)
          <> lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0'))::int as otherwise
      from ordered where at < ${begun.toISOString()}`
    expect(row).toEqual({ backwards: 0, otherwise: 0 })
  })

  it('pass the whole check of the log, rows, counts and contents', async () => {
    const { workId } = await officer.audit.askCheck()
    await finishWork(app, workId)
    const report = await officer.audit.check({ id: workId })
    expect(report).toMatchObject({ ok: true, problems: [], unchecked: [] })
  })

  it('have more on weekdays than at weekends, and more by day than by night', async () => {
    // Without the day on which it was installed; an answer has the hours of twelve weeks at most.
    const from = new Date(begun.getTime() - 77 * DAY_MS).toISOString()
    const { buckets } = await officer.audit.histogram({ from, to: begun.toISOString(), bucket: 'hour' })
    const sumOf = (fits: (at: Date) => boolean): number =>
      buckets
        .filter(({ at }) => fits(new Date(at)))
        .reduce((sum, { success, failure, refused, asked }) => sum + success + failure + refused + asked, 0)
    const isWeekend = (at: Date) => [0, 6].includes(at.getUTCDay())
    expect(sumOf((at) => !isWeekend(at)) / 55).toBeGreaterThan((1.5 * sumOf(isWeekend)) / 22)
    const byHour = (from: number, to: number) =>
      sumOf((at) => at.getUTCHours() >= from && at.getUTCHours() < to) / (to - from)
    expect(byHour(9, 16)).toBeGreaterThan(4 * byHour(0, 6))
    expect(byHour(3, 6)).toBeGreaterThan(0)
  })

  it('have refusals, wrong passwords and step-ups', async () => {
    expect((await entriesOf({ action: 'patient.viewed', outcome: 'refused' })).length).toBeGreaterThan(10)
    expect((await entriesOf({ action: 'record.listed', outcome: 'refused' })).length).toBeGreaterThan(2)
    expect((await entriesOf({ action: 'auth.sign-in.password', outcome: 'failure' })).length).toBeGreaterThan(
      10,
    )
    expect((await entriesOf({ outcome: 'asked' })).length).toBeGreaterThan(3)
    expect(await entriesOf({ outcome: 'failure', action: 'patient.viewed' })).toEqual([])
  })

  it('have exports that were asked for, built, downloaded and expired, one turned down and one that waits', async () => {
    const { items } = await officer.exports.list()
    const statuses = items.map(({ status }) => status).toSorted()
    expect(statuses).toEqual(['ready', 'ready', 'ready', 'ready', 'rejected', 'requested'])
    for (const action of ['export.built', 'export.downloaded', 'export.expired'] as const)
      expect((await entriesOf({ action })).length).toBeGreaterThan(2)
    const built = items.flatMap(({ builtAt }) => (builtAt === null ? [] : [Date.parse(builtAt)]))
    expect(Math.min(...built)).toBeLessThan(begun.getTime() - 70 * DAY_MS)
  })

  it('have care relationships that were made by hand and ended', async () => {
    expect((await entriesOf({ action: 'care.relationship.ended' })).length).toBeGreaterThan(2)
  })

  it('have charts opened by break-glass, of which one was appropriate, one has a follow-up and one waits', async () => {
    const reviewed = (await officer.breakGlass.list({ state: 'reviewed' })).items
    expect(reviewed.map(({ verdict }) => verdict).toSorted()).toEqual(['appropriate', 'follow-up'])
    const [waiting, ...more] = (await officer.breakGlass.list({ state: 'waiting' })).items
    expect(more).toEqual([])
    const { accesses } = await officer.breakGlass.get({ id: waiting?.id ?? '' })
    expect(accesses.filter(({ ground }) => ground === 'break-glass').length).toBeGreaterThan(2)
    const needs = (await officer.needsYou.list({})).items.filter(({ kind }) => kind === 'break-glass')
    expect(needs).toHaveLength(1)
  })

  it('have a cover that was ended and one that goes on', async () => {
    const clinician = await signedIn(roles.clinician)
    const [cover] = (await clinician.covers.list({})).items
    expect(cover).toMatchObject({ ended: false, mayEnd: true })
    expect((await entriesOf({ action: 'care.cover.ended' })).length).toBe(1)
  })

  it('have newcomers, guests who never came, a dormant account, and one that was locked down and came back', async () => {
    const { items } = await administrator.users.list({ limit: 200 })
    const of = (name: string) => items.find(({ displayName }) => displayName === name)
    expect(items.filter(({ status }) => status === 'invited')).toHaveLength(2)
    expect(of('Arturo Villaseñor')).toMatchObject({ status: 'active', mfa: true })
    expect(of('Gregor Halvorsen')).toMatchObject({ status: 'active', mfa: true })
    const dormant = of('Wilhelmina Draper')
    expect(Date.parse(dormant?.lastSeenAt ?? '')).toBeLessThan(begun.getTime() - 89 * DAY_MS)
    expect(await entriesOf({ action: 'user.lockdown.requested' })).toHaveLength(1)
    expect(await entriesOf({ action: 'user.reactivated' })).toHaveLength(1)
  })

  it('have a list of the house’s people that was taken in, and departments with somebody who leads them', async () => {
    const { items } = await administrator.people.list({})
    expect(items).toMatchObject([{ kind: 'import', state: 'ended', approval: 'approved' }])
    const { items: nurses } = await administrator.users.list({ department: 'Nursing', limit: 200 })
    expect(nurses.length).toBeGreaterThan(10)
    expect(nurses.filter(({ manager }) => manager === null)).toHaveLength(1)
  })

  it('have somebody who opened far too many charts, and said why once asked', async () => {
    const exceeded = await entriesOf({ action: 'access.exceeded' })
    expect(exceeded).toHaveLength(1)
    const [explained] = await entriesOf({ action: 'access.explained' })
    expect(explained?.actor.id).toBe(exceeded[0]?.actor.id)
  })

  it('have an access that nothing explains: by night, from elsewhere, to somebody of the same name', async () => {
    const { mrns, families } = new Population(PATIENTS, begun).people()
    const { items } = await officer.patients.search({ by: 'mrn', text: mrns[NAMESAKE] ?? '' })
    const seen = await officer.audit.accesses({ patientId: items[0]?.id ?? '', from: FROM, limit: 200 })
    const odd = seen.items.filter(
      ({ actor, ip }) => actor.name === `Dorothea ${families[NAMESAKE]}` && ip === AT_HOME.ip,
    )
    expect(odd.length).toBeGreaterThan(2)
  })

  it('leave something to decide, for each who decides', async () => {
    const needs = async (caller: Caller) => (await caller.needsYou.list({})).items.map(({ kind }) => kind)
    expect(await needs(officer)).toEqual(expect.arrayContaining(['export-decision']))
    expect(await needs(administrator)).toEqual(expect.arrayContaining(['approval', 'invitation', 'dormant']))
  })

  it('leave nobody signed in', async () => {
    const [row] = await app.db.sql<{ open: number }[]>`
      select count(*)::int as open from sessions
      where ended_at is null and created_at < ${begun.toISOString()} and idle_expires_at > now()`
    expect(row?.open).toBe(0)
  })
})
