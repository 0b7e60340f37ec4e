import { dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditEntries } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { recordRun } from './record-run.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())
afterEach(() => {
  vi.unstubAllEnvs()
})

const beside = () => {
  vi.stubEnv('DATABASE_URL', t.database.url('chartward_app'))
  vi.stubEnv('CHARTWARD_KEYS', dirname(t.files.kms))
  vi.stubEnv('CHARTWARD_LOG_LEVEL', 'silent')
}
const RESULT = {
  manifest: { source: { rows: 9 }, released: { rows: 7, suppressedRows: 2 }, method: 'optimal' },
}
const written = async () => (await auditEntries(t.app)).filter(({ action }) => action.startsWith('deid.'))

describe('a de-identification beside an installation', () => {
  it('is in its log, with who did it, before it begins and when it ends', async () => {
    beside()
    let begun: string[] = []
    await recordRun({ operator: 'Ada Bee' }, async () => {
      begun = (await written()).map(({ action }) => action)
      return RESULT
    })
    expect(begun).toEqual(['deid.started'])
    expect(await written()).toMatchObject([
      { action: 'deid.started', outcome: 'success', facts: { operator: 'Ada Bee' } },
      {
        action: 'deid.finished',
        outcome: 'success',
        actor: { kind: 'service', name: 'deid' },
        count: 7,
        facts: { operator: 'Ada Bee', rows: 9, suppressed: 2 },
      },
    ])
  })

  it('that comes to nothing is in it too', async () => {
    beside()
    const failing = recordRun({ operator: 'Ada Bee' }, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect((await written()).at(-1)).toMatchObject({ action: 'deid.finished', outcome: 'failure' })
  })

  it('is not run where the log can not be written', async () => {
    beside()
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`revoke insert on audit_entries from chartward_app`
    const work = vi.fn(async () => RESULT)
    await expect(recordRun({ operator: 'Ada Bee' }, work)).rejects.toThrow()
    expect(work).not.toHaveBeenCalled()
    await owner.sql`grant insert on audit_entries to chartward_app`
  })

  it('needs none of it where there is no installation', async () => {
    vi.stubEnv('DATABASE_URL', '')
    vi.stubEnv('CHARTWARD_KEYS', '/nonexistent')
    expect(await recordRun({ operator: 'Ada Bee' }, async () => RESULT)).toBe(RESULT)
  })
})
