import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { testServer } from '@chartward/db/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readEnrolments, readLogKeys } from '../audit/log/enrolments.ts'
import { readSeeds } from '../keys/key-files.ts'
import type { SequencerContext } from '../sequencer/context.ts'
import { sequenceAll, sequencerOf } from '../sequencer/testing/log-kit.ts'
import { ensureBundleKey, rotateBundleKey } from '../services/bundles/bundle-key.ts'
import { enrolLogKey, prepareHandover } from '../services/bundles/log-key.ts'
import { signBundle } from '../services/bundles/sign-bundle.ts'
import { textSource, whileSigning } from '../services/bundles/testing/signing.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../testing/kills.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

// Each command is a process that takes seconds to start, on a busy machine many.
vi.setConfig({ testTimeout: KILLING_MS })

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

let test: TestApp
let sequencer: SequencerContext
let folder: string
let keys: string
const children: ChildProcess[] = []
beforeEach(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
  folder = await mkdtemp(join(tmpdir(), 'chartward-signing-'))
  keys = dirname(test.files.kms)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

const url = (role: 'chartward_app' | 'chartward_sequencer' | 'chartward_auditor'): string => {
  const own = testServer().roleByParameter ? `?role=${role}` : ''
  return `${test.database.url(role)}${own}`
}
/** One machine, or that of the API: where `chartward serve` runs. */
const ofApi = () => ({
  DATABASE_URL: url('chartward_app'),
  CHARTWARD_SEQUENCER_DATABASE_URL: url('chartward_sequencer'),
  CHARTWARD_AUDITOR_DATABASE_URL: url('chartward_auditor'),
})
/** The machine that signs the log, where that is another one. */
const ofSequencer = () => ({ CHARTWARD_SEQUENCER_DATABASE_URL: url('chartward_sequencer') })

const chartward = (args: readonly string[], environment: Record<string, string> = ofApi(), at = keys) => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { CHARTWARD_KEYS: at, CHARTWARD_LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return { child, ended: once(child, 'close').then(([code]) => ({ code: Number(code), output })) }
}
const logKeys = async () => {
  await sequenceAll(sequencer)
  return readLogKeys(test.app.db.sql, test.app.settings.logVerifierKey)
}

describe('chartward signing', () => {
  it('hands both keys over on one machine, and says what to pin', async () => {
    await ensureBundleKey(test.app)
    const rotated = await whileSigning(
      sequencer,
      chartward(['signing', 'rotate', 'checkpoint', '--operator', 'Ada']).ended,
    )
    expect(rotated).toMatchObject({ code: 0 })
    const { pins } = await logKeys()
    expect(rotated.output).toContain(pins)
    expect(readFileSync(test.files.verifier, 'utf8')).toBe(`${pins}\n`)
    expect(await chartward(['signing', 'rotate', 'bundle', '--operator', 'Ada']).ended).toMatchObject({
      code: 0,
    })
    await sequenceAll(sequencer)
    const enrolments = await readEnrolments(test.app.db.sql)
    expect(enrolments.map(({ statement }) => statement?.purpose)).toEqual(['bundle', 'checkpoint', 'bundle'])
    expect(enrolments.slice(1).map(({ entry }) => entry.facts.operator)).toEqual(['Ada', 'Ada'])
    const shown = await chartward(['signing', 'show']).ended
    expect(shown).toMatchObject({ code: 0, output: `${pins}\n` })
  })

  it('hands the log over on two machines, and the one of the API never has the key', async () => {
    await ensureBundleKey(test.app)
    await sequenceAll(sequencer)
    const api = join(folder, 'api')
    mkdirSync(api)
    for (const file of ['kms.key', 'append.key', 'bundle.key'])
      copyFileSync(join(keys, file), join(api, file))
    writeFileSync(join(api, 'log-verifier.pub'), `${test.app.settings.logVerifierKey}\n`)
    expect(await chartward(['signing', 'rotate', 'checkpoint'], ofSequencer()).ended).toMatchObject({
      code: 0,
    })
    const note = join(keys, 'signing-handover.note')
    expect((await logKeys()).all).toHaveLength(1)
    await whileSigning(sequencer, chartward(['signing', 'enrol', note], ofApi(), api).ended)
    expect((await logKeys()).all).toHaveLength(2)
    expect(existsSync(join(api, 'signing.key')) || existsSync(join(api, 'signing-2.key'))).toBe(false)
    // A bundle key that the API's machine has lost.
    rmSync(join(api, 'bundle.key'))
    const failed = await chartward(['signing', 'rotate', 'bundle'], ofApi(), api).ended
    expect(failed.code).toBe(1)
    expect(failed.output).toContain('--lost')
    const proposal = join(api, 'bundle-proposal.note')
    for (const [args, environment, at] of [
      [['rotate', 'bundle', '--lost'], ofApi(), api],
      [['countersign', proposal], ofSequencer(), keys],
      [['enrol', proposal], ofApi(), api],
    ] as const) {
      const done = chartward(['signing', ...args], environment, at).ended
      expect(await whileSigning(sequencer, done)).toMatchObject({ code: 0 })
    }
    await sequenceAll(sequencer)
    const last = (await readEnrolments(test.app.db.sql)).at(-1)
    expect(last?.statement).toMatchObject({ purpose: 'bundle', previous: (await logKeys()).newest })
  })

  it('says what is wrong, and has then changed nothing', async () => {
    for (const [args, said] of [
      [['rotate', 'checkpoint', '--lost'], 'nobody can sign that'],
      [['rotate', 'bundle'], 'lacks the bundle key'],
      [['enrol', test.files.append], 'no handover'],
    ] as const) {
      const { code, output } = await chartward(['signing', ...args]).ended
      expect([code, output]).toEqual([1, expect.stringContaining(said)])
    }
    await sequenceAll(sequencer)
    expect(await readEnrolments(test.app.db.sql)).toEqual([])
  })

  it('killed anywhere is gone on with by the next, with the key that was made', async () => {
    await ensureBundleKey(test.app)
    await sequenceAll(sequencer)
    const random = seeded(81)
    // A command takes seconds to begin, and milliseconds from there: it is killed as soon as its key is
    // there.
    const kills = Math.max(2, Math.ceil(KILLS / 4))
    for (let round = 0; round < kills; round++) {
      const path = round % 2 === 0 ? test.files.signing : test.files.bundle
      const before = readSeeds(path).length
      const { child, ended } = chartward(['signing', 'rotate', round % 2 === 0 ? 'checkpoint' : 'bundle'])
      let over = false
      ended.then(() => {
        over = true
      })
      while (!over && readSeeds(path).length === before) await setTimeout(2)
      await setTimeout(40 * random())
      await kill(child)
      await sequenceAll(sequencer)
    }
    const { logOrigin: origin, logVerifierKey: pinned } = test.app.settings
    await rotateBundleKey(test.app, 'Ada')
    const note = await prepareHandover(test.app.db.sql, { files: test.files, origin, pinned })
    await enrolLogKey(test.app, note, 'Ada')
    await sequenceAll(sequencer)
    const enrolments = await readEnrolments(test.app.db.sql)
    const count = (wanted: string) =>
      enrolments.filter(({ statement }) => statement?.purpose === wanted).length
    // No key is made that none enrols, and none is enrolled that is not there.
    expect(readSeeds(test.files.signing)).toHaveLength(1 + count('checkpoint'))
    expect(readSeeds(test.files.bundle)).toHaveLength(count('bundle'))
    expect((await logKeys()).all).toHaveLength(1 + count('checkpoint'))
  })
})

describe('chartward verify', () => {
  it('says what a bundle proves by the log’s key alone, and what does not hold', async () => {
    const signed = await whileSigning(
      sequencer,
      signBundle(test.app, {
        kind: 'evidence',
        subject: { type: 'Period', id: 'autumn' },
        by: { actor: { kind: 'system', name: 'test' } },
        files: [textSource('a.txt', 'first')],
        entries: [],
      }),
    )
    const chunks: Uint8Array[] = []
    for await (const chunk of signed.bytes) chunks.push(chunk)
    const file = join(folder, 'bundle.tar')
    const bytes = Buffer.concat(chunks)
    await writeFile(file, bytes)
    const key = test.app.settings.logVerifierKey
    const verify = (given: string) => chartward(['verify', file, '--key', given], {}).ended
    const held = await verify(key)
    expect(held).toMatchObject({ code: 0 })
    expect(held.output).toContain('The bundle holds: evidence of Period autumn')
    expect(await verify('x')).toMatchObject({ code: 2, output: expect.stringContaining('malformed-key') })
    await writeFile(file, Buffer.from(bytes.toString('latin1').replace('first', 'other'), 'latin1'))
    const broken = await verify(key)
    expect(broken.code).toBe(1)
    expect(broken.output).toContain('a.txt: hash-mismatch')
    expect(broken.output).toContain('does NOT hold')
  })
})
