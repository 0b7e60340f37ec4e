import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { type ChartwardCode, ChartwardError } from '../core/errors.ts'
import { TRPC_ROUTE } from './calls.ts'
import { commitRefused } from './refused-request.ts'
import { userAgentOf } from './request-context.ts'
import { hostsOf, isAmbiguous, isForwarded, isSameOrigin, namesUs } from './same-origin.ts'

/** What anybody may fetch from anywhere: it is the same for everybody. Pages are none of the routes. */
const HEALTH: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz'])
const OPEN: ReadonlySet<string | undefined> = new Set([...HEALTH, '/assets/*', '/favicon.svg'])

type Refusal = readonly [ChartwardCode, string]

/**
 * What is refused before anybody asks who it is. Kept in the log where it was meant for a route of ours, and
 * after the limits have had their say: whoever floods us must not fill the log.
 */
export const addRefusals = (server: FastifyInstance, app: App): void => {
  const publicUrl = new URL(app.settings.publicUrl)
  server.addHook('preParsing', async (request) => {
    const refusal = refusalOf(app, publicUrl, request)
    if (refusal === null) return
    const [code, reason] = refusal
    const { id: requestId, ip } = request
    if (!request.is404) await commitRefused(app, { requestId, ip, userAgent: userAgentOf(request), reason })
    throw new ChartwardError(code, reason)
  })
}

const refusalOf = ({ settings }: App, publicUrl: URL, request: FastifyRequest): Refusal | null => {
  const { method, routeOptions, is404 } = request
  // By the route, not by the URL, which can spell it in other ways.
  const { url: route } = routeOptions
  const isHealth = HEALTH.has(route)
  const isDemo = settings.mode === 'demo'
  if (isDemo && isForwarded(request)) return ['FORBIDDEN', 'A demo takes no forwarded requests.']
  const hosts = hostsOf(request)
  if (hosts > 1 || (hosts === 0 && !isHealth)) return ['INVALID_INPUT', 'A request names one host.']
  if (isAmbiguous(request.raw.url ?? ''))
    return ['INVALID_INPUT', 'The path can be read in more than one way.']
  if (isDemo && !namesUs(request, publicUrl)) return ['FORBIDDEN', 'A demo answers on loopback only.']
  // Whoever asks for health does so by an address, and learns nothing that is anybody's.
  if (!isHealth && !namesUs(request, publicUrl)) return ['MISDIRECTED', 'The request names another host.']

  const changes = method !== 'GET' && method !== 'HEAD'
  const isOpen = is404 || OPEN.has(route)
  if ((changes || !isOpen) && !isSameOrigin(request, publicUrl))
    return ['FORBIDDEN', 'The request comes from another site.']
  // Queries are POSTs too: what somebody has typed about a patient must reach no URL, and no log of a proxy.
  if (route === TRPC_ROUTE) return method === 'POST' ? null : ['FORBIDDEN', 'A call is made by POST.']
  if (!isOpen && method === 'HEAD') return ['FORBIDDEN', 'A file is fetched by GET.']
  return null
}
