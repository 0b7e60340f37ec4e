import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '../testing/entries.ts'
import { whileLogRefuses } from '../testing/log-unwritable.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { Draft } from './entry.ts'
import { COUNTED_REASON } from './refusals.ts'

let t: TestApp
beforeEach(async () => {
  t = await createTestApp()
})
afterEach(() => t.stop())

const refused = (more: Partial<Draft> = {}): Draft => ({
  action: 'user.viewed',
  outcome: 'refused',
  actor: { kind: 'anonymous' },
  resource: { type: 'none', id: null },
  ip: '203.0.113.7',
  reason: 'UNAUTHENTICATED',
  ...more,
})
const many = async (count: number, more: Partial<Draft> = {}): Promise<void> => {
  for (let i = 0; i < count; i++) await t.app.refusals.commit(refused(more))
}
const counted = async () => (await auditEntries(t.app)).filter(({ reason }) => reason === COUNTED_REASON)

describe('refusals of whoever is not signed in', () => {
  it('are written once for an address and minute, and counted from then on', async () => {
    await many(7)
    await many(2, { action: 'patient.viewed', reason: 'another' })
    expect(await auditEntries(t.app)).toMatchObject([{ action: 'user.viewed', ip: '203.0.113.7' }])
    await t.app.refusals.drain()
    expect(await counted()).toMatchObject([
      {
        count: 8,
        ip: '203.0.113.7',
        facts: {
          network: '203.0.113.7',
          actions: ['patient.viewed', 'user.viewed'],
          reasons: ['UNAUTHENTICATED', 'another'],
        },
      },
    ])
  })

  it('of another address, or in another minute, have an entry at once', async () => {
    await many(2)
    await many(2, { ip: '203.0.113.8' })
    t.now = new Date(t.now.getTime() + 60_000)
    await many(1)
    await t.app.refusals.drain()
    const entries = await auditEntries(t.app)
    expect(entries.filter(({ count }) => count === null)).toHaveLength(3)
    expect((await counted()).map(({ count }) => count)).toEqual([1, 1])
  })

  it('are written when the application closes', async () => {
    await many(3)
    await t.app.close()
    const { sql } = t.database.open('chartward_owner', 1)
    const rows = await sql`select from audit_entries where action = 'request.refused'`
    expect(rows).toHaveLength(1)
  })

  it('are refused as long as the first can not be written, and none is lost where the rest can not', async () => {
    await whileLogRefuses(t.database, async () => {
      await expect(many(1)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
    await many(3)
    await whileLogRefuses(t.database, () => t.app.refusals.drain())
    expect(await counted()).toEqual([])
    await t.app.refusals.drain()
    expect(await counted()).toMatchObject([{ count: 2 }])
  })

  it('of more addresses than are told apart are counted together', async () => {
    await Promise.all(Array.from({ length: 10_010 }, (_, i) => many(1, { ip: `10.1.${i >> 8}.${i & 255}` })))
    await t.app.refusals.drain()
    expect(await counted()).toMatchObject([{ ip: null, facts: { network: 'others' } }])
    expect((await auditEntries(t.app)).length).toBeLessThan(10_010)
  })
})

describe('entries of people who are signed in', () => {
  it('are never merged, nor is what was no refusal', async () => {
    const actor = { kind: 'user', id: '0192f0c0-0000-7000-8000-00000000000a' } as const
    await many(3, { actor })
    await many(3, { outcome: 'failure' })
    expect(await auditEntries(t.app)).toHaveLength(6)
    await t.app.refusals.drain()
    expect(await counted()).toEqual([])
  })
})
