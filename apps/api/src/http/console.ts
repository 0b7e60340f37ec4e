import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { App } from '../app.ts'
import { pagePolicy } from './security-headers.ts'

/** Paths served by the sign-in page; every other page belongs to the console. */
const SIGN_IN_PAGES: ReadonlySet<string> = new Set(['/sign-in', '/invitation'])

/** As Vite writes a name that changes with what is in the file, compressed or not. */
const HASHED = /-[\w-]{8}\.[a-z0-9]+(\.br)?$/

/** Kept for good is only what never changes under its name. */
const cacheRuleOf = (path: string): string =>
  HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=86400'

/** A page's text with the response's own nonce, the installation's mode and its time zone in their places. */
const fill = (html: string, nonce: string, { settings, calendar }: App): string =>
  html
    .replaceAll('__CSP_NONCE__', nonce)
    .replaceAll('__MODE__', settings.mode)
    .replaceAll('__TIME_ZONE__', calendar.timeZone)

/**
 * The built console from `folder`: hashed assets, kept for good and compressed beforehand, and two pages
 * with a fresh nonce for each response. Whatever is neither a page nor an asset is not found.
 */
export const addConsole = async (server: FastifyInstance, app: App, folder: string): Promise<void> => {
  const [consolePage, signInPage] = await Promise.all(
    ['index.html', 'sign-in.html'].map((name) => readFile(join(folder, name), 'utf8')),
  )
  await server.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: (response, path) => response.header('cache-control', cacheRuleOf(path)),
  })
  const sendPage = (reply: FastifyReply, html: string) => {
    const nonce = randomBytes(18).toString('base64')
    return reply
      .header('content-security-policy', pagePolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(fill(html, nonce, app))
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
    return sendPage(reply, (SIGN_IN_PAGES.has(path) ? signInPage : consolePage) ?? '')
  })
}
