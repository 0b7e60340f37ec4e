import { type Database, type Transaction, withTransaction } from '@chartward/db'
import type { SessionId } from '@chartward/policy'
import { databaseUser, testAdapter } from '@lucia-auth/adapter-test'
import type { Adapter, DatabaseSession } from 'lucia'
import { afterAll, beforeAll, expect, test as it, vi } from 'vitest'
import { takeCommitments } from '../audit/commitments.ts'
import { newId } from '../core/ids.ts'
import { insertVouched } from '../testing/rows.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { LuciaAdapter, USUAL_SESSIONS } from './lucia-adapter.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

it("the adapter passes Lucia's contract test", async () => {
  // Date alone stands still, so that the contract's expiries come back to the millisecond.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  // The contract's user and session attributes are those of a sample; its rows are made ours, and given back
  // as they came.
  databaseUser.id = newId()
  databaseUser.attributes = {
    kind: 'workforce',
    email: 'contract@example.test',
    displayName: 'Contract Test',
    practitionerId: null,
    patientId: null,
    assignments: [],
  }
  await insertVouched(t.app, 'user', [
    {
      id: databaseUser.id,
      kind: 'workforce',
      email: 'contract@example.test',
      addressKey: 'contract@example.test',
      displayName: 'Contract Test',
      status: 'active',
    },
  ])
  const over = (connection: Database | Transaction) =>
    new LuciaAdapter(connection, {
      find: (tokenHash) => t.app.reads.signedIn.ask(tokenHash),
      ownAccount: (userId) => t.app.reads.ownAccounts.ask(userId),
      vouching: t.app.vouching,
      clock: () => new Date(),
      renewAfterMs: 0,
      limits: USUAL_SESSIONS,
      from: null,
      ending: { reason: 'sign-out', by: null },
      ended: async (tx) => void takeCommitments(tx),
    })
  const ours = over(t.app.db)
  const given = new Map<string, DatabaseSession['attributes']>()
  const asGiven = (session: DatabaseSession): DatabaseSession => {
    expect(session.attributes).toMatchObject({ stage: 'full', factorAt: null })
    return { ...session, attributes: given.get(session.id) ?? session.attributes }
  }
  const adapter: Adapter = {
    getSessionAndUser: async (id) => {
      const [session, user] = await ours.getSessionAndUser(id)
      return [session === null ? null : asGiven(session), user]
    },
    getUserSessions: async (id) => (await ours.getUserSessions(id)).map(asGiven),
    setSession: (session) => {
      given.set(session.id, session.attributes)
      const attributes = {
        publicId: newId<SessionId>(),
        stage: 'full',
        startedAt: new Date(),
        factorAt: null,
        places: { networks: '192.0.2.0/24', browsers: 'firefox' },
      } as const
      return withTransaction(t.app.db, 'none', async (tx) => {
        await over(tx).setSession({ ...session, attributes })
        takeCommitments(tx)
      })
    },
    updateSessionExpiration: (id, expiresAt) => ours.updateSessionExpiration(id, expiresAt),
    deleteSession: (id) => ours.deleteSession(id),
    deleteUserSessions: (id) => ours.deleteUserSessions(id),
    deleteExpiredSessions: () => ours.deleteExpiredSessions(),
  }
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    await testAdapter(adapter)
  } finally {
    log.mockRestore()
    vi.useRealTimers()
  }
  // Nothing was deleted: each ended session is still a row, with its reason, and without its token's hash.
  const rows = await t.app.db.sql<{ token_hash: string; end_reason: string; ended: boolean }[]>`
    select token_hash, end_reason, ended_at is not null as ended from sessions where user_id = ${databaseUser.id}`
  expect(rows.map(({ end_reason }) => end_reason).sort()).toEqual(['expired', 'sign-out', 'sign-out'])
  expect(rows.every(({ ended, token_hash }) => ended && token_hash.startsWith('ended/'))).toBe(true)
})
