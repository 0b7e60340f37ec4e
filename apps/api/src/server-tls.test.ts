import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from './core/ids.ts'
import { createServer, type ServerOptions } from './server.ts'
import { SESSION_COOKIE } from './sessions/sessions.ts'
import { type Certificate, makeCertificate } from './testing/certificate.ts'
import { auditEntries } from './testing/entries.ts'
import { signInAs } from './testing/sign-in.ts'
import { createTestApp, type TestApp } from './testing/test-app.ts'

/** What stands for the built console here: its two pages, with the places that each response fills. */
const PAGE = '<!doctype html><meta name="chartward-mode" content="__MODE__"><meta nonce="__CSP_NONCE__">'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/

let folder: string
let certificate: Certificate
let production: TestApp
let demo: TestApp
const running: FastifyInstance[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-tls-'))
  certificate = await makeCertificate(folder)
  await mkdir(join(folder, 'assets'))
  for (const name of ['index.html', 'sign-in.html']) await writeFile(join(folder, name), PAGE)
  await writeFile(join(folder, 'preloads.json'), '[]')
  production = await createTestApp()
  demo = await createTestApp({ mode: 'demo' })
})
/** In which the first refusal of an address has an entry of its own again. */
const nextMinute = (on: TestApp): void => {
  on.now = new Date(on.now.getTime() + 60_000)
}
beforeEach(() => {
  for (const on of [production, demo]) nextMinute(on)
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})
afterAll(async () => {
  await production?.stop()
  await demo?.stop()
  await rm(folder, { recursive: true, force: true })
})

const make = (on: TestApp, options: Partial<ServerOptions> = {}): Promise<FastifyInstance> =>
  createServer({
    app: on.app,
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    trustedProxy: undefined,
    consoleFolder: folder,
    ...options,
  })

/** Listens on loopback and gives the port. */
const listen = async (on: TestApp, options: Partial<ServerOptions> = {}): Promise<number> => {
  const server = await make(on, options)
  running.push(server)
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

interface Sent {
  readonly port: number
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly tls?: boolean
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const send = async ({
  port,
  path = '/healthz',
  method = 'GET',
  headers = {},
  body,
  tls = false,
}: Sent): Promise<Answer> => {
  const options = { host: '127.0.0.1', port, path, method, headers, agent: false }
  const sent = tls
    ? requestHttps({ ...options, ca: certificate.ca, servername: certificate.name })
    : requestHttp(options)
  sent.end(body)
  const [incoming] = await once(sent, 'response')
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk
  return { status: incoming.statusCode, headers: incoming.headers, text }
}

/** A tRPC call as the console makes it, by POST. */
const call = (port: number, procedure: string, input: unknown, headers: Record<string, string> = {}) =>
  send({
    port,
    path: `/trpc/${procedure}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  })

/** What a refused tRPC call says of itself. */
const failureOf = ({ status, text }: Answer) => {
  const { message, data } = JSON.parse(text).error
  return { status, message, code: data.chartward, requestId: data.requestId }
}

const refusedReasons = async (on: TestApp): Promise<(string | null)[]> =>
  (await auditEntries(on.app, 'request.refused')).map(({ reason }) => reason)

describe('TLS of our own', () => {
  const handshake = (port: number, options: object): Promise<string> =>
    new Promise((resolve) => {
      const to = { port, host: '127.0.0.1', servername: certificate.name, ca: certificate.ca, ...options }
      const socket = connect(to, () => {
        resolve(socket.getProtocol() ?? 'none')
        socket.destroy()
      })
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    })

  it('1.2 is refused and 1.3 is spoken', async () => {
    const port = await listen(production, { tls: certificate })
    expect(await handshake(port, { maxVersion: 'TLSv1.2' })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
    expect(await handshake(port, {})).toBe('TLSv1.3')
  })

  it('HSTS lasts two years, with refusals too', async () => {
    const port = await listen(production, { tls: certificate })
    const twoYears = 'max-age=63072000; includeSubDomains'
    for (const path of ['/healthz', '/nothing-here', '/exports/x/csv']) {
      expect((await send({ port, path, tls: true })).headers['strict-transport-security']).toBe(twoYears)
    }
  })

  it('without a certificate there is no HSTS to promise', async () => {
    const port = await listen(production)
    expect((await send({ port })).headers).not.toHaveProperty('strict-transport-security')
  })
})

describe('where it may listen', () => {
  it.each(['0.0.0.0', '::', '10.0.0.4', 'chartward.example'])(
    'without a certificate not on %s',
    async (host) => {
      await expect(make(production, { host })).rejects.toThrow('TLS only')
    },
  )

  it('with a certificate beyond loopback too', async () => {
    const server = await make(production, { host: '0.0.0.0', tls: certificate })
    await server.close()
  })

  it.each(['0.0.0.0', '10.0.0.4'])('a demo not on %s, certificate or not', async (host) => {
    for (const tls of [undefined, certificate]) {
      await expect(make(demo, { host, tls })).rejects.toThrow('loopback only')
    }
  })
})

describe('a demo', () => {
  it.each(['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'])(
    'takes no request with %s, and says so in the log',
    async (name) => {
      const port = await listen(demo)
      const before = (await refusedReasons(demo)).length
      const answer = await send({ port, headers: { [name]: 'for=203.0.113.7' } })
      expect([answer.status, JSON.parse(answer.text).chartward]).toEqual([403, 'FORBIDDEN'])
      expect((await refusedReasons(demo)).slice(before)).toEqual(['A demo takes no forwarded requests.'])
    },
  )

  it.each(['console.example', 'console.example:4380', 'localhost.example', '127.0.0.1.example', '10.0.0.4'])(
    'does not answer to the name %s (DNS rebinding)',
    async (host) => {
      const port = await listen(demo)
      expect((await send({ port, headers: { host } })).status).toBe(403)
    },
  )

  it.each(['localhost', 'localhost:4380', '127.0.0.1:4380', '[::1]:4380'])('answers to %s', async (host) => {
    const port = await listen(demo)
    expect((await send({ port, headers: { host } })).status).toBe(200)
  })
})

describe('the client address', () => {
  const addressInLog = async (trustedProxy: string | undefined): Promise<string | null | undefined> => {
    const port = await listen(production, { trustedProxy })
    const headers = { 'x-forwarded-for': '203.0.113.7', 'sec-fetch-site': 'cross-site' }
    const { status } = await call(port, 'auth.signOut', {}, headers)
    expect(status).toBe(403)
    return (await auditEntries(production.app, 'request.refused')).at(-1)?.ip
  }

  it('is that of the connection, where no proxy is trusted', async () => {
    expect(await addressInLog(undefined)).toBe('127.0.0.1')
  })

  it('is not taken from a neighbour of the trusted proxy', async () => {
    expect(await addressInLog('10.9.8.7')).toBe('127.0.0.1')
  })

  it('is what the trusted proxy says', async () => {
    expect(await addressInLog('127.0.0.1')).toBe('203.0.113.7')
  })
})

describe('a request from another site', () => {
  it.each([
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
    ['origin', 'https://elsewhere.example'],
    ['origin', 'null'],
  ])('is refused and audited: %s: %s', async (name, value) => {
    const port = await listen(production)
    const before = (await refusedReasons(production)).length
    const answer = await call(port, 'auth.signIn', { email: 'a@b.test', password: 'x' }, { [name]: value })
    const { chartward, requestId } = JSON.parse(answer.text)
    expect([answer.status, chartward]).toEqual([403, 'FORBIDDEN'])
    expect(requestId).toBe(answer.headers['x-request-id'])
    const entries = await auditEntries(production.app, 'request.refused')
    expect(entries).toHaveLength(before + 1)
    expect(entries.at(-1)).toMatchObject({ requestId, outcome: 'refused', actor: { kind: 'anonymous' } })
  })

  it('is refused as a query too, which could make an entry in the log', async () => {
    const port = await listen(production)
    const answer = await send({
      port,
      path: '/trpc/auth.session',
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(answer.status).toBe(403)
  })

  it('from our own page is served', async () => {
    const port = await listen(production)
    for (const headers of [
      { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:4380' },
      { 'sec-fetch-site': 'none' },
    ]) {
      expect((await call(port, 'auth.session', {}, headers)).status).toBe(200)
    }
  })
})

describe('input that is not understood', () => {
  const SECRET = 'Zuzanna-Wyrzykowska-1931'

  it('unknown keys: 400, a code and the request id, and nothing of what was sent', async () => {
    const port = await listen(production)
    const answer = await call(port, 'auth.signIn', {
      email: 'a@b.test',
      password: 'x',
      [SECRET]: SECRET,
    })
    const failure = failureOf(answer)
    expect(failure).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
      message: expect.stringContaining('unknown'),
    })
    expect(failure.requestId).toMatch(UUID)
    expect(failure.requestId).toBe(answer.headers['x-request-id'])
    expect(answer.text).not.toContain(SECRET)
  })

  it('JSON that is none: 400 and no stack', async () => {
    const port = await listen(production)
    const answer = await send({
      port,
      path: '/trpc/auth.signIn',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"email":"${SECRET}`,
    })
    expect(answer.status).toBe(400)
    expect(answer.text).not.toContain(SECRET)
    expect(answer.text).not.toMatch(/\bat .*\.ts|node_modules/)
  })

  it.each(['not-a-uuid', '1', "' or 1=1 --", `${newId()}0`])(
    'an id that is no UUID: 400, a code and the request id (%s)',
    async (id) => {
      const port = await listen(production)
      const { token } = await signInAs(production.app, 'administrator')
      const failure = failureOf(
        await call(port, 'users.get', { id }, { cookie: `${SESSION_COOKIE}=${token}` }),
      )
      expect(failure).toMatchObject({ status: 400, code: 'INVALID_INPUT' })
      expect(failure.requestId).toMatch(UUID)
      const [entry] = (await auditEntries(production.app, 'user.viewed')).filter(
        ({ requestId }) => requestId === failure.requestId,
      )
      expect(entry).toMatchObject({ outcome: 'failure', reason: 'INVALID_INPUT' })
    },
  )

  it.each(['/exports/not-a-uuid/csv', `/exports/${newId()}/xlsx`, '/nothing-here'])(
    'a path that names nothing: 404 (%s)',
    async (path) => {
      const port = await listen(production)
      const answer = await send({ port, path })
      expect(answer.status).toBe(404)
      expect(answer.text).toContain('NOT_FOUND')
    },
  )

  it('a procedure that there is not: 404', async () => {
    const port = await listen(production)
    expect(failureOf(await call(port, 'no.such.procedure', {}))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  it('a body of more than 1 MiB: refused before it is read to its end', async () => {
    const port = await listen(production)
    const answer = await send({
      port,
      path: '/trpc/auth.signIn',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(2 * 1024 * 1024) },
      body: JSON.stringify({ email: SECRET }),
    })
    const { chartward, message, requestId } = JSON.parse(answer.text)
    expect([answer.status, chartward]).toEqual([400, 'INVALID_INPUT'])
    expect(message).toContain('1 MiB')
    expect(requestId).toBe(answer.headers['x-request-id'])
  })
})

describe('a call', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    'is refused by any method but POST, and audited without what it asks: %s',
    async (method) => {
      const port = await listen(production)
      for (const path of ['/trpc/patients.search', '/trpc/auth.session', '/%74rpc/auth.session']) {
        nextMinute(production)
        const answer = await send({ port, path: `${path}?input=Wyrzykowska`, method })
        expect(answer.status).toBe(403)
        const entry = (await auditEntries(production.app, 'request.refused')).at(-1)
        expect(entry).toMatchObject({
          requestId: answer.headers['x-request-id'],
          reason: 'A call is made by POST.',
        })
        expect(JSON.stringify(entry)).not.toContain('Wyrzykowska')
      }
    },
  )

  const batch = (port: number, procedures: readonly string[], input: unknown) =>
    send({
      port,
      path: `/trpc/${procedures.join(',')}?batch=1`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...procedures.map(() => input) }),
    })

  const codesOf = ({ text }: Answer): string[] =>
    (JSON.parse(text) as { error?: { data: { chartward: string } } }[]).map(
      ({ error }) => error?.data.chartward ?? 'done',
    )

  it.each([
    ['auth.signIn', 'auth.signIn'],
    ['auth.invitation', 'auth.passwordRules', 'auth.invitation'],
    ['auth.verifyTotp', 'users.invite', 'auth.stepUp'],
  ])('that makes two steps of signing in at once is refused, and neither is tried', async (...procedures) => {
    const port = await listen(production)
    const before = await auditEntries(production.app)
    const answer = await batch(port, procedures, { email: 'a@b.test', password: 'x' })
    expect([answer.status, codesOf(answer)]).toEqual([403, procedures.map(() => 'FORBIDDEN')])
    const entries = (await auditEntries(production.app)).slice(before.length)
    expect(entries).toMatchObject([
      { action: 'request.refused', reason: 'A request makes one step of signing in.' },
    ])
  })

  it('may ask how far sign-in has come beside one step of it', async () => {
    const port = await listen(production)
    const answer = await batch(port, ['auth.session', 'auth.invitation', 'auth.session'], undefined)
    const codes = codesOf(answer)
    expect(codes).toEqual(['done', 'INVALID_INPUT', 'done'])
  })

  it('is one of 40 in a request at most', async () => {
    const port = await listen(production)
    const many = (length: number) => Array.from({ length }, () => 'auth.session')
    expect((await batch(port, many(40), undefined)).status).toBe(200)
    expect((await batch(port, many(41), undefined)).status).toBe(400)
  })
})

describe('requests that are too many', () => {
  it('are refused until the minute is over', async () => {
    const port = await listen(production, { requestsPerMinute: 2 })
    const statuses = []
    for (let i = 0; i < 3; i++) statuses.push((await call(port, 'auth.session', {})).status)
    expect(statuses).toEqual([200, 200, 429])
  })
})

describe('a page', () => {
  it('runs scripts of our own only, has a nonce that no other answer has, and says whether it is a demo', async () => {
    for (const [on, mode] of [
      [production, 'production'],
      [demo, 'demo'],
    ] as const) {
      const port = await listen(on)
      const nonces = new Set<string>()
      for (const path of ['/', '/', '/sign-in']) {
        const { headers, text } = await send({ port, path, headers: { accept: 'text/html' } })
        const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? ''
        nonces.add(nonce)
        const policy = headers['content-security-policy'] ?? ''
        expect(policy).toContain("default-src 'none'; script-src 'self';")
        expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
        expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default")
        expect(text).toContain(`content="${mode}"`)
      }
      expect(nonces.size).toBe(3)
    }
  })
})

describe('every answer', () => {
  it.each(['/healthz', '/nothing-here', '/trpc/auth.session'])(
    'may not be kept, framed or sniffed (%s)',
    async (path) => {
      const port = await listen(production)
      expect((await send({ port, path })).headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'x-request-id': expect.stringMatching(UUID),
      })
    },
  )
})
