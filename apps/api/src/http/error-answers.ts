import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { ChartwardError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { knownError, RETRY_AFTER } from '../core/known-error.ts'
import { securityHeaders } from './security-headers.ts'

/** The one shape of an error of a request that is no call. Nothing of what was asked is repeated in it. */
const answerOf = ({ code, message }: ChartwardError, requestId: string) => ({
  chartward: code,
  message,
  requestId,
})

const NOT_UNDERSTOOD = new ChartwardError('INVALID_INPUT')

/** Answers whatever a hook or a handler throws. */
export const addErrors = (server: FastifyInstance, app: App): void => {
  server.setErrorHandler((error, request, reply) => {
    const known = error instanceof ChartwardError ? error : fromFastify(error)
    const facts = { requestId: request.id, route: request.routeOptions.url, answer: known.code }
    if (known.status >= 500) app.log.error({ ...facts, err: error }, 'request failed')
    else app.log.info(facts, 'request refused')
    if (known.status === 503) reply.header('retry-after', RETRY_AFTER)
    return reply.code(known.status).send(answerOf(known, request.id))
  })
}

/** Fastify's own refusals (a body too large, not JSON) are the caller's to mend; anything else is ours. */
const fromFastify = (error: unknown): ChartwardError => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return new ChartwardError('INVALID_INPUT', 'The request is larger than 1 MiB.')
  if (typeof status === 'number' && status >= 400 && status < 500) return new ChartwardError('INVALID_INPUT')
  return knownError(error)
}

/** A path that the router can't read comes by no hook: it is answered here, with the same headers. */
export const answerUnroutable =
  (app: App, isTls: boolean) =>
  (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    app.log.info({ requestId: request.id, answer: NOT_UNDERSTOOD.code }, 'request refused')
    reply
      .headers({ ...securityHeaders(request.id, isTls), connection: 'close' })
      .code(NOT_UNDERSTOOD.status)
      .send(answerOf(NOT_UNDERSTOOD, request.id))
  }

/** What Node's parser says that has a status of its own. */
const PARSER_STATUS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
}

/**
 * What is no HTTP request has no request and no reply: its answer is written by hand, and the connection
 * ends.
 */
export const answerUnreadable =
  (app: App, isTls: boolean) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
    const requestId = newId()
    app.log.info({ requestId, answer: NOT_UNDERSTOOD.code }, 'request refused')
    socket.write(rawAnswer(PARSER_STATUS[error.code ?? ''] ?? NOT_UNDERSTOOD.status, requestId, isTls))
    socket.destroy(error)
  }

/** An answer after which the connection ends. */
const wholeAnswer = (requestId: string, isTls: boolean) => {
  const body = JSON.stringify(answerOf(NOT_UNDERSTOOD, requestId))
  const headers = {
    ...securityHeaders(requestId, isTls),
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  return { headers, body }
}

const rawAnswer = (status: number, requestId: string, isTls: boolean): string => {
  const { headers, body } = wholeAnswer(requestId, isTls)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`
}

/** An expectation that Node would refuse by itself, without a header: answered as what is not understood. */
export const answerExpectations = (server: FastifyInstance, isTls: boolean): void => {
  server.server.on('checkExpectation', (_request, response) => {
    const { headers, body } = wholeAnswer(newId(), isTls)
    response.writeHead(417, headers).end(body)
  })
}
