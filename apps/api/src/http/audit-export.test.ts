import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SequencerContext } from '../sequencer/context.ts'
import { actionsOf, appendEntries, sequenceAll, sequencerOf } from '../sequencer/testing/log-kit.ts'
import { verifyFile } from '../services/audit/verify-file.ts'
import { worksRouter } from '../services/works/router.ts'
import { auditEntries } from '../testing/entries.ts'
import { whileLogIsHeld, whileLogRefuses } from '../testing/log-unwritable.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import { createCallerFactory } from '../trpc/trpc.ts'
import { exportAuditLog, streamLogBundle } from './audit-export.ts'

let test: TestApp
let sequencer: SequencerContext
let folder: string
let key: string

beforeAll(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
  folder = await mkdtemp(join(tmpdir(), 'chartward-export-'))
  key = test.app.settings.logVerifierKey
  await appendEntries(test, 700)
  await sequenceAll(sequencer)
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

const file = (name: string): string => join(folder, name)

const exported = async (name = 'log.ndjson'): Promise<string> => {
  const { context } = await signInAs(test.app, 'privacy-officer')
  const { chunks } = await exportAuditLog({ app: test.app, request: context })
  await writeFile(file(name), await collect(chunks))
  return file(name)
}

const collect = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

describe('the exported log', () => {
  it('is verified offline with nothing but the verifier key, plain and gzipped', async () => {
    const path = await exported()
    const verification = await verifyFile(path, key)
    expect(verification).toMatchObject({ ok: true, exitCode: 0, problems: [], size: 700 })
    await writeFile(file('log.gz'), gzipSync(await readFile(path)))
    expect(await verifyFile(file('log.gz'), key)).toMatchObject({ ok: true, exitCode: 0, size: 700 })
    expect(await collect(streamLogBundle(test.app))).toBe(await readFile(path, 'utf8'))
  })

  it('the entry of the export is committed before the first byte leaves', async () => {
    const { userId, context } = await signInAs(test.app, 'privacy-officer')
    const { early, outcome } = await whileLogIsHeld(test.database, () =>
      exportAuditLog({ app: test.app, request: context }),
    )
    expect(early).toBe(false)
    if (outcome.status === 'rejected') throw outcome.reason
    const { chunks, headers } = outcome.value
    expect(await actionsOf(test, userId)).toEqual([['audit.exported', 'success']])
    expect(headers['cache-control']).toBe('no-store')
    const [first] = (await collect(chunks)).split('\n')
    expect(JSON.parse(first ?? '')).toMatchObject({ format: 'chartward-log/1', size: 700 })
  })

  it('a changed, a deleted and a cut-off entry are named', async () => {
    const lines = (await readFile(await exported(), 'utf8')).split('\n')
    const swapped = lines.with(5, lines[6]?.replace('"i":5', '"i":4') ?? '')
    await writeFile(file('changed'), swapped.join('\n'))
    const changed = await verifyFile(file('changed'), key)
    expect(changed).toMatchObject({ ok: false, exitCode: 1 })
    await writeFile(file('deleted'), lines.toSpliced(11, 1).join('\n'))
    expect((await verifyFile(file('deleted'), key)).problems).toMatchObject([
      { index: 10, code: 'missing-entry' },
    ])
    await writeFile(file('cut'), lines.slice(0, 400).join('\n'))
    expect((await verifyFile(file('cut'), key)).problems).toMatchObject([{ index: 399, code: 'truncated' }])
  })

  it('another log’s key vouches for nothing', async () => {
    const other = await createTestApp()
    const verification = await verifyFile(await exported(), other.app.settings.logVerifierKey)
    await other.stop()
    expect(verification).toMatchObject({ ok: false, exitCode: 1 })
    expect(verification.problems[0]?.code).toBe('bad-signature')
  })

  it('what can not be verified at all has a code and a sentence of its own', async () => {
    expect(await verifyFile(file('nowhere'), key)).toMatchObject({
      exitCode: 2,
      problems: [{ code: 'unreadable', detail: expect.stringContaining('ENOENT') }],
    })
    expect(await verifyFile(folder, key)).toMatchObject({ exitCode: 2, problems: [{ code: 'unreadable' }] })
    expect(await verifyFile(await exported(), 'no key')).toMatchObject({
      exitCode: 2,
      problems: [{ code: 'malformed-key' }],
    })
    await writeFile(file('cut.gz'), gzipSync(await readFile(await exported())))
    await truncate(file('cut.gz'), 5_000)
    expect(await verifyFile(file('cut.gz'), key)).toMatchObject({ ok: false, exitCode: 2 })
    await writeFile(file('empty'), '')
    expect(await verifyFile(file('empty'), key)).toMatchObject({ ok: false, exitCode: 1 })
  })
})

describe('how far it has come', () => {
  const worksOf = createCallerFactory(worksRouter)

  it('is followed as long work, and done when the last of it has left', async () => {
    const { context } = await signInAs(test.app, 'privacy-officer')
    const { chunks } = await exportAuditLog({ app: test.app, request: context })
    const works = worksOf(context)
    const [running] = (await works.list({ open: true, mine: true })).items
    expect(running).toMatchObject({ kind: 'export-log', state: 'running', mayCancel: true })
    await collect(chunks)
    const done = await works.get({ id: running?.id ?? '' })
    expect(done).toMatchObject({ state: 'done', result: { size: 700 }, done: 700, total: 700 })
    const ends = await auditEntries(test.app, 'work.done')
    expect(ends.filter(({ facts }) => facts.work === running?.id)).toHaveLength(1)
  })

  it('is failed where the reader goes away, and leaves them no whole bundle', async () => {
    const { context } = await signInAs(test.app, 'privacy-officer')
    const { chunks } = await exportAuditLog({ app: test.app, request: context })
    let got = ''
    for await (const chunk of chunks) {
      got += chunk
      break
    }
    const [work] = (await worksOf(context).list({ mine: true })).items
    expect(work).toMatchObject({ state: 'failed', failure: 'broken-off', result: null })
    await writeFile(file('broken-off'), got)
    expect(await verifyFile(file('broken-off'), key)).toMatchObject({ ok: false })
  })

  it('ends where somebody cancels it, and leaves no whole bundle', async () => {
    const { context } = await signInAs(test.app, 'privacy-officer')
    const { chunks } = await exportAuditLog({ app: test.app, request: context })
    const works = worksOf(context)
    let got = ''
    const reading = (async () => {
      for await (const chunk of chunks) {
        got += chunk
        // As slow as somebody who has to be waited for.
        await setTimeout(5)
      }
    })()
    const [running] = (await works.list({ open: true, mine: true })).items
    await works.cancel({ id: running?.id ?? '' })
    await expect(reading).rejects.toThrow()
    expect(await works.get({ id: running?.id ?? '' })).toMatchObject({ state: 'cancelled', result: null })
    await writeFile(file('cancelled'), got)
    expect(await verifyFile(file('cancelled'), key)).toMatchObject({ ok: false })
  })
})

describe('who may not', () => {
  it('nobody gets a byte where the entry of the export can not be written', async () => {
    const { context } = await signInAs(test.app, 'privacy-officer')
    const attempt = () => exportAuditLog({ app: test.app, request: context })
    await expect(whileLogRefuses(test.database, attempt)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('a privacy officer without a fresh factor has to step up first', async () => {
    const { userId, context } = await signInAs(test.app, 'privacy-officer', { factorAt: null })
    await expect(exportAuditLog({ app: test.app, request: context })).rejects.toMatchObject({
      code: 'STEP_UP_REQUIRED',
    })
    expect(await actionsOf(test, userId)).toEqual([['audit.exported', 'asked']])
  })

  it.each(['administrator', 'auditor', 'clinician', 'analyst'])(
    'a %s is refused, and it is logged',
    async (role) => {
      const { userId, context } = await signInAs(test.app, role)
      await expect(exportAuditLog({ app: test.app, request: context })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      expect(await actionsOf(test, userId)).toEqual([['audit.exported', 'refused']])
    },
  )

  it('nobody without a session gets anything', async () => {
    const request = requestBy(test.app, null)
    await expect(exportAuditLog({ app: test.app, request })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
  })

  it('before anything is signed there is nothing to export, and the attempt is a failure', async () => {
    const empty = await createTestApp()
    const { userId, context } = await signInAs(empty.app, 'privacy-officer')
    await expect(exportAuditLog({ app: empty.app, request: context })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    expect(await actionsOf(empty, userId)).toEqual([['audit.exported', 'failure']])
    await empty.stop()
  })
})

it('an entry that a superuser deleted is exported as lost, and named by the verifier', async () => {
  const owner = test.database.open('chartward_owner', 1)
  await owner.sql`set session_replication_role = replica`
  await owner.sql`delete from audit_entries where id = (select entry_id from audit_leaves where index = 33)`
  expect((await verifyFile(await exported(), key)).problems).toMatchObject([
    { index: 33, code: 'missing-entry' },
  ])
})
