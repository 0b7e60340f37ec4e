import { openDatabase } from '@chartward/db'
import { initTRPC, TRPCError } from '@trpc/server'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import Fastify from 'fastify'
import { recordSchema } from '../../apps/api/src/services/records/schemas.ts'
import { jobOf } from '../harness/child.ts'
import type { ServerJob } from './procedure.ts'
import { serve } from './serve.ts'

/*
 * The baseline: the same Fastify and tRPC, driver and pool, input and answer, and one SELECT of a row of plain JSON by its primary
 * key. No session, no policy, no crypto, no audit; nor the real server's security headers, request ids and rate limit.
 */
const { databaseUrl } = await jobOf<ServerJob>()
const db = openDatabase({ url: databaseUrl, connections: 10, name: 'bare' })
const t = initTRPC.create()
const router = t.router({
  records: t.router({
    get: t.procedure.input(recordSchema).query(async ({ input }) => {
      const [row] = await db.sql<{ content: unknown }[]>`
        select content from plain_records where patient_id = ${input.patientId} and id = ${input.id}`
      if (row === undefined) throw new TRPCError({ code: 'NOT_FOUND' })
      return row.content
    }),
  }),
})
const server = Fastify({ routerOptions: { maxParamLength: 5000 } })
await server.register(fastifyTRPCPlugin, {
  prefix: '/trpc',
  trpcOptions: { router, allowMethodOverride: true },
})
await serve(server, () => db.close())
