import { MOST_UPLOAD_BYTES, UPLOAD_TYPES, uploadSourceName } from '@chartward/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { ChartwardError } from '../core/errors.ts'
import { guardRequest } from '../guard/guard.ts'
import { Places } from '../services/uploads/places.ts'
import { receiveUpload, type Upload } from '../services/uploads/receive.ts'
import type { RoutePace } from './pace.ts'
import { requestContext } from './request-context.ts'

const KIB = 1024

/** At this rate the largest upload takes two hours and 17 minutes. Bytes a second. */
const LOWEST_RATE = 64 * KIB

/** A file is sent for long, but never slowly: 30 s of silence are forgiven to a line that breaks in. */
const UPLOAD_PACE: RoutePace = {
  requestMs: (MOST_UPLOAD_BYTES / LOWEST_RATE) * 1000 + 60_000,
  upload: { ms: 30_000, bytes: 30 * LOWEST_RATE },
}

/**
 * POST /uploads/:source: a file of records as the body, unchanged, of one of three content types. Guarded as
 * every other request: nothing of the body is read before. Answers 201 with the upload and the work of its
 * import.
 */
export const addUploads = async (server: FastifyInstance, app: App): Promise<void> => {
  const places = new Places()
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Left unread; of which type it may be is looked at once it is known who sends it.
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.post('/uploads/:source', { config: { pace: UPLOAD_PACE } }, async (request, reply) => {
      try {
        const uploaded = await guardRequest(
          requestContext(app, request, reply),
          { permission: 'import:upload:create', audit: 'import.uploaded', mode: 'change' },
          request,
          ({ ctx }) => receiveUpload({ ctx, input: uploadOf(request, places) }),
        )
        return await reply.code(201).header('cache-control', 'no-store').send(uploaded)
      } catch (error) {
        // What is left of the body is not read to its end for an answer that is none.
        reply.header('connection', 'close')
        throw error
      }
    })
  })
}

/** What a request uploads. Throws INVALID_INPUT for what is no upload. */
const uploadOf = ({ params, headers, raw }: FastifyRequest, places: Places): Upload => {
  const source = uploadSourceName.safeParse((params as { readonly source?: unknown }).source)
  if (!source.success)
    throw new ChartwardError(
      'INVALID_INPUT',
      'The name of a source is 1 to 40 lower-case letters, digits and dashes, a letter or digit first.',
    )
  if (!UPLOAD_TYPES.some((type) => type === headers['content-type']))
    throw new ChartwardError('INVALID_INPUT', `An upload is ${UPLOAD_TYPES.join(', ')}.`)
  if (headers['content-encoding'] !== undefined)
    throw new ChartwardError('INVALID_INPUT', 'An upload has no content encoding.')
  const length = headers['content-length']
  const bytes = length === undefined ? null : Number(length)
  return { source: source.data, bytes, body: raw, places }
}
