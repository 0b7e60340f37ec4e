import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { verifyCheckpoint, verifyInclusion } from '@chartward/audit'
import { testServer } from '@chartward/db/testing'
import type { EntryId } from '@chartward/policy'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readHead } from '../audit/log/head.ts'
import { storedInclusionProof } from '../audit/log/proofs.ts'
import { folderDisk } from '../audit/store/disk.ts'
import { LogStore } from '../audit/store/log-store.ts'
import { KILLING_MS, KILLS, seeded } from '../testing/kills.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { appendEntries, sequenceAll, sequencerOf, until } from './testing/log-kit.ts'
import { copyOfLog } from './testing/older-copy.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

let test: TestApp
let storeFolder: string
const children: ChildProcess[] = []

beforeEach(async () => {
  test = await createTestApp()
  storeFolder = await mkdtemp(join(tmpdir(), 'chartward-store-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await test.stop()
  await rm(storeFolder, { recursive: true, force: true })
})

/** The process as the command line starts it; `lines` is what it prints, all of it once `exited` resolves. */
const spawnSequencer = (environment: Record<string, string> = {}) => {
  const role = testServer().roleByParameter ? '?role=chartward_sequencer' : ''
  const child = spawn(process.execPath, [MAIN], {
    env: {
      CHARTWARD_SEQUENCER_DATABASE_URL: `${test.database.url('chartward_sequencer')}${role}`,
      CHARTWARD_KEYS: dirname(test.files.kms),
      CHARTWARD_LOG_STORE: storeFolder,
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return {
    child,
    exited: once(child, 'close').then(([code]) => code),
    lines: () => output.split('\n').filter((line) => line !== ''),
  }
}

const store = () => new LogStore(folderDisk(storeFolder))
const storedSize = async () => {
  const note = await store().checkpoint()
  return note === null ? 0 : (await verifyCheckpoint(note, test.app.settings.logVerifierKey)).size
}

const head = async () => await readHead(test.app.db.sql)

it(
  'killed under load, another takes over: nothing is lost, nothing is there twice, all is provable',
  async () => {
    const ids: string[] = []
    const random = seeded(20_261_129)
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, exited } = spawnSequencer()
      const before = (await head())?.size ?? 0
      let killed = false
      const load = (async () => {
        while (!killed) {
          ids.push(...(await appendEntries(test, 20)))
          await setTimeout(40)
        }
      })()
      await until(async () => ((await head())?.size ?? 0) > before + 40)
      await setTimeout(200 * random())
      child.kill('SIGKILL')
      killed = true
      await Promise.all([exited, load])
      // Wherever it was killed: what everybody can see published is in the store.
      expect((await head())?.checkpointSize).toBeLessThanOrEqual(await storedSize())
    }
    spawnSequencer()
    await until(async () => (await head())?.checkpointSize === ids.length)
    const { size, root } = await verifyCheckpoint(
      (await head())?.checkpoint ?? '',
      test.app.settings.logVerifierKey,
    )
    const leaves = await test.app.db.sql<{ index: string; entry_id: EntryId; leaf_hash: Buffer }[]>`
    select index, entry_id, leaf_hash from audit_leaves order by index`
    expect(leaves.map(({ index }) => Number(index))).toEqual(ids.map((_, i) => i))
    expect(leaves.map(({ entry_id }) => entry_id).sort()).toEqual([...ids].sort())
    expect(await storedSize()).toBe(ids.length)
    const entries = await test.app.db.sql<{ bytes: Buffer }[]>`
      select e.bytes from audit_leaves l join audit_entries e on e.id = l.entry_id order by l.index`
    const stored: Uint8Array[] = []
    for (let at = 0; at < ids.length; at += 256)
      stored.push(...((await store().entries(at / 256, Math.min(256, ids.length - at))) ?? []))
    expect(stored.map((bytes) => String(bytes))).toEqual(entries.map(({ bytes }) => String(bytes)))
    // The roll-up follows: whatever was killed, each entry counts once.
    const counted = async () => {
      const [row] = await test.app.db.sql<{ n: number }[]>`select sum(count)::int as n from audit_hourly`
      return row?.n
    }
    await until(async () => ((await counted()) ?? 0) >= ids.length)
    expect(await counted()).toBe(ids.length)
    for (const [index, { leaf_hash }] of leaves.entries()) {
      const proof = (await storedInclusionProof(test.app.db.sql, index, size)) ?? []
      expect(verifyInclusion({ index, size, leafHash: leaf_hash, proof, root })).toBe(true)
    }
  },
  KILLING_MS,
)

it('ends when its parent is gone, and leaves a signed log', async () => {
  const { child, exited } = spawnSequencer()
  await appendEntries(test, 10)
  await until(async () => (await head())?.checkpointSize === 10)
  child.stdin.end()
  expect(await exited).toBe(0)
})

it('ends on SIGTERM, and prints nothing but JSON lines', async () => {
  const { child, exited, lines } = spawnSequencer()
  await appendEntries(test, 1)
  await until(async () => (await head())?.checkpointSize === 1)
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  expect(lines().map((line) => typeof JSON.parse(line))).toContain('object')
})

it('a log that was cut back is fatal with exit code 3 and a sentence that says what to do', async () => {
  const sequencer = sequencerOf(test)
  await appendEntries(test, 5)
  await sequenceAll(sequencer)
  const owner = test.database.open('chartward_owner', 1)
  await owner.sql`set session_replication_role = replica`
  await owner.sql`delete from audit_leaves`
  await owner.sql`delete from audit_nodes`
  await owner.sql`update audit_head set size = 0, frontier = '', root = sha256('')`
  const { exited, lines } = spawnSequencer()
  expect(await exited).toBe(3)
  expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({
    level: 'fatal',
    fault: 'checkpoint-ahead',
    msg: expect.stringContaining('chartward verify --database'),
  })
})

it('an older copy of the database is fatal with exit code 3, by what was kept beside the signing key', async () => {
  await appendEntries(test, 5)
  const owner = test.database.open('chartward_owner', 1)
  await sequenceAll(sequencerOf(test))
  const restore = await copyOfLog(owner)
  const first = spawnSequencer()
  await appendEntries(test, 5)
  await until(async () => (await head())?.checkpointSize === 10)
  first.child.kill('SIGTERM')
  await first.exited
  await restore()
  for (const extra of [{ CHARTWARD_LOG_STORE: '' }, {}]) {
    const { exited, lines } = spawnSequencer(extra)
    expect(await exited).toBe(3)
    expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({
      level: 'fatal',
      fault: 'kept-ahead',
      msg: expect.stringContaining('chartward verify --store DIR --recover'),
    })
  }
})

it('a folder for the log that is not there ends it with code 2, and is not made', async () => {
  const { exited, lines } = spawnSequencer({ CHARTWARD_LOG_STORE: join(storeFolder, 'not-mounted') })
  expect(await exited).toBe(2)
  expect(lines().join()).toContain('CHARTWARD_LOG_STORE must name a folder')
})

it('another signing key than the log’s can not go on with it', async () => {
  await appendEntries(test, 2)
  await sequenceAll(sequencerOf(test))
  writeFileSync(test.files.signing, `${'07'.repeat(32)}\n`, { mode: 0o600 })
  const { exited, lines } = spawnSequencer()
  expect(await exited).toBe(3)
  expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({ fault: 'checkpoint-invalid' })
})

it('settings that can not be used end it with code 2 and a sentence, and repeat no value', async () => {
  const secret = 'hunter2hunter2'
  const { exited, lines } = spawnSequencer({
    CHARTWARD_SEQUENCER_DATABASE_URL: `postgres://x:${secret}@db.invalid/chartward`,
  })
  expect(await exited).toBe(2)
  expect(lines().join()).toContain('sslmode=verify-full')
  expect(lines().join()).not.toContain(secret)
})
