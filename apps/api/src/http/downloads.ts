import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { App } from '../app.ts'
import { ChartwardError } from '../core/errors.ts'
import { idSchema } from '../core/ids.ts'
import { downloadAccesses } from './access-file.ts'
import { exportAuditLog } from './audit-export.ts'
import { downloadExport } from './export-download.ts'
import { requestContext } from './request-context.ts'

const releaseSchema = z.strictObject({ id: idSchema, format: z.enum(['csv', 'ndjson']) })

/**
 * The three things that leave as files. Each is guarded and audited before its first byte, and streamed
 * as it is read.
 */
export const addDownloads = (server: FastifyInstance, app: App): void => {
  server.get('/exports/:id/:format', async (request, reply) => {
    const parameters = releaseSchema.safeParse(request.params)
    if (!parameters.success) throw new ChartwardError('NOT_FOUND')
    const context = requestContext(app, request, reply)
    const { headers, chunks } = await downloadExport({ app, request: context, ...parameters.data })
    return reply.headers(headers).send(Readable.from(chunks))
  })

  server.get('/audit/export', async (request, reply) => {
    const { headers, chunks } = await exportAuditLog({ app, request: requestContext(app, request, reply) })
    return reply.headers(headers).send(Readable.from(chunks))
  })

  server.get('/audit/accesses/:id', async (request, reply) => {
    const { params, query } = request
    const context = requestContext(app, request, reply)
    const { headers, chunks } = await downloadAccesses({ request: context, params, query })
    return reply.headers(headers).send(Readable.from(chunks))
  })
}
