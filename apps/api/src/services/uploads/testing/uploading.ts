import { once } from 'node:events'
import { request } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { newId } from '../../../core/ids.ts'
import { guardRequest } from '../../../guard/guard.ts'
import { SESSION_COOKIE } from '../../../sessions/sessions.ts'
import type { TestSignIn } from '../../../testing/sign-in.ts'
import { chunksOf, ndjson } from '../../import/testing/inputs.ts'
import { finishWork } from '../../works/testing/finish-work.ts'
import { Places } from '../places.ts'
import { receiveUpload } from '../receive.ts'

export interface Answer {
  readonly status: number
  readonly body: { readonly id?: string; readonly workId?: string; readonly chartward?: string }
}

interface Sending {
  readonly token: string
  readonly source?: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The port of a server that listens on one. */
export const portOf = (server: FastifyInstance): number => {
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

/** A request that uploads, whose body is still to be written. */
export const beginUpload = (
  server: FastifyInstance,
  { token, source = 'lab', type = 'application/fhir+ndjson', headers = {} }: Sending,
) =>
  request({
    port: portOf(server),
    host: '127.0.0.1',
    path: `/uploads/${source}`,
    method: 'POST',
    headers: {
      host: 'localhost',
      cookie: `${SESSION_COOKIE}=${token}`,
      'content-type': type,
      ...headers,
    },
  })

export const answerTo = async (sent: ReturnType<typeof request>): Promise<Answer> => {
  const [response] = await once(sent, 'response')
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { status: response.statusCode, body: JSON.parse(text) }
}

/** Uploads a file of these bytes, as the console does. */
export const upload = (
  server: FastifyInstance,
  bytes: Uint8Array | string,
  sending: Sending,
): Promise<Answer> => {
  const body = Buffer.from(bytes)
  const sent = beginUpload(server, {
    ...sending,
    headers: { 'content-length': String(body.length), ...sending.headers },
  })
  sent.on('error', () => undefined)
  sent.end(body)
  return answerTo(sent)
}

/** The same past the network: what a request with this text comes to, as whoever signed in. */
export const receive = ({ context }: TestSignIn, text: string, source = 'lab') =>
  guardRequest(
    { ...context, requestId: newId() },
    { permission: 'import:upload:create', audit: 'import.uploaded', mode: 'change' },
    null,
    ({ ctx }) =>
      receiveUpload({
        ctx,
        input: { source, bytes: Buffer.byteLength(text), body: chunksOf([text]), places: new Places() },
      }),
  )

/** Uploads resources and imports them. Gives the upload's id. */
export const uploadAll = async (
  by: TestSignIn,
  resources: readonly object[],
  source = 'lab',
): Promise<string> => {
  const { id, workId } = await receive(by, ndjson(...resources), source)
  await finishWork(by.context.app, workId)
  return id
}
