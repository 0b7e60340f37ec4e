import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Database } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { finishShreds, ledgerOf } from './finish.ts'
import {
  createShredHouse,
  NOTHING_LEFT,
  oldPatient,
  reason,
  rowsLeft,
  type ShredHouse,
} from './testing/house.ts'

const CHILD = join(import.meta.dirname, 'testing/shred-child.ts')

let t: ShredHouse
let owner: Database
beforeAll(async () => {
  t = await createShredHouse()
  owner = t.database.open('chartward_owner', 2)
})
afterAll(() => t.stop())

/** Until nothing of the killed process goes on in the database. */
const goneFromDatabase = async (): Promise<void> => {
  for (;;) {
    const [row] = await owner.sql<{ left: number }[]>`
      select count(*)::integer as left from pg_stat_activity where application_name = 'test-shred'`
    if (row?.left === 0) return
    await setTimeout(20)
  }
}

describe('a process that is killed while it destroys a patient’s keys, or before it says so in the ledger', () => {
  it(
    'has destroyed all or nothing, and each destruction comes to one line and one certificate',
    async () => {
      const random = seeded(20_261_130)
      const done: string[] = []
      let undone = 0
      for (let kills = 0; kills < KILLS; kills++) {
        const { patientId } = await oldPatient(t)
        const { approvalId } = await t.officer.call.shred.request({ patientId, reason })
        const given = {
          url: t.database.url('chartward_app'),
          files: t.files,
          store: t.store,
          token: t.second.context.token,
          ip: t.second.context.ip,
          input: { patientId, approvalId, reason },
        }
        const child = spawn(process.execPath, [CHILD, JSON.stringify(given)], {
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        await once(child.stdout, 'data')
        await setTimeout(250 * random())
        await kill(child)
        await goneFromDatabase()
        const { destroyed, asked } = await t.officer.call.shred.get({ patientId })
        const entries = (await auditEntries(t.app, 'shred.carried-out')).filter(
          (entry) => entry.patientId === patientId,
        )
        const left = await rowsLeft(t, patientId)
        if (destroyed === null) {
          undone += 1
          expect(asked).toMatchObject({ approvalId })
          expect(left).toMatchObject({ living_keys: 1, source_ids: 3 })
          expect(entries).toHaveLength(0)
        } else {
          done.push(patientId)
          expect(left).toEqual(NOTHING_LEFT)
          expect(entries).toHaveLength(1)
        }
        // What stands in the ledger at any time is whole, and of nobody who was not destroyed.
        const lines = (await ledgerOf(t.app)?.lines()) ?? []
        for (const { patient } of lines) expect(done).toContain(patient)
      }
      await finishShreds(t.app)
      const lines = (await ledgerOf(t.app)?.lines()) ?? []
      expect(lines.map(({ patient }) => patient).toSorted()).toEqual(done.toSorted())
      const { destroyed } = await t.officer.call.shred.list()
      expect(destroyed.map(({ certified }) => certified)).toEqual(done.map(() => true))
      const certified = await auditEntries(t.app, 'shred.certified')
      expect(certified).toHaveLength(done.length)
      expect(done.length + undone).toBe(KILLS)
    },
    KILLING_MS,
  )
})
