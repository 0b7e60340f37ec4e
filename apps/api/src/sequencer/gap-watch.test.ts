import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Database, withTransaction } from '@chartward/db'
import { testServer } from '@chartward/db/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readAppendKey } from '../keys/key-files.ts'
import { checkDatabase } from '../services/audit/check-database.ts'
import { KILLING_MS, KILLS, seeded } from '../testing/kills.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { SequencerContext } from './context.ts'
import { nameGaps } from './gap-watch.ts'
import { appendEntries, draftOf, sequenceAll, sequencerOf, until } from './testing/log-kit.ts'

let test: TestApp
let sequencer: SequencerContext
let owner: Database

beforeEach(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
  owner = test.database.open('chartward_owner', 2)
})
afterEach(async () => {
  vi.useRealTimers()
  await test.stop()
})

const QUEUES = ['audit_pending_0', 'audit_pending_1', 'audit_pending_2']

/** As a superuser: takes an entry away, its row in the queue too. */
const takeAway = (id: string): Promise<unknown> =>
  owner.sql.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`delete from audit_entries where id = ${id}`
    for (const queue of QUEUES) await sql`delete from ${sql(queue)} where entry_id = ${id}`
  })

const missing = async (): Promise<{ number: number; named: boolean }[]> => {
  const rows = await test.app.db.sql<{ number: string; named: boolean }[]>`
    select number, named_at is not null as named from audit_gaps order by number`
  return rows.map(({ number, named }) => ({ number: Number(number), named }))
}

const findings = async () => {
  const { problems } = await checkDatabase(test.database.open('chartward_auditor', 1).sql, {
    appendKey: readAppendKey(test.files),
    verifierKey: test.app.settings.logVerifierKey,
  })
  return problems
}

describe('an entry that is kept from the log', () => {
  it('deleted with its queue row before it was sequenced, is missed by its number and named', async () => {
    const [, taken = ''] = [await test.app.audit.commit(draftOf()), await test.app.audit.commit(draftOf())]
    await takeAway(taken)
    await appendEntries(test, 1)
    await sequenceAll(sequencer)
    expect(await missing()).toEqual([{ number: 2, named: false }])
    expect(await nameGaps(sequencer, 60_000)).toBe(0)
    expect(await nameGaps(sequencer, 0)).toBe(1)
    expect(await nameGaps(sequencer, 0)).toBe(0)
    expect(await missing()).toEqual([{ number: 2, named: true }])
    expect(await findings()).toMatchObject([
      { code: 'number-missing', detail: expect.stringMatching(/^entry 2 of process/) },
    ])
  })

  it('is named by the check also where the sequencer’s own tables have been put right', async () => {
    const ids = await appendEntries(test, 6)
    for (const id of ids.slice(2, 5)) await takeAway(id)
    await appendEntries(test, 1)
    await sequenceAll(sequencer)
    await owner.sql`delete from audit_gaps`
    await owner.sql`update audit_writers set seen = '{[1,100]}'`
    expect(await findings()).toMatchObject([{ detail: expect.stringMatching(/^entries 3 to 5 of process/) }])
  })

  it('whose queue row a trigger deletes, is missed too', async () => {
    await owner.sql.unsafe(`create function planted() returns trigger security definer language plpgsql as
      $$ begin delete from audit_pending_0; return null; end $$`)
    await owner.sql`create trigger planted after insert on audit_pending_0 for each row
      when (pg_trigger_depth() < 2) execute function planted()`
    await appendEntries(test, 1)
    await owner.sql`drop function planted cascade`
    await appendEntries(test, 1)
    await sequenceAll(sequencer)
    expect(await missing()).toEqual([{ number: 1, named: false }])
    expect(await findings()).toMatchObject([{ code: 'entry-unsequenced' }])
  })

  it('that was only late is missed no longer', async () => {
    const [late = ''] = await appendEntries(test, 1)
    for (const queue of QUEUES) await owner.sql`delete from ${owner.sql(queue)} where entry_id = ${late}`
    await appendEntries(test, 1)
    await sequenceAll(sequencer)
    expect(await missing()).toEqual([{ number: 1, named: false }])
    expect(await nameGaps(sequencer, 0)).toBe(1)
    await owner.sql`insert into audit_pending_0 values (${late})`
    await sequenceAll(sequencer)
    expect(await missing()).toEqual([])
    expect(await findings()).toEqual([])
  })

  it('is missed though its process falls silent', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    test.app.audit.startCounting()
    await takeAway((await appendEntries(test, 1))[0] ?? '')
    vi.advanceTimersByTime(20_000)
    await test.app.audit.drain()
    await sequenceAll(sequencer)
    expect(await missing()).toEqual([{ number: 1, named: false }])
    // What it says of itself is said once.
    vi.advanceTimersByTime(60_000)
    await test.app.audit.drain()
    const [row] = await owner.sql<{ n: number }[]>`select count(*)::int as n from audit_entries`
    expect(row?.n).toBe(1)
  })
})

describe('no entry is missed', () => {
  it('whose transaction failed, or is still open while later ones are in the log', async () => {
    await withTransaction(test.app.db, 'none', async (tx) => {
      await test.app.audit.append(tx, draftOf())
      await expect(
        withTransaction(test.app.db, 'none', async (other) => {
          await test.app.audit.append(other, draftOf())
          throw new Error('undo')
        }),
      ).rejects.toThrow('undo')
      await appendEntries(test, 3)
      await sequenceAll(sequencer)
      expect(await missing()).toEqual([])
      expect(await findings()).toEqual([])
    })
    await appendEntries(test, 1)
    await sequenceAll(sequencer)
    expect(await missing()).toEqual([])
    expect(await findings()).toEqual([])
  })

  it('that waits for the sequencer behind one that has claimed it', async () => {
    const [first = ''] = await appendEntries(test, 1)
    const held = await owner.sql`delete from audit_pending_0 where entry_id = ${first} returning entry_id`
    expect(held).toHaveLength(1)
    await appendEntries(test, 1)
    await sequenceAll(sequencer)
    await owner.sql`insert into audit_pending_0 values (${first})`
    expect(await findings()).toEqual([])
  })

  it(
    'of processes that are killed while they write: their numbers end, and the next process begins its own',
    async () => {
      const role = testServer().roleByParameter ? '?role=chartward_app' : ''
      const job = { url: `${test.database.url('chartward_app')}${role}`, keys: dirname(test.files.kms) }
      const script = fileURLToPath(new URL('../audit/testing/append-child.ts', import.meta.url))
      const random = seeded(438)
      const children: ChildProcess[] = []
      for (let kill = 0; kill < KILLS; kill++) {
        const child = spawn(process.execPath, [script, JSON.stringify(job)], {
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        children.push(child)
        await once(child.stdout, 'data')
        await setTimeout(60 * random())
        child.kill('SIGKILL')
        await once(child, 'exit')
        await sequenceAll(sequencer)
      }
      // What a killed process's server had under way is committed or rolled back soon.
      await until(async () => {
        const [row] = await owner.sql<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity where application_name = 'append-child'`
        return row?.n === 0
      })
      await sequenceAll(sequencer)
      expect(await missing()).toEqual([])
      expect(await findings()).toEqual([])
      const [row] = await owner.sql<{ n: number }[]>`select count(*)::int as n from audit_writers`
      expect(row?.n).toBe(KILLS)
    },
    KILLING_MS,
  )
})
