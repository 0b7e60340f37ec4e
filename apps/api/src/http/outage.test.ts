import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@chartward/db'
import { type BrokenLine, openBrokenLine } from '@chartward/db/testing/broken-line'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { openApp } from '../composition/open-app.ts'
import { createServer } from '../server.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

/* What each door says while the database is away. The processes themselves are in cli/outage.test.ts. */

let test: TestApp
let line: BrokenLine
let app: App & { close(): Promise<void> }
let server: FastifyInstance
let folder: string
let token: string

beforeAll(async () => {
  test = await createTestApp()
  line = await openBrokenLine(test.database.url('chartward_app'))
  const url = line.through(test.database.url('chartward_app'))
  app = await openApp({
    db: openDatabase({ url, connections: 4, name: 'outage' }),
    files: test.files,
    log: test.app.log,
    publicUrl: test.app.settings.publicUrl,
    careRelationshipDays: 3650,
    logVerifierKey: test.app.settings.logVerifierKey,
  })
  folder = await mkdtemp(join(tmpdir(), 'chartward-outage-'))
  await mkdir(join(folder, 'assets'))
  for (const name of ['index.html', 'sign-in.html']) await writeFile(join(folder, name), '<!doctype html>')
  await writeFile(join(folder, 'preloads.json'), '[]')
  server = await createServer({
    app,
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    trustedProxy: undefined,
    consoleFolder: folder,
  })
  token = (await signInAs(test.app, ['administrator', 'privacy-officer'])).token
})
afterAll(async () => {
  await server?.close()
  await app?.close()
  await line?.stop()
  await test?.stop()
  await rm(folder, { recursive: true, force: true })
})

const get = (url: string, accept = 'application/json') =>
  server.inject({ url, headers: { accept }, cookies: { [SESSION_COOKIE]: token } })

const call = (procedure: string, payload: object) =>
  server.inject({ method: 'POST', url: `/trpc/${procedure}`, payload, cookies: { [SESSION_COOKIE]: token } })

const DOORS = [
  ['a read', () => call('users.list', {})],
  ['a change', () => call('users.invite', { email: 'a@example.test', displayName: 'A' })],
  ['a sign-in', () => call('auth.signIn', { email: 'a@example.test', password: 'wrong wrong wrong' })],
  ['who is signed in', () => call('auth.session', {})],
  ['several calls at once', () => call('users.list,users.roles?batch=1', { 0: {}, 1: {} })],
  ['the export of the log', () => get('/audit/export')],
  ['a release', () => get('/exports/01890000-0000-7000-8000-000000000000/csv')],
  ['readiness', () => get('/readyz')],
] as const

describe('while the database is away', () => {
  beforeAll(() => {
    line.behave('refuse')
    line.cut('reset')
  })

  it.each(DOORS)('%s is answered by 503 and by when to ask again', async (_name, door) => {
    const answer = await door()
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/)
    expect(answer.body).not.toMatch(/ECONN|127\.0\.0\.1|postgres/i)
  })

  it('the process says that it lives, and the pages are there', async () => {
    expect((await get('/healthz')).statusCode).toBe(200)
    expect((await get('/sign-in', 'text/html')).statusCode).toBe(200)
    expect((await get('/patients', 'text/html')).statusCode).toBe(200)
  })
})

describe('when it is back', () => {
  beforeAll(() => line.behave('whole'))

  it('so is everything', async () => {
    await expect.poll(async () => (await call('users.list', {})).statusCode, { timeout: 30_000 }).toBe(200)
    expect((await call('users.invite', { email: 'a@example.test', displayName: 'A' })).statusCode).toBe(200)
  })
})
