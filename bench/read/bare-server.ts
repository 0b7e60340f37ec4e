import { getRecordInput } from '@chartward/contract'
import { openDatabase } from '@chartward/db'
import { initTRPC, TRPCError } from '@trpc/server'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import { createHttp } from '../../apps/api/src/server.ts'
import { jobOf } from '../harness/child.ts'
import { openBenchApp } from '../harness/installation.ts'
import { type ServerJob, serverOptions } from './procedure.ts'
import { serve } from './serve.ts'

/*
 * The baseline: the same Fastify with its headers, limits and refusals, the same tRPC, driver and pool,
 * input and answer, and one SELECT of a row of plain JSON by its primary key. No session, no policy, no
 * crypto, no audit.
 */
const job = await jobOf<ServerJob>()
// Its settings alone are used: a request that is not refused meets nothing else of it.
const app = await openBenchApp(job.databaseUrl, job.keyFolder)
const db = openDatabase({ url: job.databaseUrl, connections: 10, name: 'bare' })
const t = initTRPC.create()
const router = t.router({
  records: t.router({
    get: t.procedure.input(getRecordInput).query(async ({ input }) => {
      const [row] = await db.sql<{ content: unknown }[]>`
        select content from plain_records where patient_id = ${input.patientId} and id = ${input.id}`
      if (row === undefined) throw new TRPCError({ code: 'NOT_FOUND' })
      return row.content
    }),
  }),
})
const server = await createHttp(serverOptions(app))
await server.register(fastifyTRPCPlugin, {
  prefix: '/trpc',
  trpcOptions: { router, allowMethodOverride: true },
})
await serve(server, async () => {
  await db.close()
  await app.close()
})
