import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { appRouter } from '../router.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { auditEntries, entriesOfRequest } from '../testing/entries.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, newAddress, type TestApp } from '../testing/test-app.ts'
import { addCalls } from './calls.ts'
import { addLimits, Limits } from './limits.ts'
import { type Served, serveTest } from './testing/served.ts'

let test: TestApp
let served: Served

beforeAll(async () => {
  test = await createTestApp()
  served = await serveTest(test)
})
afterAll(async () => {
  await served?.stop()
  await test?.stop()
})

const JSON_TYPE = { 'content-type': 'application/json' }
const wrong = { email: 'a@b.test', password: 'x' }
const twice = JSON.stringify({ 0: wrong, 1: wrong })

/** What the security headers are known by, in whatever an answer is held. */
const expectHeaders = (headers: Record<string, unknown>): void =>
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })

describe('a path that can be read in more than one way', () => {
  it.each([
    '/trpc/%2561uth.signIn,%2561uth.signIn?batch=1',
    '/trpc/auth%252esignIn',
    '/trpc/auth.signIn%2c%2561uth.signIn?batch=1',
    '/trpc/auth.signIn%252Cauth.signIn?batch=1',
    '/trpc/auth.signIn%00',
    '/trpc%5cauth.signIn',
    '/trpc%2fauth.signIn',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/index.html',
    '/assets/%252e%252e/index.html',
    '/assets/../index.html',
    '/assets/..\\index.html',
    `/exports/${newId()}%2fcsv`,
    `/exports/${newId()}/%2563sv`,
    '/%2561udit/export',
    '/audit/export%0d%0a',
    '/a%25b',
  ])('is refused: %s', async (url) => {
    const before = await auditEntries(test.app, 'auth.sign-in.password')
    const raw = await served.raw(
      `POST ${url} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${twice.length}\r\nConnection: close\r\n\r\n${twice}`,
    )
    expect(raw).toMatch(/^HTTP\/1\.1 400 /)
    expect(raw).toContain('"chartward":"INVALID_INPUT"')
    expect(await auditEntries(test.app, 'auth.sign-in.password')).toHaveLength(before.length)
  })

  it('is none where it is only written in another way', async () => {
    const { status } = await served.ask({
      url: '/trpc/%61uth.session',
      method: 'POST',
      headers: JSON_TYPE,
      body: '{}',
    })
    expect(status).toBe(200)
  })
})

describe('the rule of one step of signing in', () => {
  it('goes by the calls that tRPC has found, however their path is written', async () => {
    // Without the refusals that stand before it, and with the path that passed them.
    const bare = Fastify({ genReqId: newId })
    await bare.register(cookie)
    addLimits(bare, new Limits(1000, test.app.clock))
    await addCalls(bare, test.app, appRouter)
    const before = await auditEntries(test.app)
    const answer = await bare.inject({
      method: 'POST',
      url: '/trpc/%2561uth.signIn,%2561uth.signIn?batch=1',
      headers: JSON_TYPE,
      payload: twice,
      remoteAddress: '203.0.113.1',
    })
    await bare.close()
    expect(answer.statusCode).toBe(403)
    const entries = (await auditEntries(test.app)).slice(before.length)
    expect(entries).toMatchObject([
      {
        action: 'request.refused',
        reason: 'A request makes one step of signing in.',
        userAgent: 'lightMyRequest',
      },
    ])
  })

  it('counts what tells of no secret as none: a link is opened with the rules of passwords beside it', async () => {
    const { text } = await served.ask({
      url: '/trpc/auth.invitation,auth.passwordRules?batch=1',
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ 0: { token: 'A'.repeat(43) }, 1: {} }),
    })
    expect(text).toContain('INVITATION_INVALID')
    expect(text).toContain('longest')
  })

  it('is not got round by a batch that mixes kinds of calls: nothing of it is tried', async () => {
    const before = (await auditEntries(test.app)).length
    const { status } = await served.ask({
      url: '/trpc/auth.signIn,auth.invitation,auth.signIn?batch=1',
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ 0: wrong, 1: { token: 'x' }, 2: wrong }),
    })
    expect(status).toBe(400)
    expect(await auditEntries(test.app)).toHaveLength(before)
  })

  it.each(['x-http-method-override', 'x-method-override', 'x-http-method'])(
    'nor is a method by the header %s',
    async (name) => {
      const { status } = await served.ask({ url: '/trpc/auth.signIn', headers: { [name]: 'POST' } })
      expect(status).toBe(403)
    },
  )

  it.each([
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'text/plain',
    'application/x-www-form-urlencoded',
  ])('and a call’s body is JSON and nothing else: %s', async (type) => {
    const before = (await auditEntries(test.app)).length
    const answer = await served.ask({
      url: '/trpc/auth.signIn',
      method: 'POST',
      headers: { 'content-type': type },
      body: '--x\r\ncontent-disposition: form-data; name="email"\r\n\r\na\r\n--x--',
    })
    expect([answer.status, JSON.parse(answer.text).chartward]).toEqual([400, 'INVALID_INPUT'])
    expect(await auditEntries(test.app)).toHaveLength(before)
  })
})

describe('a file that another site fetches', () => {
  const id = newId()
  it.each([
    ['/audit/export', 'sec-fetch-site', 'cross-site'],
    ['/audit/export', 'sec-fetch-site', 'same-site'],
    ['/audit/export', 'origin', 'https://elsewhere.example'],
    [`/exports/${id}/csv`, 'sec-fetch-site', 'cross-site'],
    [`/exports/${id}/ndjson`, 'sec-fetch-site', 'same-origin, cross-site'],
  ])('is refused and audited: %s, %s: %s', async (url, name, value) => {
    const { token } = await signInAs(test.app, 'privacy-officer')
    const answer = await served.ask({
      url,
      headers: { [name]: value, cookie: `${SESSION_COOKIE}=${token}`, 'user-agent': 'Browser of a test' },
      from: newAddress(),
    })
    expect(answer.status).toBe(403)
    const entries = await entriesOfRequest(test.app, String(answer.headers['x-request-id']))
    expect(entries).toMatchObject([
      {
        action: 'request.refused',
        reason: 'The request comes from another site.',
        userAgent: 'Browser of a test',
      },
    ])
  })

  it('is fetched by our own page, and by whoever types its address', async () => {
    for (const site of ['same-origin', 'none']) {
      const { status } = await served.ask({ url: '/audit/export', headers: { 'sec-fetch-site': site } })
      expect(status).toBe(401)
    }
  })

  it.each(['/audit/export', `/exports/${id}/csv`])('is not asked for by HEAD: %s', async (url) => {
    const { token, userId } = await signInAs(test.app, 'privacy-officer')
    const { status } = await served.ask({
      url,
      method: 'HEAD',
      headers: { cookie: `${SESSION_COOKIE}=${token}` },
    })
    expect(status).toBe(403)
    const entries = await auditEntries(test.app)
    expect(entries.filter(({ actor }) => actor.kind === 'user' && actor.id === userId)).toEqual([])
  })
})

describe('a request’s host', () => {
  it.each([
    'elsewhere.example',
    'localhost.elsewhere.example',
    'localhost@elsewhere.example',
    '10.0.0.4',
    '',
  ])('is ours, or the request is refused: %s', async (host) => {
    const answer = await served.raw(
      `GET /audit/export HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 421 /)
    expect(answer).toContain('"chartward":"MISDIRECTED"')
  })

  it('is ours for a page too, and for health any name will do', async () => {
    const headers = { host: 'elsewhere.example', accept: 'text/html' }
    expect((await served.ask({ url: '/', headers })).status).toBe(421)
    expect((await served.ask({ url: '/healthz', headers })).status).toBe(200)
  })

  it.each([
    ['two', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['none', 'GET /audit/export HTTP/1.1\r\nConnection: close\r\n\r\n'],
    [
      'in the target',
      'GET http://elsewhere.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    ],
  ])('is named once: %s', async (_which, bytes) => {
    expect(await served.raw(bytes)).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('what is not understood', () => {
  const NEEDLE = 'Doe-Sentinel-19570309'
  const parsed = (raw: string) => {
    const [head = '', body = ''] = raw.split('\r\n\r\n')
    const [status = '', ...lines] = head.split('\r\n')
    return {
      status,
      body,
      headers: Object.fromEntries(
        lines.map((line) => [
          line.slice(0, line.indexOf(':')).toLowerCase(),
          line.slice(line.indexOf(':') + 2),
        ]),
      ),
    }
  }

  it.each([
    [
      'a path that is not encoded',
      `GET /${NEEDLE}%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    ],
    ['a method that there is not', `${NEEDLE} / HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ['a header that is none', `GET / HTTP/1.1\r\n${NEEDLE}\r\n\r\n`],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: localhost\r\nx-${NEEDLE}: ${'y'.repeat(40_000)}\r\n\r\n`,
    ],
    ['no HTTP', `\x16\x03\x01${NEEDLE}\r\n\r\n`],
    [
      'an expectation',
      `GET /${NEEDLE} HTTP/1.1\r\nHost: localhost\r\nExpect: ${NEEDLE}\r\nConnection: close\r\n\r\n`,
    ],
    [
      'two lengths',
      `POST /${NEEDLE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    ],
    [
      'a length and chunks',
      `POST /${NEEDLE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a body that is no JSON',
      `POST /trpc/auth.signIn HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 21\r\nConnection: close\r\n\r\n${NEEDLE}`,
    ],
    [
      'a path that names nothing',
      `GET /nothing/${NEEDLE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    ],
  ])(
    'is answered with our headers and one shape, and nothing of it is repeated: %s',
    async (_which, bytes) => {
      const raw = await served.raw(bytes)
      const { status, headers, body } = parsed(raw)
      expect(status).toMatch(/^HTTP\/1\.1 4\d\d /)
      expectHeaders(headers)
      expect(Object.keys(JSON.parse(body)).toSorted()).toEqual(['chartward', 'message', 'requestId'])
      expect(raw).not.toContain(NEEDLE)
    },
  )
})

describe('what may be kept', () => {
  it.each([
    ['/assets/app-A1b2C3d4.js', 'public, max-age=31536000, immutable'],
    ['/assets/plain.js', 'public, max-age=86400'],
    ['/favicon.svg', 'public, max-age=86400'],
  ])('%s: %s', async (url, rule) => {
    const { status, headers } = await served.ask({ url })
    expect([status, headers['cache-control']]).toEqual([200, rule])
  })
})
