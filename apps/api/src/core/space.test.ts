import { tmpdir } from 'node:os'
import { Writable } from 'node:stream'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { addHealthRoutes } from '../http/health.ts'
import { appRouter } from '../router.ts'
import { importFhir } from '../services/import/import-fhir.ts'
import { auditEntries, refusalOf } from '../testing/entries.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import { createCallerFactory } from '../trpc/trpc.ts'
import { newId } from './ids.ts'
import { createLogger } from './log.ts'
import { NO_SPACE_WATCH, type SpaceSettings, SpaceWatch } from './space.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const GIB = 1024 ** 3
const watch = (settings: Partial<SpaceSettings>): SpaceWatch =>
  new SpaceWatch(t.app.db, t.app.log, { ...NO_SPACE_WATCH, ...settings })
const appWith = (settings: Partial<SpaceSettings>): App => ({ ...t.app, space: watch(settings) })
/** A database of some megabytes and a WAL, against a maximum of one byte. */
const FULL = { maxBytes: 1 }
/** Whatever is left, a level begins there. */
const LOW = { maxBytes: 1000 * GIB, lowPercent: 100, criticalPercent: 0 }

describe('the space that is left', () => {
  it('is not watched where nobody has said what to watch', async () => {
    expect(await watch({}).level()).toBe('unwatched')
  })

  it('is measured against a maximum, of database and WAL', async () => {
    expect(await watch({ maxBytes: 1000 * GIB }).level()).toBe('enough')
    expect(await watch(LOW).level()).toBe('low')
    expect(await watch(FULL).level()).toBe('critical')
  })

  it('is measured on the volume of a folder', async () => {
    expect(await watch({ volume: tmpdir(), lowPercent: 0, criticalPercent: 0 }).level()).toBe('enough')
    expect(await watch({ volume: tmpdir(), lowPercent: 100, criticalPercent: 100 }).level()).toBe('critical')
  })

  it('is that of which less is left, and unknown where it can not be told', async () => {
    expect(await watch({ ...FULL, volume: tmpdir(), lowPercent: 0, criticalPercent: 0 }).level()).toBe(
      'critical',
    )
    expect(await watch({ volume: '/no/such/folder' }).level()).toBe('unknown')
  })
})

describe('near the end', () => {
  const empty = async function* (): AsyncIterable<Uint8Array> {
    yield Buffer.from('{"resourceType":"Patient","id":"1"}\n')
  }
  const importing = (app: App) =>
    importFhir(app, empty(), { trusted: true, author: 'service:import' }).then(
      () => 'done',
      (error) => error.code,
    )

  it.each([
    ['low', LOW],
    ['critical', FULL],
    ['unknown', { volume: '/no/such/folder' }],
  ])('an import stops, and nothing of it is stored: %s', async (_level, settings) => {
    expect(await importing(appWith(settings))).toBe('NO_SPACE')
    expect(await t.app.db.sql`select from record_versions`).toHaveLength(0)
  })

  it('no build of an export is approved, and nothing new is asked for when it is critical', async () => {
    const officer = await signInAs(t.app, 'privacy-officer')
    const analyst = await signInAs(t.app, 'analyst')
    const callerOn = (app: App, { signedIn }: typeof officer) =>
      createCallerFactory(appRouter)(requestBy(app, signedIn))
    const approve = { id: newId(), reason: 'for a test', attestation: true } as const
    const request = { purpose: 'For a test of space', types: ['Patient' as const] }
    expect(await refusalOf(callerOn(appWith(LOW), officer).exports.approve(approve))).toBe('NO_SPACE')
    expect(await refusalOf(callerOn(appWith(FULL), analyst).exports.request(request))).toBe('NO_SPACE')
    await callerOn(appWith(LOW), analyst).exports.request(request)
  })

  it('reads, entries and the ends of access go on', async () => {
    const app = appWith(FULL)
    const administrator = await signInAs(app, 'administrator')
    const nurse = await signInAs(app, 'nurse')
    const { users, home } = createCallerFactory(appRouter)(requestBy(app, administrator.signedIn))
    const before = (await auditEntries(app)).length
    await users.list({})
    await users.deactivate({ id: nurse.userId, reason: 'lockdown of a test' })
    expect((await home.accounts({})).space).toBe('critical')
    expect((await auditEntries(app)).length).toBeGreaterThan(before + 2)
  })

  it('readiness says so and stays ready: a server that is taken away serves no reads', async () => {
    const server = Fastify()
    addHealthRoutes(server, appWith(FULL))
    const answer = await server.inject({ url: '/readyz' })
    await server.close()
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { status: 'ready', space: 'critical' }])
  })

  it('the log says when a level is reached, once', async () => {
    const said: string[] = []
    const destination = new Writable({
      write: (chunk, _encoding, done) => {
        said.push(String(chunk))
        done()
      },
    })
    const log = createLogger('info', destination)
    const space = new SpaceWatch(t.app.db, log, { ...NO_SPACE_WATCH, ...FULL })
    await space.level()
    await space.level()
    expect(said.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'error', percentLeft: 0, msg: 'the database’s space is nearly used up' },
    ])
  })
})
