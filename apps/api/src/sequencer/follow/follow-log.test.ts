import { type ChildProcess, spawn } from 'node:child_process'
import { Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { leafHash } from '@chartward/audit'
import { testServer } from '@chartward/db/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendMac } from '../../audit/entry.ts'
import { createLogger } from '../../core/log.ts'
import { readAppendKey } from '../../keys/key-files.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import type { SequencerContext } from '../context.ts'
import { sequenceRound } from '../round.ts'
import { appendEntries, sequenceAll, sequencerOf, until } from '../testing/log-kit.ts'
import { loggedIds, makeSeen, seeing, seenCount, seenSoFar } from '../testing/seen.ts'
import { followLog } from './follow-log.ts'
import type { Follower } from './follower.ts'
import { followStep, hasMore } from './step.ts'

const FOLLOW = fileURLToPath(new URL('../testing/follow.ts', import.meta.url))

let test: TestApp
let sequencer: SequencerContext
let children: ChildProcess[]

beforeEach(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
  children = []
  await makeSeen(test)
})
afterEach(async () => {
  for (const child of children) await kill(child)
  await test.stop()
})

const startChild = (): ChildProcess => {
  const role = testServer().roleByParameter ? '?role=chartward_sequencer' : ''
  const config = { url: `${test.database.url('chartward_sequencer')}${role}`, files: test.files }
  const child = spawn(process.execPath, [FOLLOW, JSON.stringify(config)], { stdio: 'ignore' })
  children.push(child)
  return child
}

/** Keeps some entries before the follower, until it is ended. */
const load = () => {
  let running = true
  let appended = 0
  const ended = (async () => {
    while (running) {
      if (appended - (await seenCount(test)) < 150) {
        appended += (await appendEntries(test, 30)).length
        await sequenceRound(sequencer)
      }
      await setTimeout(20)
    }
  })()
  return async () => {
    running = false
    await ended
  }
}

/** Waits until `count` entries have been seen; a process may take long to start on a busy machine. */
const untilSeen = (count: number): Promise<unknown> =>
  expect.poll(() => seenCount(test), { timeout: 90_000 }).toBeGreaterThanOrEqual(count)

/** Each entry of the log was seen, once, in its order. */
const expectAllSeen = async (): Promise<void> => {
  const ids = await loggedIds(test)
  await untilSeen(ids.length)
  const seen = await seenSoFar(test)
  expect(seen.map(({ index }) => index)).toEqual(ids.map((_, index) => index))
  expect(seen.map(({ id }) => id)).toEqual(ids)
}

describe('a follower of the log', () => {
  it(
    'killed under load again and again, has seen each entry once and in order',
    async () => {
      const random = seeded(20_261_128)
      const end = load()
      for (let kills = 0; kills < KILLS; kills++) {
        const before = await seenCount(test)
        const child = startChild()
        await untilSeen(before + 1)
        await setTimeout(200 * random())
        await kill(child)
      }
      await end()
      startChild()
      await expectAllSeen()
      // Numbers that were drawn and are in no row are those of batches that a kill has undone.
      const [drawn] = await test.database.open('chartward_owner', 1)
        .sql`select last_value::int from seen_n_seq`
      expect(drawn?.last_value).toBeGreaterThan(await seenCount(test))
    },
    KILLING_MS,
  )

  it('run by two processes at once, sees each entry once and in order; one that is killed is replaced', async () => {
    const end = load()
    const [first] = [startChild(), startChild()]
    await untilSeen(60)
    if (first !== undefined) await kill(first)
    const before = await seenCount(test)
    await untilSeen(before + 60)
    await end()
    await expectAllSeen()
  }, 300_000)

  it('begins at the first entry, and waits where it has seen the last', async () => {
    await appendEntries(test, 50)
    await sequenceAll(sequencer)
    const follower = seeing({ batch: 20 })
    const steps = []
    while (await hasMore(sequencer, follower.name)) steps.push(await followStep(sequencer, follower, null))
    expect(steps).toEqual([
      { seen: 20, more: true },
      { seen: 20, more: true },
      { seen: 10, more: false },
    ])
    expect(await followStep(sequencer, follower, null)).toEqual({ seen: 0, more: false })
    await expectAllSeen()
  })

  it('that fails leaves nothing behind and its cursor where it was', async () => {
    await appendEntries(test, 5)
    await sequenceAll(sequencer)
    const failing: Follower<'sequencer', null> = {
      ...seeing(),
      see: async (tx, entries) => {
        await seeing().see(tx, entries, null)
        throw new Error('not now')
      },
    }
    await expect(followStep(sequencer, failing, null)).rejects.toThrow('not now')
    expect(await seenSoFar(test)).toEqual([])
    await followStep(sequencer, seeing(), null)
    await expectAllSeen()
  })

  it('sees nothing of what has not been sequenced', async () => {
    await appendEntries(test, 3)
    expect(await followStep(sequencer, seeing(), null)).toEqual({ seen: 0, more: false })
  })
})

describe('a log that does not hold', () => {
  it.each([
    ['bad-mac', 7, 'update audit_entries set mac = sha256(mac) where id = $1'],
    ['leaf-mismatch', 7, 'update audit_leaves set leaf_hash = sha256(leaf_hash) where entry_id = $1'],
    ['bad-mac', 7, `update audit_entries set bytes = bytes || '\\x20' where id = $1`],
    ['entry-missing', 7, 'delete from audit_entries where id = $1'],
    ['leaf-missing', 7, 'delete from audit_leaves where entry_id = $1'],
    ['cursor-ahead', 5, 'update audit_head set size = 4 where $1::uuid is not null'],
    ['head-missing', 5, 'delete from audit_head where $1::uuid is not null'],
  ])(
    'stops a follower with %s before index %i, and nothing after it is seen',
    async (code, index, damage) => {
      await appendEntries(test, 5)
      await sequenceAll(sequencer)
      await followStep(sequencer, seeing(), null)
      await appendEntries(test, 5)
      await sequenceAll(sequencer)
      const owner = test.database.open('chartward_owner', 1)
      await owner.sql`set session_replication_role = replica`
      await owner.sql.unsafe(damage, [(await loggedIds(test))[7] ?? ''])

      const lines: string[] = []
      const destination = new Writable({
        write: (chunk, _encoding, done) => {
          lines.push(String(chunk))
          done()
        },
      })
      const stop = new AbortController()
      const reader = { ...sequencer, log: createLogger('error', destination) }
      const following = followLog(reader, seeing(), null, stop.signal)
      await until(async () => lines.length > 0)
      stop.abort()
      await following
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        level: 'error',
        follower: 'test',
        fault: code,
        index,
      })
      await expect(followStep(sequencer, seeing(), null)).rejects.toMatchObject({
        name: 'FollowerFault',
        code,
        index,
      })
      expect((await seenSoFar(test)).map((seen) => seen.index)).toEqual([0, 1, 2, 3, 4])
    },
  )

  it('stops a follower with malformed-entry where the application has written what it can not read any more', async () => {
    await appendEntries(test, 1)
    await sequenceAll(sequencer)
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    const bytes = Buffer.from('{}')
    await owner.sql`update audit_entries set bytes = ${bytes}, mac = ${appendMac(readAppendKey(test.files), bytes)}`
    await owner.sql`update audit_leaves set leaf_hash = ${Buffer.from(leafHash(bytes))}`
    const step = followStep(sequencer, seeing(), null)
    await expect(step).rejects.toMatchObject({ code: 'malformed-entry', index: 0 })
  })

  it('that has been mended is followed again, with nothing left out', async () => {
    await appendEntries(test, 5)
    await sequenceAll(sequencer)
    const [id = ''] = (await loggedIds(test)).slice(2)
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    await owner.sql`create table kept as select mac from audit_entries where id = ${id}`
    await owner.sql`update audit_entries set mac = sha256(mac) where id = ${id}`
    await expect(followStep(sequencer, seeing(), null)).rejects.toMatchObject({ code: 'bad-mac', index: 2 })
    await owner.sql`update audit_entries set mac = (select mac from kept) where id = ${id}`
    await followStep(sequencer, seeing(), null)
    await expectAllSeen()
  })
})
