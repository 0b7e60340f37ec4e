import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { as, waitingOf } from '../services/users/testing/person.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { openText, sealText, showText, UNREADABLE } from './sealed-text.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const TYPED = 'covers for a colleague of Mrs. Sentinel'

describe('what people type as a reason', () => {
  it('opens in its own place alone', async () => {
    const place = { table: 'approvals', column: 'reason', rowId: newId() } as const
    const sealed = sealText(t.app.keyring, place, TYPED)
    expect(await openText(t.app.keyring, place, sealed)).toBe(TYPED)
    for (const other of [
      { ...place, rowId: newId() },
      { ...place, column: 'decision_reason' } as const,
      { ...place, table: 'export_requests' } as const,
    ]) {
      await expect(openText(t.app.keyring, other, sealed)).rejects.toMatchObject({ code: 'INTEGRITY' })
      expect(await showText(t.app.keyring, other, sealed)).toBe(UNREADABLE)
    }
  })

  it('stands in no table in clear: not as it is asked, approved, in force or ended', async () => {
    const [first, second] = [await as(t.app, 'administrator'), await as(t.app, 'security-officer')]
    const user = await as(t.app, [])
    const reason = TYPED
    const id = await waitingOf(first.users.assignRole({ userId: user.id, role: 'auditor', reason }))
    await second.approvals.approve({ id, reason })
    t.now = new Date(t.now.getTime() + 1000)
    const [held] = (await first.users.get({ id: user.id })).assignments
    expect(held?.reason).toBe(TYPED)
    const end = await waitingOf(first.users.endAssignment({ assignmentId: held?.id ?? '', reason }))
    await second.approvals.approve({ id: end, reason })
    expect((await first.users.get({ id: user.id })).assignments[0]?.endReason).toBe(TYPED)
    for (const table of ['role_assignments', 'approvals']) {
      const rows = await t.app.db.sql.unsafe(`select * from ${table}`)
      const bytes = Buffer.concat(
        rows.flatMap((row) => Object.values(row).filter((value) => Buffer.isBuffer(value))),
      )
      expect(bytes.length).toBeGreaterThan(0)
      expect(`${JSON.stringify(rows)} ${bytes.toString('latin1')}`).not.toContain('Sentinel')
    }
  })
})
