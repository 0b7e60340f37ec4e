import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import {
  BUNDLE_KEY_GRACE,
  formatVerifierKey,
  LogKeys,
  parseEntry,
  signingKeyName,
  verifyBundle,
} from '@chartward/audit'
import { createKeyFile, ed25519PublicKey } from '@chartward/crypto'
import type { EntryId } from '@chartward/policy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEnrolments, readLogKeys } from '../../audit/log/enrolments.ts'
import { readSeeds } from '../../keys/key-files.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import { appendEntries, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { Findings } from '../audit/integrity/findings.ts'
import { SigningKeyWitness } from '../audit/integrity/signing-keys.ts'
import { ensureBundleKey, proposeBundleKey, rotateBundleKey } from './bundle-key.ts'
import { countersignBundleKey, enrolLogKey } from './log-key.ts'
import { type BundleRequest, type SignedBundle, signBundle } from './sign-bundle.ts'
import {
  appendEnrolment,
  handOver,
  statementBy,
  stolenSeed,
  textSource,
  whileSigning,
} from './testing/signing.ts'

let test: TestApp
let sequencer: SequencerContext
beforeEach(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
})
afterEach(() => test.stop())

const request = (more: Partial<BundleRequest> = {}): BundleRequest => ({
  kind: 'certificate',
  subject: { type: 'Certificate', id: 'c-1' },
  by: { actor: { kind: 'system', name: 'test' } },
  files: [textSource('b.txt', 'second'), textSource('a.txt', 'first')],
  entries: [],
  ...more,
})

const bytesOf = async ({ bytes }: SignedBundle): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}
async function* once(bytes: Uint8Array) {
  yield bytes
}
const verify = (bytes: Uint8Array, pinned = test.app.settings.logVerifierKey) =>
  verifyBundle(once(bytes), pinned)
const signed = (more: Partial<BundleRequest> = {}) =>
  whileSigning(sequencer, signBundle(test.app, request(more)))

describe('a bundle that the API signs', () => {
  it('is verified by whoever has the log’s key alone, with the entries that it is about', async () => {
    const [about] = (await appendEntries(test, 3)) as EntryId[]
    const bundle = await signed({ entries: about === undefined ? [] : [about] })
    const found = await verify(await bytesOf(bundle))
    expect(found.manifest).toEqual(bundle.manifest)
    expect(found.manifestHash).toBe(bundle.manifestHash)
    expect(found.manifest.files.map(({ name, size }) => [name, size])).toEqual([
      ['a.txt', 5],
      ['b.txt', 6],
    ])
    expect(found.entries.map(({ entry }) => entry.id)).toEqual([about])
    expect(found.signed.entry).toMatchObject({ action: 'bundle.signed', actor: { name: 'test' } })
    expect(found.enrolled.entry).toMatchObject({ action: 'signing-key.enrolled', actor: { name: 'install' } })
  })

  it('is still verified by the first key of the log after two handovers of either key', async () => {
    const first = test.app.settings.logVerifierKey
    const before = await bytesOf(await signed())
    const bundleKeys = [await ensureBundleKey(test.app)]
    for (let round = 0; round < 2; round++) {
      await handOver(test)
      await sequenceAll(sequencer)
      bundleKeys.push(await rotateBundleKey(test.app, 'Ada'))
      await sequenceAll(sequencer)
    }
    const after = await verify(await bytesOf(await signed()), first)
    expect(new Set(bundleKeys).size).toBe(3)
    expect(after.bundleKey).toBe(bundleKeys[2])
    expect(after.logKeys.all).toHaveLength(3)
    // What was signed before stays what it was, also for whoever has pinned all keys since.
    await expect(verify(before, first)).resolves.toMatchObject({ bundleKey: bundleKeys[0] })
    await expect(verify(before, after.logKeys.pins)).resolves.toMatchObject({ bundleKey: bundleKeys[0] })
  })

  it('is not given as long as the log has not signed what it rests on', async () => {
    await expect(signBundle(test.app, request({ mostMs: 1 }))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('is not given for an entry that is not there, or that the sequencer has refused', async () => {
    const id = '0193521b-7c00-7000-8000-00000000dead' as EntryId
    await expect(signBundle(test.app, request({ entries: [id] }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const statement = {
      purpose: 'bundle',
      origin: test.app.settings.logOrigin,
      key: formatVerifierKey(
        signingKeyName('bundle', test.app.settings.logOrigin),
        ed25519PublicKey(stolenSeed('x')),
      ),
      previous: null,
    } as const
    await whileSigning(sequencer, signBundle(test.app, request()))
    const refused = await appendEnrolment(test, statement, statementBy(statement, [stolenSeed('x')]))
    await expect(signed({ entries: [refused] })).rejects.toMatchObject({ code: 'INTEGRITY' })
  })

  it('holds no file whose name leads elsewhere', async () => {
    for (const name of ['../x', '/x', '.x', 'a//b', ''])
      await expect(signBundle(test.app, request({ files: [textSource(name, '')] }))).rejects.toMatchObject({
        code: 'unsafe-name',
      })
  })
})

describe('the bundle key', () => {
  const enrolments = async () => {
    await sequenceAll(sequencer)
    return (await readEnrolments(test.app.db.sql)).map(({ statement }) => statement?.key)
  }

  it('is made and enrolled once, by whichever process comes first', async () => {
    const other = await test.another()
    const keys = await Promise.all([test.app, other, test.app, other].map((app) => ensureBundleKey(app)))
    await other.close()
    expect(new Set(keys).size).toBe(1)
    expect(await enrolments()).toEqual([keys[0]])
  })

  it('is made for an installation that has none', async () => {
    rmSync(test.files.bundle)
    const key = await ensureBundleKey(test.app)
    expect(readSeeds(test.files.bundle)).toHaveLength(1)
    expect(await enrolments()).toEqual([key])
  })

  it('of another folder is not used, nor handed over from', async () => {
    await ensureBundleKey(test.app)
    rmSync(test.files.bundle)
    createKeyFile(test.files.bundle, randomBytes(32))
    for (const act of [
      () => ensureBundleKey(test.app),
      () => rotateBundleKey(test.app, 'Ada'),
      () => signBundle(test.app, request()),
    ])
      await expect(act()).rejects.toMatchObject({ name: 'BundleKeyMissing' })
    expect(await enrolments()).toHaveLength(1)
  })

  it('that was made by a handover which was cut off is the one that the next enrols', async () => {
    await ensureBundleKey(test.app)
    test.app.bundleSeeds.makeNext()
    const seeds = readSeeds(test.files.bundle)
    const key = await rotateBundleKey(test.app, 'Ada')
    expect(readSeeds(test.files.bundle)).toEqual(seeds)
    expect(await enrolments()).toHaveLength(2)
    expect(await ensureBundleKey(test.app)).toBe(key)
  })
})

describe('a bundle key that is lost', () => {
  const signing = () => ({
    files: test.files,
    origin: test.app.settings.logOrigin,
    pinned: test.app.settings.logVerifierKey,
  })

  it('is replaced by one that the log’s own key signs, and bundles hold as before', async () => {
    const before = await bytesOf(await signed())
    rmSync(test.files.bundle)
    const proposal = await proposeBundleKey(test.app)
    expect(await proposeBundleKey(test.app)).toBe(proposal)
    const note = await countersignBundleKey(test.app.db.sql, proposal, signing())
    expect(await enrolLogKey(test.app, note, 'Ada')).toBe(true)
    await sequenceAll(sequencer)
    const after = await verify(await bytesOf(await signed()))
    expect(after.bundleKey).toBe(await ensureBundleKey(test.app))
    expect(after.enrolled.entry).toMatchObject({ actor: { name: 'operator' }, facts: { operator: 'Ada' } })
    await expect(verify(before)).resolves.toBeDefined()
    // And it is handed over from as any other.
    const next = await rotateBundleKey(test.app, 'Ada')
    await sequenceAll(sequencer)
    expect((await verify(await bytesOf(await signed()))).bundleKey).toBe(next)
  })

  it('is replaced by nothing that the log’s key has not signed, or not of this log and purpose', async () => {
    await ensureBundleKey(test.app)
    await sequenceAll(sequencer)
    rmSync(test.files.bundle)
    const proposal = await proposeBundleKey(test.app)
    await expect(enrolLogKey(test.app, proposal, 'Ada')).rejects.toMatchObject({ name: 'HandoverRefused' })
    for (const note of [
      'x',
      proposal.replace('bundle', 'checkpoint'),
      proposal.replace('test.invalid', 'x.invalid'),
    ])
      await expect(countersignBundleKey(test.app.db.sql, note, signing())).rejects.toMatchObject({
        name: 'HandoverRefused',
      })
    // The log was handed over meanwhile: its key of before is none any more.
    const note = await countersignBundleKey(test.app.db.sql, proposal, signing())
    await handOver(test)
    await sequenceAll(sequencer)
    await expect(enrolLogKey(test.app, note, 'Ada')).rejects.toMatchObject({ name: 'HandoverRefused' })
    const statement = { purpose: 'bundle', origin, key: '', previous: null } as const
    await appendEnrolment(test, statement, note)
    await sequenceAll(sequencer)
    expect(await readEnrolments(test.app.db.sql)).toHaveLength(2)
  })
})

describe('a bundle key that was handed over from', () => {
  /** The entry that whoever has this key and can append entries needs for a bundle. */
  const appendSigned = (key: string) =>
    test.app.audit.commit({
      action: 'bundle.signed',
      outcome: 'success',
      actor: { kind: 'system', name: 'attacker' },
      resource: { type: 'Certificate', id: 'c-2' },
      facts: { kind: 'certificate', manifest: '00'.repeat(32), key, files: 0 },
    })
  const quarantined = async () => {
    await sequenceAll(sequencer)
    return test.app.db.sql<{ entry_id: string; problem: string }[]>`
      select entry_id, problem from audit_quarantine order by entry_id`
  }

  it('signs what was begun before, and nothing that the log takes a thousand entries later', async () => {
    const [before, stranger] = [await ensureBundleKey(test.app), stolenSeed('x').toString('hex')]
    const after = await rotateBundleKey(test.app, 'Ada')
    await appendSigned(before)
    expect(await quarantined()).toEqual([])
    const foreign = await appendSigned(stranger)
    await appendEntries(test, BUNDLE_KEY_GRACE)
    await sequenceAll(sequencer)
    const late = await appendSigned(before)
    await appendSigned(after)
    expect(await quarantined()).toEqual(
      [foreign, late].map((entry_id) => ({ entry_id, problem: 'key-not-in-force' })),
    )
  })

  it('signs nothing from its successor on, where it was lost', async () => {
    const before = await ensureBundleKey(test.app)
    await sequenceAll(sequencer)
    rmSync(test.files.bundle)
    const note = await countersignBundleKey(test.app.db.sql, await proposeBundleKey(test.app), {
      files: test.files,
      origin,
      pinned: test.app.settings.logVerifierKey,
    })
    await enrolLogKey(test.app, note, 'Ada')
    // In one batch with what hands over.
    const late = await appendSigned(before)
    expect(await quarantined()).toEqual([{ entry_id: late, problem: 'key-not-in-force' }])
  })

  it('is named by verify, where a log tells of a bundle by it all the same', async () => {
    const before = await ensureBundleKey(test.app)
    await appendSigned(before)
    await rotateBundleKey(test.app, 'Ada')
    await sequenceAll(sequencer)
    const enrolled = await readEnrolments(test.app.db.sql)
    const [row] = await test.app.db.sql<{ id: EntryId; bytes: Buffer }[]>`
      select id, bytes from audit_entries where action = 'bundle.signed'`
    if (row === undefined) throw new Error('no entry')
    const signed = { entryId: row.id, entry: parseEntry(row.bytes) }
    for (const [index, found] of [
      [1 + BUNDLE_KEY_GRACE, []],
      [2 + BUNDLE_KEY_GRACE, ['key-not-in-force']],
    ] as const) {
      const findings = new Findings()
      const witness = new SigningKeyWitness(test.app.settings.logVerifierKey, findings)
      const entries = [...enrolled.map((one, at) => ({ ...one, index: at })), { ...signed, index }]
      await witness.see(entries.map(({ index, entryId, entry }) => ({ leaf: { index, entryId }, entry })))
      expect(findings.problems.map(({ code }) => code)).toEqual(found)
    }
  })
})

const origin = 'test.invalid/log'

describe('a key that was not handed over to', () => {
  const keyOf = (purpose: 'checkpoint' | 'bundle', seed: Uint8Array) =>
    formatVerifierKey(signingKeyName(purpose, origin), ed25519PublicKey(seed))

  it('does not enter the log, whoever can append entries', async () => {
    const thief = stolenSeed('thief')
    const bundleKey = await ensureBundleKey(test.app)
    await sequenceAll(sequencer)
    const first = test.app.settings.logVerifierKey
    const wanted = [
      { purpose: 'bundle', previous: null, seeds: [thief] },
      {
        purpose: 'checkpoint',
        previous: keyOf('checkpoint', stolenSeed('x')),
        seeds: [thief, stolenSeed('x')],
      },
      { purpose: 'bundle', previous: keyOf('bundle', stolenSeed('x')), seeds: [thief, stolenSeed('x')] },
      // Not signed by the key that they name.
      { purpose: 'checkpoint', previous: first, seeds: [thief, stolenSeed('x')] },
      { purpose: 'bundle', previous: bundleKey, seeds: [thief, thief] },
    ] as const
    for (const { purpose, previous, seeds } of wanted) {
      const statement = { purpose, origin, previous, key: keyOf(purpose, thief) }
      await appendEnrolment(test, statement, statementBy(statement, seeds))
    }
    await sequenceAll(sequencer)
    const refused = await test.app.db.sql<{ problem: string }[]>`select problem from audit_quarantine`
    expect(refused.map(({ problem }) => problem)).toEqual(wanted.map(() => 'key-not-handed-over'))
    expect(await readEnrolments(test.app.db.sql)).toHaveLength(1)
    expect((await readLogKeys(test.app.db.sql, first)).newest).toBe(first)
  })

  it('is named by verify, where it stands in a log all the same', async () => {
    await ensureBundleKey(test.app)
    await sequenceAll(sequencer)
    const [enrolled] = await readEnrolments(test.app.db.sql)
    if (enrolled === undefined) throw new Error('no enrolment')
    const { entry, entryId } = enrolled
    for (const [times, found] of [
      [1, 0],
      [2, 1],
    ] as const) {
      const findings = new Findings()
      const witness = new SigningKeyWitness(test.app.settings.logVerifierKey, findings)
      await witness.see(Array.from({ length: times }, (_, index) => ({ leaf: { index, entryId }, entry })))
      expect(findings.problems.map(({ code }) => code)).toEqual(Array(found).fill('key-not-enrolled'))
    }
  })

  it('does not enter the log a second time, after it was handed over from', async () => {
    const note = await handOver(test)
    await sequenceAll(sequencer)
    const [enrolled] = await readEnrolments(test.app.db.sql)
    if (enrolled?.statement == null) throw new Error('no enrolment')
    await handOver(test)
    await appendEnrolment(test, enrolled.statement, note)
    await sequenceAll(sequencer)
    expect(await readEnrolments(test.app.db.sql)).toHaveLength(2)
    const [row] = await test.app.db.sql<{ n: number }[]>`select count(*)::int as n from audit_quarantine`
    expect(row?.n).toBe(1)
  })
})

describe('what a reader pins after a handover', () => {
  it('has the place of the new key in the log, and no earlier key is taken for a later tree', async () => {
    await appendEntries(test, 2)
    await handOver(test)
    await appendEntries(test, 2)
    await sequenceAll(sequencer)
    const keys = await readLogKeys(test.app.db.sql, test.app.settings.logVerifierKey)
    expect(keys.pins.split('\n')[1]).toMatch(/ \d+$/)
    // A process that is started with these lines goes on.
    writeFileSync(test.files.verifier, `${keys.pins}\n`)
    await appendEntries(test, 1)
    await sequenceAll(sequencerOf(test))
    expect(LogKeys.pinned(keys.pins).keyAt(5)).toBe(keys.newest)
  })
})
