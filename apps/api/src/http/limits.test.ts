import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { auditEntries } from '../testing/entries.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { type Served, serveTest } from './testing/served.ts'

let test: TestApp
let served: Served

beforeAll(async () => {
  test = await createTestApp()
})
afterEach(async () => {
  await served.stop()
  await test.app.refusals.drain()
  test.now = new Date(test.now.getTime() + 60_000)
})
afterAll(() => test.stop())

const NEIGHBOUR = '203.0.113.9'
const calls = (count: number, { token, from = NEIGHBOUR }: { token?: string; from?: string } = {}) =>
  served
    .ask({
      url: `/trpc/${Array.from({ length: count }, () => 'home.mine').join(',')}?batch=1`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { cookie: `${SESSION_COOKIE}=${token}` }),
      },
      body: '{}',
      from,
    })
    .then(({ status }) => status)

describe('the limit of a minute', () => {
  it('weighs the calls of a batch, not the request', async () => {
    served = await serveTest(test, { requestsPerMinute: 10 })
    expect(await calls(6)).toBe(401)
    expect(await calls(5)).toBe(429)
    expect(await calls(1)).toBe(429)
    test.now = new Date(test.now.getTime() + 60_000)
    expect(await calls(6)).toBe(401)
  })

  it('is met by pages, assets and what is not found', async () => {
    for (const url of [
      '/',
      '/favicon.svg',
      '/assets/app-A1b2C3d4.js',
      '/nothing-here',
      '/assets/nothing.js',
    ]) {
      served = await serveTest(test, { requestsPerMinute: 2 })
      const statuses: number[] = []
      for (let i = 0; i < 3; i++)
        statuses.push((await served.ask({ url, headers: { accept: 'text/html' }, from: NEIGHBOUR })).status)
      expect(statuses.at(1)).not.toBe(429)
      expect(statuses.at(2)).toBe(429)
      await served.stop()
    }
    served = await serveTest(test)
  })

  it('is one for all addresses of an IPv6 network, and for each network its own', async () => {
    served = await serveTest(test, { requestsPerMinute: 2 })
    expect(await calls(1, { from: '2001:db8:1:2::1' })).toBe(401)
    expect(await calls(1, { from: '2001:db8:1:2::2' })).toBe(401)
    expect(await calls(1, { from: '2001:db8:1:2:ffff::3' })).toBe(429)
    expect(await calls(1, { from: '2001:db8:1:3::1' })).toBe(401)
  })

  it('is a session’s own: behind one address nobody uses up another’s', async () => {
    served = await serveTest(test, { requestsPerMinute: 10 })
    const [nurse, other] = [
      await signInAs(test.app, 'nurse', { ip: NEIGHBOUR }),
      await signInAs(test.app, 'nurse', { ip: NEIGHBOUR }),
    ]
    expect(await calls(1, nurse)).toBe(200)
    expect(await calls(1, other)).toBe(200)
    // A stranger behind the same address uses up what it has, then one of the two what is theirs.
    expect(await calls(9)).toBe(429)
    expect(await calls(10, nurse)).toBe(200)
    expect(await calls(1, nurse)).toBe(429)
    expect(await calls(10, other)).toBe(200)
  })

  it('is not got round by tokens that open no session', async () => {
    served = await serveTest(test, { requestsPerMinute: 3 })
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push(await calls(1, { token: `made-up-${i}` }))
    expect(statuses).toEqual([401, 401, 401, 429])
  })

  it('says when it is over, and what it refuses has no entry', async () => {
    served = await serveTest(test, { requestsPerMinute: 1 })
    await calls(1)
    const before = (await auditEntries(test.app)).length
    const { status, headers } = await served.ask({ url: '/audit/export', from: NEIGHBOUR })
    expect(status).toBe(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(await auditEntries(test.app)).toHaveLength(before)
  })
})

describe('a flood of whoever is not signed in', () => {
  it('makes two entries for each address and minute, and the second says how many there were', async () => {
    served = await serveTest(test)
    const before = (await auditEntries(test.app)).length
    for (let i = 0; i < 5; i++) await calls(40, { from: `2001:db8:7:7::${i}` })
    expect(await auditEntries(test.app)).toHaveLength(before + 1)
    test.now = new Date(test.now.getTime() + 60_000)
    await calls(1, { from: '198.51.100.1' })
    const entries = (await auditEntries(test.app)).slice(before)
    expect(entries).toHaveLength(3)
    expect(entries.find(({ count }) => count !== null)).toMatchObject({
      action: 'request.refused',
      outcome: 'refused',
      count: 199,
      facts: { network: '2001:db8:7:7::/64', actions: ['home.viewed'], reasons: ['UNAUTHENTICATED'] },
    })
  })
})
