import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { LocalKms } from '@chartward/crypto'
import { type Database, withSnapshot } from '@chartward/db'
import { generatePopulation } from '@chartward/fhir'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installQueue } from '../../jobs/install-queue.ts'
import { loadKeyring } from '../../keys/keyring.ts'
import { sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { logRows } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { checkContents } from '../audit/contents/check-contents.ts'
import { Findings } from '../audit/integrity/findings.ts'
import { checkAll } from '../audit/testing/tampered-house.ts'
import { importAll } from '../exports/testing/house.ts'
import { keyRotations } from './rotation-row.ts'
import { runRotations } from './run-rotations.ts'
import type { Target } from './targets.ts'
import { startOne } from './testing/rotations.ts'

const CHILD = join(import.meta.dirname, 'testing/rotate-child.ts')

const TARGETS: readonly Target[] = [
  { kind: 'patient', patientId: null },
  { kind: 'kek' },
  { kind: 'system', purpose: 'blind-index' },
  { kind: 'system', purpose: 'directory' },
  { kind: 'system', purpose: 'integrity' },
  { kind: 'system', purpose: 'factor-secrets' },
]

let t: TestApp
let owner: Database

beforeAll(async () => {
  t = await createTestApp({ keysLogged: true, connections: 6, keys: { settleMs: 0, patientDays: 0 } })
  await installQueue(t.database.url('chartward_owner'))
  owner = t.database.open('chartward_owner', 2)
  await importAll(t, [...generatePopulation({ seed: 'rotated', patients: 12, asOf: t.now })])
  await signInAs(t.app, 'clinician')
})
afterAll(() => t.stop())

const goneFromDatabase = async (): Promise<void> => {
  for (;;) {
    const [row] = await owner.sql<{ left: number }[]>`
      select count(*)::integer as left from pg_stat_activity where application_name = 'test-rotate'`
    if (row?.left === 0) return
    await setTimeout(20)
  }
}

/** What a process that starts now, with all keys at hand, can't open, find or check. */
const unreadable = async () => {
  const keyring = await loadKeyring(t.app.db, LocalKms.open(t.files.kms))
  const findings = new Findings()
  try {
    await withSnapshot(t.app.db, 'all', ({ sql }) => checkContents(sql, keyring, findings))
  } finally {
    keyring.close()
  }
  return findings.problems
}

describe('a process that is killed while it rotates keys', () => {
  it(
    'at any moment, again and again, leaves every record readable, and the rotation to be gone on with',
    async () => {
      const random = seeded(20_261_130)
      const given = {
        url: t.database.url('chartward_app'),
        rekeyUrl: t.database.url('chartward_rekey'),
        files: t.files,
      }
      let ended = 0
      for (let kills = 0; kills < KILLS; kills++) {
        const open = (await t.app.db.orm.select().from(keyRotations)).filter(({ state }) => state !== 'done')
        const target = TARGETS[ended % TARGETS.length] ?? { kind: 'kek' }
        if (open.length === 0) {
          // The child has rotated KEKs within a moment, where processes have a minute to learn of it.
          await t.app.keyring.refresh()
          await startOne(t.app, target)
          ended++
        }
        // The same at once is refused, whoever asks.
        const again = TARGETS[(ended - 1) % TARGETS.length] ?? target
        await expect(startOne(t.app, again)).rejects.toMatchObject({ code: 'CONFLICT' })
        const child = spawn(process.execPath, [CHILD, JSON.stringify(given)], {
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        await once(child.stdout, 'data')
        await setTimeout(400 * random())
        await kill(child)
        await goneFromDatabase()
        expect(await unreadable()).toEqual([])
      }
      await runRotations(t.app, new AbortController().signal)
      const rows = await t.app.db.orm.select().from(keyRotations)
      expect(rows.length).toBeGreaterThan(1)
      for (const row of rows) expect(row).toMatchObject({ state: 'done', skipped: 0 })
      // Nothing that stands is made with a key that does not open any more, and the log tells of all of it.
      await logRows(t.app)
      await sequenceAll(sequencerOf(t))
      const report = await owner.sql.begin((sql) => checkAll(t, sql, true))
      expect(report.problems).toEqual([])
    },
    KILLING_MS,
  )
})
