import { withTransaction } from '@chartward/db'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { SharedRead } from '../core/shared-read.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { addHealthRoutes } from './health.ts'

let test: TestApp

beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

const readyz = async (app: App): Promise<{ status: number; checks: unknown }> => {
  const server = Fastify()
  addHealthRoutes(server, app)
  const answer = await server.inject({ url: '/readyz' })
  await server.close()
  return { status: answer.statusCode, checks: answer.json().checks }
}

const READY = { database: true, auditPartitions: true, sequencer: true }

/** A read whose statements never come back. */
const stalled = <Q, A>(): SharedRead<Q, A> => new SharedRead(() => new Promise(() => {}), { timeoutMs: 20 })

describe('/readyz', () => {
  it('says that a new installation can serve', async () => {
    expect(await readyz(test.app)).toEqual({ status: 200, checks: READY })
  })

  it.each(['signedIn', 'relationships', 'records'] as const)(
    'is not ready while the read that every request waits for has stalled (%s)',
    async (name) => {
      const { status, checks } = await readyz({
        ...test.app,
        reads: { ...test.app.reads, [name]: stalled() },
      })
      expect(status).toBe(503)
      expect(checks).toMatchObject({ database: false })
    },
  )

  it('is not ready where entries wait behind a head that somebody holds locked, and is again when they do not', async () => {
    const owner = test.database.open('chartward_owner', 1)
    await withTransaction(owner, 'none', async ({ sql }) => {
      await sql`select from audit_head for update`
      expect((await readyz(test.app)).status).toBe(200)
      const late = test.database.open('chartward_owner', 1)
      await late.sql`
        insert into audit_pending_0 (entry_id) values (uuid_v7_floor(now() - interval '2 minutes'))`
      expect(await readyz(test.app)).toEqual({ status: 503, checks: { ...READY, sequencer: false } })
      await late.sql`delete from audit_pending_0`
    })
    expect((await readyz(test.app)).status).toBe(200)
  })
})
