import { describe, expect, it } from 'vitest'
import { exportState } from '../../lib/export-state.ts'
import type { ExportView } from './export-view.ts'
import { stepsOf } from './steps.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const request = (more: Partial<ExportView>): ExportView => ({
  id: '01890000-0000-7000-8000-000000000001',
  purpose: 'A report for the board',
  profile: 'safe-harbor',
  types: ['Patient'],
  status: 'requested',
  requestedBy: { id: '01890000-0000-7000-8000-000000000002', displayName: 'Ana Analyst' },
  createdAt: '2026-11-18T09:00:00Z',
  asOf: '2026-11-18T00:00:00Z',
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  builtAt: null,
  expiresAt: null,
  failure: null,
  manifest: null,
  mine: false,
  ...more,
})
const DECIDED = {
  decidedBy: { id: '01890000-0000-7000-8000-000000000003', displayName: 'Pia Officer' },
  decidedAt: '2026-11-19T09:00:00Z',
  decisionReason: 'too wide',
} as const
const names = (more: Partial<ExportView>) => stepsOf(request(more), NOW).map(({ name }) => name)

describe('the steps of an export', () => {
  it('say who asked, what it waits for, and what is to come', () => {
    expect(names({})).toEqual(['Requested', 'Waits for approval', 'To be built', 'To be downloaded'])
    expect(stepsOf(request({}), NOW)[0]).toMatchObject({ note: 'by Ana Analyst', at: '2026-11-18T09:00:00Z' })
    expect(stepsOf(request({ mine: true }), NOW)[0]).toMatchObject({ note: 'by you' })
  })

  it('end with a rejection, by whom and why', () => {
    const steps = stepsOf(request({ status: 'rejected', ...DECIDED }), NOW)
    expect(steps).toHaveLength(2)
    expect(steps[1]).toEqual({
      name: 'Rejected',
      state: 'ended',
      at: DECIDED.decidedAt,
      note: 'by Pia Officer: “too wide”',
    })
  })

  it('say what is being done, and what failed', () => {
    expect(names({ status: 'building', ...DECIDED })).toEqual([
      'Requested',
      'Approved',
      'Being built',
      'To be downloaded',
    ])
    const failed = stepsOf(request({ status: 'failed', failure: 'verification-failed', ...DECIDED }), NOW)
    expect(failed.at(-1)).toMatchObject({ name: 'Failed', state: 'ended' })
    expect(failed.at(-1)?.note).toMatch(/^Verification failed\. Request it anew/)
  })

  it('tell a release that can be downloaded from one whose time has passed, as its state does', () => {
    const ready = (expiresAt: string) =>
      request({ status: 'ready', builtAt: '2026-11-19T09:05:00Z', expiresAt, ...DECIDED })
    const [open, over] = [ready('2026-11-21T00:00:00Z'), ready('2026-11-20T12:00:00Z')]
    expect(stepsOf(open, NOW).at(-1)).toMatchObject({ name: 'Can be downloaded until', state: 'now' })
    expect(exportState(open, NOW).label).toBe('Ready')
    expect(stepsOf(over, NOW).at(-1)).toMatchObject({ name: 'Expired', state: 'ended' })
    expect(exportState(over, NOW).label).toBe('Expired')
  })
})
