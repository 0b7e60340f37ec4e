import { CARE_WINDOW_DAYS } from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRelationships } from '../../care/relationship.ts'
import { windowLines } from '../../cli/care-window.ts'
import { newId } from '../../core/ids.ts'
import { insertVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { giveCare, personOn } from '../break-glass/testing/ward.ts'

const DAY_MS = 86_400_000

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

describe('a shorter care window', () => {
  it('is said to end what it ends, before it takes effect, and nothing changes by looking', async () => {
    const practitionerId = newId()
    const clinician = await personOn(t, 'clinician', { practitionerId })
    const patients = Array.from({ length: 4 }, () => newId<PatientId>())
    const ended = (days: number | null) => (days === null ? null : new Date(t.now.getTime() - days * DAY_MS))
    // A year and a day ago twice, of which one has another; last month; and one that goes on.
    const spans: [PatientId | undefined, number | null, boolean][] = [
      [patients[0], 366, true],
      [patients[1], 366, true],
      [patients[1], 30, true],
      [patients[2], null, true],
      [patients[3], 366, false],
    ]
    await insertVouched(
      t.app,
      'care-relationship',
      spans.flatMap(([patientId, days, trusted]) =>
        patientId === undefined
          ? []
          : [
              {
                patientId,
                id: newId(),
                practitionerId,
                kind: 'encounter' as const,
                trusted,
                underGiver: false,
                narrowed: false,
                startsAt: new Date(t.now.getTime() - 400 * DAY_MS),
                endsAt: ended(days),
              },
            ],
      ),
    )
    await giveCare(t, newId(), clinician.id)
    for (const role of ['administrator', 'privacy-officer']) {
      const { call } = await personOn(t, role)
      expect(await call.care.window({ days: CARE_WINDOW_DAYS.unlessTold })).toEqual({
        days: CARE_WINDOW_DAYS.before,
        asked: 365,
        inForce: 4,
        end: 2,
        begin: 0,
        chartsShut: 1,
        people: 1,
      })
      expect(await call.care.window({})).toMatchObject({ end: 0, chartsShut: 0, people: 0 })
    }
    // As it is said, so it comes: with the window set, as many charts are shut.
    const opens = async (days: number) => {
      const ask = readRelationships(t.app.db, t.app.vouching, days, t.app.clock)
      const found = await Promise.all(
        patients.map((patientId) => ask.ask({ userId: clinician.id, patientId })),
      )
      return found.filter((one) => one !== null).length
    }
    expect([await opens(CARE_WINDOW_DAYS.before), await opens(CARE_WINDOW_DAYS.unlessTold)]).toEqual([3, 2])
  })

  it('is told in words that say how many people and charts that is', () => {
    const counted = { inForce: 4, end: 2, begin: 0, chartsShut: 1, people: 1 }
    expect(windowLines({ days: 3650, asked: 365 }, counted).join(' ')).toContain(
      'By 365 days instead, 2 of them end: that shuts 1 charts for 1 people.',
    )
  })
})
