import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { fillPage, readPreloads, SCHEME_COOKIE } from './console-page.ts'
import { pagePolicy } from './security-headers.ts'

/** Paths served by the sign-in page; every other page belongs to the console. */
const SIGN_IN_PAGES: ReadonlySet<string> = new Set([
  '/sign-in',
  '/invitation',
  '/reset',
  '/address',
  '/lost-factor',
])

/** As Vite writes a name that changes with what is in the file, compressed or not. */
const HASHED = /-[\w-]{8}\.[a-z0-9]+(\.br)?$/

/** Kept for good is only what never changes under its name. */
const cacheRuleOf = (path: string): string =>
  HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=86400'

/**
 * The built console from `folder`: hashed assets, kept for good and compressed beforehand, and two pages
 * with a fresh nonce for each response. Whatever is neither a page nor an asset is not found.
 *
 * Who asks for a page is not looked up. The frame of the console goes to whoever brings a session's cookie,
 * alive or not: it is the same for everybody, and whoever brings none will be sent to sign in.
 */
export const addConsole = async (server: FastifyInstance, app: App, folder: string): Promise<void> => {
  const [consolePage = '', signInPage = '', preloads = ''] = await Promise.all(
    ['index.html', 'sign-in.html', 'preloads.json'].map((name) => readFile(join(folder, name), 'utf8')),
  )
  const preloadsOf = readPreloads(preloads)
  await server.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: (response, path) => response.header('cache-control', cacheRuleOf(path)),
  })
  const sendPage = (request: FastifyRequest, reply: FastifyReply, path: string) => {
    const nonce = randomBytes(18).toString('base64')
    const { [SESSION_COOKIE]: session, [SCHEME_COOKIE]: scheme } = request.cookies
    const html = fillPage(SIGN_IN_PAGES.has(path) ? signInPage : consolePage, {
      nonce,
      mode: app.settings.mode,
      timeZone: app.calendar.timeZone,
      scheme,
      framed: session !== undefined,
      preloads: session === undefined ? '' : preloadsOf(path),
    })
    return reply
      .header('content-security-policy', pagePolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(html)
  }
  server.get('/favicon.svg', (_request, reply) => reply.sendFile('favicon.svg', folder))
  server.setNotFoundHandler((request, reply) => {
    const [path = '/'] = request.url.split('?')
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      (request.headers.accept ?? '').includes('text/html')
    if (!isPage || path.startsWith('/trpc') || path.startsWith('/assets/')) {
      return reply
        .code(404)
        .send({ chartward: 'NOT_FOUND', message: 'There is nothing here.', requestId: request.id })
    }
    return sendPage(request, reply, path)
  })
}
