import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  claimsSignatureOf,
  LogKeys,
  verifyCheckpoint,
  verifyLogBundle,
  writeLogBundle,
} from '@chartward/audit'
import { testServer } from '@chartward/db/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLogKeys } from '../../audit/log/enrolments.ts'
import { readHead } from '../../audit/log/head.ts'
import { folderDisk } from '../../audit/store/disk.ts'
import { LogStore } from '../../audit/store/log-store.ts'
import { readAppendKey, readSeeds } from '../../keys/key-files.ts'
import { BOTH_SIGN_MS, openSigner } from '../../sequencer/signer.ts'
import { appendEntries, sequenceAll, sequencerOf, until } from '../../sequencer/testing/log-kit.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { checkDatabase } from '../audit/check-database.ts'
import { checkStore } from '../audit/store/check-store.ts'
import { enrolLogKey, prepareHandover } from './log-key.ts'
import { handOver } from './testing/signing.ts'

const MAIN = fileURLToPath(new URL('../../sequencer/main.ts', import.meta.url))

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

const spawnSequencer = (keys = dirname(test.files.kms)) => {
  const role = testServer().roleByParameter ? '?role=chartward_sequencer' : ''
  const child = spawn(process.execPath, [MAIN], {
    env: {
      CHARTWARD_SEQUENCER_DATABASE_URL: `${test.database.url('chartward_sequencer')}${role}`,
      CHARTWARD_KEYS: keys,
      CHARTWARD_LOG_STORE: storeFolder,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  children.push(child)
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  return { child, exited: once(child, 'close').then(([code]) => code), output: () => output }
}

const pinned = () => test.app.settings.logVerifierKey
const head = async () => {
  const found = await readHead(test.app.db.sql)
  return { size: found?.size ?? 0, note: found?.checkpoint ?? '', signed: found?.checkpointSize ?? 0 }
}
const store = () => new LogStore(folderDisk(storeFolder))

/** Database, log store and an exported log, each by the first key alone. */
const expectVerified = async (): Promise<void> => {
  const auditor = test.database.open('chartward_auditor', 2)
  const { note, signed } = await head()
  const found = await checkDatabase(auditor.sql, {
    appendKey: readAppendKey(test.files),
    verifierKey: pinned(),
  })
  expect(found.problems).toEqual([])
  expect((await checkStore(auditor.sql, store(), pinned())).problems).toEqual([])
  const rows = await auditor.sql<{ index: string; bytes: Buffer }[]>`
    select l.index, e.bytes from audit_leaves l join audit_entries e on e.id = l.entry_id
    where l.index < ${signed} order by l.index`
  const leaves = async function* () {
    for (const { index, bytes } of rows) yield { index: Number(index), bytes }
  }
  expect((await verifyLogBundle(writeLogBundle(leaves(), note), pinned())).problems).toEqual([])
}

describe('a handover of the log’s key', () => {
  it(
    'killed anywhere is gone on with, and what is published verifies by the first key throughout',
    async () => {
      const random = seeded(20_261_130)
      let sequencer = spawnSequencer()
      await appendEntries(test, 5)
      for (let round = 0; round < KILLS; round++) {
        const loading = appendEntries(test, 30)
        // The key is made, and perhaps no more; or also entered in the log, while the sequencer is killed.
        const { logOrigin: origin } = test.app.settings
        const note = await prepareHandover(test.app.db.sql, { files: test.files, origin, pinned: pinned() })
        const enrolled = round % 3 === 0 ? Promise.resolve() : enrolLogKey(test.app, note, 'test')
        await setTimeout(150 * random())
        await kill(sequencer.child)
        await Promise.all([loading, enrolled])
        const published = await head()
        if (published.note !== '') {
          const keys = await readLogKeys(test.app.db.sql, pinned())
          expect((await keys.verify(published.note)).size).toBe(published.signed)
        }
        sequencer = spawnSequencer()
        await until(async () => (await head()).signed >= published.size && (await head()).size > 0)
        await until(async () => {
          const { size, signed } = await head()
          const [row] = await test.app.db.sql<{ n: number }[]>`
            select count(*)::int as n from audit_entries e
            where not exists (select from audit_leaves l where l.entry_id = e.id)`
          return row?.n === 0 && size === signed
        })
      }
      const keys = await readLogKeys(test.app.db.sql, pinned())
      expect(keys.all).toHaveLength(1 + KILLS - Math.ceil(KILLS / 3))
      // One may wait that was made and not entered.
      expect(readSeeds(test.files.signing).length - keys.all.length).toBeLessThanOrEqual(1)
      await expectVerified()
    },
    KILLING_MS,
  )

  it('gives both signatures for thirty days, then that of the new key alone', async () => {
    await handOver(test)
    await appendEntries(test, 3)
    const sequencer = sequencerOf(test)
    await sequenceAll(sequencer)
    const { note, size } = await head()
    const keys = await readLogKeys(test.app.db.sql, pinned())
    const [first = '', second = ''] = keys.all
    // Whoever knows nothing of handovers verifies it by the first key.
    expect((await verifyCheckpoint(note, first)).size).toBe(size)
    expect((await verifyCheckpoint(note, second)).size).toBe(size)
    for (const [days, both] of [
      [29, true],
      [31, false],
    ] as const) {
      const later = openSigner(
        test.files,
        test.app.settings.logOrigin,
        () => new Date(Date.now() + days * 86_400_000),
      )
      await later.look(test.app.db.sql)
      const signed = later.sign(size, Buffer.alloc(32))
      expect(claimsSignatureOf(signed, second)).toBe(true)
      expect(claimsSignatureOf(signed, first)).toBe(both)
    }
    expect(BOTH_SIGN_MS).toBe(30 * 86_400_000)
  })

  it('leaves trees that do not hold it to the key before', async () => {
    await appendEntries(test, 4)
    const sequencer = sequencerOf(test)
    await sequenceAll(sequencer)
    const before = await head()
    await handOver(test)
    await sequenceAll(sequencer)
    const keys = await readLogKeys(test.app.db.sql, pinned())
    expect(keys.keyAt(before.size)).toBe(pinned())
    expect((await keys.verify(before.note)).size).toBe(before.size)
    const forged = openSigner(test.files, test.app.settings.logOrigin).sign(9, Buffer.alloc(32))
    await expect(LogKeys.pinned(keys.pins).verify(forged)).rejects.toMatchObject({
      code: 'missing-signature',
    })
  })

  it('stops a sequencer that has not the new key, before it signs anything', async () => {
    await handOver(test)
    rmSync(join(dirname(test.files.signing), 'signing-2.key'))
    const { exited, output } = spawnSequencer()
    expect(await exited).toBe(3)
    expect(output()).toContain('signing-key-missing')
    expect(await head()).toMatchObject({ size: 1, signed: 0 })
  })

  it('is made once, and not by whoever lacks the key in force', async () => {
    const note = await handOver(test)
    expect(await enrolLogKey(test.app, note, 'test')).toBe(false)
    await sequenceAll(sequencerOf(test))
    const { logOrigin: origin } = test.app.settings
    rmSync(join(dirname(test.files.signing), 'signing-2.key'))
    await expect(
      prepareHandover(test.app.db.sql, { files: test.files, origin, pinned: pinned() }),
    ).rejects.toMatchObject({ name: 'HandoverRefused' })
    await expect(enrolLogKey(test.app, 'x', 'test')).rejects.toMatchObject({ name: 'HandoverRefused' })
  })

  it('goes on with the first key’s file destroyed, where its public half is kept', async () => {
    writeFileSync(test.files.verifier, `${pinned()}\n`)
    await handOver(test)
    await sequenceAll(sequencerOf(test))
    rmSync(test.files.signing)
    await appendEntries(test, 3)
    await sequenceAll(sequencerOf(test))
    const { note, size, signed } = await head()
    expect(signed).toBe(size)
    expect(claimsSignatureOf(note, pinned())).toBe(false)
    const keys = await readLogKeys(test.app.db.sql, pinned())
    expect((await keys.verify(note)).size).toBe(size)
  })
})
