import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeLogBundle } from '../bundle/write.ts'
import { entryBytes, LogKeys, verifyCheckpointBy, verifyKeyStatement, verifyLogBundle } from '../index.ts'
import { mintEntry } from '../testing/mint.ts'
import { mintEnrolment, mintSigner, mintStatement, mintTree } from '../testing/mint-keys.ts'

const [first, second, third, thief] = [1, 2, 3, 4].map((seed) => mintSigner('checkpoint', seed)) as [
  ReturnType<typeof mintSigner>,
  ReturnType<typeof mintSigner>,
  ReturnType<typeof mintSigner>,
  ReturnType<typeof mintSigner>,
]
const code = (expected: string) => expect.objectContaining({ name: 'AuditError', code: expected })
const filler = (n: number) => entryBytes(mintEntry(n))

/** A log of 12 entries that was handed over twice: by leaf 3, and by leaf 7. */
const ENTRIES = Array.from({ length: 12 }, (_, n) => {
  if (n === 3) return mintEnrolment(n, mintStatement('checkpoint', second, first))
  if (n === 7) return mintEnrolment(n, mintStatement('checkpoint', third, second))
  return filler(n)
})
const treeOf = (size: number, ...signers: (typeof first)[]) => mintTree(ENTRIES.slice(0, size), signers)
const handovers = (tree: ReturnType<typeof treeOf>, ...at: number[]) => at.map((index) => tree.proven(index))
const exported = async (entries: readonly Uint8Array[], checkpoint: string, pins: string) => {
  const leaves = async function* () {
    for (const [index, bytes] of entries.entries()) yield { index, bytes }
  }
  return verifyLogBundle(writeLogBundle(leaves(), checkpoint), pins)
}

describe('a log that was handed over twice', () => {
  it('verifies for whoever has pinned the first key, whose signature it no longer has', async () => {
    const tree = treeOf(12, third)
    const { checkpoint, keys } = await verifyCheckpointBy(
      tree.checkpoint,
      first.verifierKey,
      handovers(tree, 3, 7),
    )
    expect(checkpoint.size).toBe(12)
    expect(keys.newest).toBe(third.verifierKey)
    expect(keys.pins).toBe(`${first.verifierKey}\n${second.verifierKey} 3\n${third.verifierKey} 7`)
    expect(LogKeys.pinned(`${keys.pins}\n`).pins).toBe(keys.pins)
    const report = await exported(ENTRIES, tree.checkpoint, first.verifierKey)
    expect(report).toMatchObject({ ok: true, size: 12, pins: keys.pins })
    expect(await exported(ENTRIES, tree.checkpoint, keys.pins)).toMatchObject({ ok: true })
  })

  it.each([
    [3, 'first'],
    [4, 'second'],
    [7, 'second'],
    [8, 'third'],
  ] as const)('has its tree of %i entries signed by the %s key alone', async (size, signer) => {
    const keys = { first, second, third }
    for (const [name, key] of Object.entries(keys)) {
      const tree = treeOf(size, key)
      const report = await exported(ENTRIES.slice(0, size), tree.checkpoint, first.verifierKey)
      expect([name, report.ok]).toEqual([name, name === signer])
    }
  })

  it('carries both signatures for a time, and so verifies also for a reader who knows of no handover', async () => {
    const tree = treeOf(6, second, first)
    expect(await exported(ENTRIES.slice(0, 6), tree.checkpoint, first.verifierKey)).toMatchObject({
      ok: true,
    })
    await expect(verifyCheckpointBy(tree.checkpoint, first.verifierKey, [])).resolves.toBeDefined()
    await expect(verifyCheckpointBy(tree.checkpoint, second.verifierKey, [])).resolves.toBeDefined()
  })
})

describe('a key that was handed over from, and stolen', () => {
  it('signs no later tree that a reader takes who knows of the handover', async () => {
    // The thief leaves the handover out, and signs a history of their own.
    const forged = Array.from({ length: 12 }, (_, n) => filler(100 + n))
    const tree = mintTree(forged, [first])
    const known = `${first.verifierKey}\n${second.verifierKey} 3`
    await expect(verifyCheckpointBy(tree.checkpoint, known, [])).rejects.toThrowError(
      code('missing-signature'),
    )
    expect((await exported(forged, tree.checkpoint, known)).problems).toEqual([
      expect.objectContaining({ code: 'bad-signature' }),
    ])
    // Trees from before the handover it may sign: they hold nothing that the real ones do not.
    const early = treeOf(3, first)
    await expect(verifyCheckpointBy(early.checkpoint, known, [])).resolves.toBeDefined()
  })

  it('can not take the place of the newest in the log itself', async () => {
    const entries = [...ENTRIES, mintEnrolment(12, mintStatement('checkpoint', thief, first)), filler(13)]
    const tree = mintTree(entries, [thief])
    const report = await exported(entries, tree.checkpoint, first.verifierKey)
    expect(report.problems.map(({ code: found }) => found)).toEqual(['bad-signature', 'key-not-enrolled'])
    await expect(
      verifyCheckpointBy(
        tree.checkpoint,
        first.verifierKey,
        [3, 7, 12].map((at) => tree.proven(at)),
      ),
    ).rejects.toThrowError(code('key-not-enrolled'))
  })
})

describe('a handover', () => {
  it('is refused where it is not in the tree that the checkpoint is of', async () => {
    const tree = treeOf(12, third)
    const [one, two] = handovers(tree, 3, 7)
    if (one === undefined || two === undefined) throw new Error('no handovers')
    for (const wrong of [
      [{ ...one, index: 4 }, two],
      [{ ...one, proof: one.proof.slice(1) }, two],
      [{ ...one, bytes: filler(3) }, two],
      [two],
      [two, one],
      [tree.proven(2), one, two],
    ]) {
      await expect(verifyCheckpointBy(tree.checkpoint, first.verifierKey, wrong)).rejects.toThrowError(
        code('key-not-enrolled'),
      )
    }
    await expect(verifyCheckpointBy(tree.checkpoint, first.verifierKey, [one])).rejects.toThrowError(
      code('missing-signature'),
    )
  })

  it('counts only if both keys have signed it, and nobody else', async () => {
    for (const signers of [[second], [first], [first, second], [second, thief], [second, first, thief]]) {
      const note = mintStatement('checkpoint', second, first, signers)
      await expect(verifyKeyStatement(note)).rejects.toMatchObject({ name: 'AuditError' })
      expect(await LogKeys.pinned(first.verifierKey).enrol(3, note)).toBe(false)
    }
    const bundle = mintStatement('bundle', mintSigner('bundle', 5), null)
    expect(await LogKeys.pinned(first.verifierKey).enrol(3, bundle)).toBe(false)
    expect(() => mintStatement('checkpoint', second, null)).toThrowError(code('malformed-statement'))
    expect(() => mintStatement('checkpoint', mintSigner('bundle', 5), first)).toThrowError(
      code('malformed-statement'),
    )
  })

  it('is void with any bit of it changed', async () => {
    const note = Buffer.from(mintStatement('checkpoint', second, first))
    await fc.assert(
      fc.asyncProperty(fc.nat(note.length * 8 - 1), async (bit) => {
        const changed = Buffer.from(note)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        await expect(verifyKeyStatement(changed.toString('utf8'))).rejects.toMatchObject({
          name: 'AuditError',
        })
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('what a reader pins', () => {
  it.each([
    ['nothing', ''],
    ['a line that is no key', 'x'],
    ['a later key without its leaf', `${first.verifierKey}\n${second.verifierKey}`],
    ['a key of another log', `${first.verifierKey}\n${mintSigner('checkpoint', 2, 'other').verifierKey} 3`],
    ['leaves out of order', `${first.verifierKey}\n${second.verifierKey} 7\n${third.verifierKey} 3`],
  ])('is refused where it is %s', (_, text) => {
    expect(() => LogKeys.pinned(text)).toThrowError(code('malformed-key'))
  })
})
