import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { nilId } from '../core/ids.ts'
import { RETRY_AFTER } from '../core/known-error.ts'

/** Fewer months than these made ahead, and the log would run out of partitions. */
const FEWEST_MONTHS = 2
/** Entries that wait for longer than this say that no sequencer runs. */
const LONGEST_WAIT = '60 seconds'

interface Readiness {
  readonly database: boolean
  readonly auditPartitions: boolean
  readonly sequencer: boolean
}

/**
 * Asks for nothing by the reads that every request waits for: where these have stalled, nobody can be served.
 */
const sharedReadsAnswer = async ({ reads }: App): Promise<void> => {
  await Promise.all([
    reads.signedIn.ask(nilId()),
    reads.relationships.ask({ userId: nilId(), patientId: nilId() }),
    reads.records.ask({ patientId: nilId(), recordId: nilId(), classes: [] }),
  ])
}

const readiness = async (app: App): Promise<Readiness> => {
  const { db } = app
  await sharedReadsAnswer(app)

  const [row] = await db.sql<{ months: number; waiting: boolean }[]>`
    select audit_months_ahead() as months,
      exists (
        select from (table audit_pending_0 union all table audit_pending_1 union all table audit_pending_2) pending
        where entry_id < uuid_v7_floor(now() - ${LONGEST_WAIT}::interval)
      ) as waiting`
  return {
    database: row !== undefined,
    auditPartitions: (row?.months ?? 0) >= FEWEST_MONTHS,
    sequencer: row?.waiting === false,
  }
}

const NOTHING_READY: Readiness = { database: false, auditPartitions: false, sequencer: false }

/**
 * `/healthz`: the process answers. `/readyz`: it can serve: the database answers by the ways that requests
 * take, the audit log has partitions for at least two months to come, and entries are being sequenced.
 * It also says what space the database has left, which makes nothing unready. Neither says anything else.
 */
export const addHealthRoutes = (server: FastifyInstance, app: App): void => {
  server.get('/healthz', async () => ({ status: 'ok' }))
  server.get('/readyz', async (request, reply) => {
    const checks = await readiness(app).catch((error) => {
      app.log.error({ err: error, requestId: request.id }, 'not ready')
      return NOTHING_READY
    })
    // Told and not waited for: where the database is nearly full, reads and sign-in go on.
    const space = await app.space.level()
    const ready = Object.values(checks).every(Boolean)
    if (!ready) reply.header('retry-after', RETRY_AFTER)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks, space })
  })
}
