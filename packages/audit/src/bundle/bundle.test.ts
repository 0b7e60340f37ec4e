import { describe, expect, it } from 'vitest'
import { toBase64 } from '../base64.ts'
import { utf8 } from '../bytes.ts'
import { formatCheckpoint, signCheckpoint } from '../checkpoint.ts'
import { entryBytes, leafHash } from '../leaf.ts'
import { EMPTY_ROOT, rootFromLeaves } from '../merkle/frontier.ts'
import {
  flipped,
  KEY,
  mintCheckpoint,
  mintEntry,
  mintKey,
  mintLog,
  ORIGIN,
  VERIFIER_KEY,
} from '../testing/mint.ts'
import { MAX_LINE_LENGTH } from './format.ts'
import { splitLines } from './split-lines.ts'
import { verifyLogBundle } from './verify.ts'
import { type BundleEntry, writeLogBundle } from './write.ts'

async function* stream<T>(items: Iterable<T>): AsyncIterable<T> {
  yield* items
}

const write = async (entries: Iterable<BundleEntry>, checkpoint: string): Promise<string[]> => {
  const lines: string[] = []
  for await (const line of writeLogBundle(stream(entries), checkpoint)) lines.push(line)
  return lines
}

const SIZE = 21
const log = mintLog(SIZE)
const bundle = await write(log.entries, log.checkpoint)
const verify = (lines: Iterable<string>) => verifyLogBundle(stream(lines), VERIFIER_KEY)
/** The line of entry `index` stands after the manifest. */
const at = (index: number) => index + 1
const without = (index: number) => bundle.toSpliced(at(index), 1)
const line = (index: number) => bundle[at(index)] ?? ''
const named = (problems: { index: number | null; code: string }[]) =>
  problems.map(({ index, code }) => [index, code])

/** The line of entry `index` with other parts. */
const relined = (index: number, parts: Record<string, unknown>): string[] =>
  bundle.with(at(index), JSON.stringify({ ...JSON.parse(line(index)), ...parts }))

describe('a bundle as it was written', () => {
  it.each([0, 1, 2, 3, 8, 100])('verifies, with %d entries', async (size) => {
    const { entries, checkpoint, root } = mintLog(size)
    expect(await verify(await write(entries, checkpoint))).toEqual({
      ok: true,
      origin: ORIGIN,
      size,
      root,
      lines: size,
      problems: [],
      problemCount: 0,
      firstUnvouched: null,
      pins: null,
    })
  })

  it('verifies without its newlines too, and without leaf hashes given by the log', async () => {
    expect(await verify(bundle.map((text) => text.trimEnd()))).toMatchObject({ ok: true })
    const bare = log.entries.map(({ index, bytes }) => ({ index, bytes }))
    expect(await write(bare, log.checkpoint)).toEqual(bundle)
  })

  it('verifies through bytes cut anywhere', async () => {
    const bytes = utf8(bundle.join(''))
    for (const width of [1, 7, 1000, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / width) }, (_, i) =>
        bytes.subarray(i * width, (i + 1) * width),
      )
      expect(await verifyLogBundle(splitLines(stream(chunks)), VERIFIER_KEY)).toMatchObject({
        ok: true,
        lines: SIZE,
      })
    }
  })

  it('refuses to be asked without a verifier key', async () => {
    await expect(verifyLogBundle(stream(bundle), 'no key')).rejects.toThrowError(
      expect.objectContaining({ code: 'malformed-key' }),
    )
  })
})

describe('sabotage is named:', () => {
  it('an entry changed, its leaf hash left: that entry, and all others stay vouched for', async () => {
    for (let index = 0; index < SIZE; index++) {
      const changed = toBase64(entryBytes({ ...mintEntry(index), purpose: 'changed' }))
      const { ok, problems, firstUnvouched } = await verify(relined(index, { e: changed }))
      expect(ok).toBe(false)
      expect(named(problems)).toEqual([[index, 'leaf-hash-mismatch']])
      expect(firstUnvouched).toBe(index)
    }
  })

  it('a leaf hash changed, its entry left: that entry, which the root still vouches for', async () => {
    const { problems, firstUnvouched } = await verify(
      relined(6, { h: toBase64(flipped(leafHash(utf8('')), 1)) }),
    )
    expect(named(problems)).toEqual([[6, 'leaf-hash-mismatch']])
    expect(firstUnvouched).toBeNull()
  })

  it('an entry and its leaf hash changed alike: the root', async () => {
    const bytes = entryBytes({ ...mintEntry(9), purpose: 'changed' })
    const { ok, problems, firstUnvouched } = await verify(
      relined(9, { e: toBase64(bytes), h: toBase64(leafHash(bytes)) }),
    )
    expect(ok).toBe(false)
    expect(named(problems)).toEqual([[null, 'root-mismatch']])
    expect(firstUnvouched).toBe(0)
  })

  it('an entry deleted', async () => {
    for (const index of [0, 5, SIZE - 2]) {
      const { ok, problems, firstUnvouched } = await verify(without(index))
      expect(ok).toBe(false)
      expect(named(problems)).toEqual([[index, 'missing-entry']])
      expect(firstUnvouched).toBe(0)
    }
  })

  it('several entries deleted: each gap once', async () => {
    const { problems } = await verify(bundle.filter((_, i) => ![at(2), at(5), at(6), at(7)].includes(i)))
    expect(problems.map(({ detail }) => detail)).toEqual(['entry 2 is missing', 'entries 5 to 7 are missing'])
  })

  it('an entry deleted and the later ones moved up: the cut tail', async () => {
    const moved = log.entries.toSpliced(4, 1).map((entry, index) => ({ ...entry, index }))
    const { problems } = await verify(await write(moved, log.checkpoint))
    expect(named(problems)).toEqual([[SIZE - 1, 'truncated']])
  })

  it('an entry lost in the log, its leaf hash kept: that entry, and all others stay vouched for', async () => {
    const damaged = log.entries.map((entry) => (entry.index === 12 ? { ...entry, bytes: null } : entry))
    const { ok, problems, firstUnvouched } = await verify(await write(damaged, log.checkpoint))
    expect(ok).toBe(false)
    expect(named(problems)).toEqual([[12, 'missing-entry']])
    expect(firstUnvouched).toBe(12)
  })

  it('an entry there twice, once more or instead of another', async () => {
    const again = await verify(bundle.toSpliced(at(4), 0, line(3)))
    expect(named(again.problems)).toEqual([[3, 'duplicated-entry']])
    const instead = await verify(bundle.with(at(4), line(3)))
    expect(named(instead.problems)).toEqual([
      [3, 'duplicated-entry'],
      [4, 'missing-entry'],
    ])
  })

  it('an entry inserted and the later ones moved down: the root, and what stands beyond the end', async () => {
    const forged = { bytes: entryBytes(mintEntry(500)), leafHash: leafHash(entryBytes(mintEntry(500))) }
    const moved = log.entries
      .toSpliced(4, 0, { index: 4, ...forged })
      .map((entry, index) => ({ ...entry, index }))
    const { problems } = await verify(await write(moved, log.checkpoint))
    expect(named(problems)).toEqual([
      [SIZE, 'trailing-data'],
      [null, 'root-mismatch'],
    ])
  })

  it('two entries changed: both, and the first of them is where doubt begins', async () => {
    const changed = (index: number) => toBase64(entryBytes({ ...mintEntry(index), purpose: 'changed' }))
    const text = JSON.stringify({ ...JSON.parse(line(11)), e: changed(11) })
    const { problems, firstUnvouched } = await verify(relined(4, { e: changed(4) }).with(at(11), text))
    expect(named(problems)).toEqual([
      [4, 'leaf-hash-mismatch'],
      [11, 'leaf-hash-mismatch'],
    ])
    expect(firstUnvouched).toBe(4)
  })

  it('an entry that comes late out of a gap: the rest of the gap stays missing on both sides', async () => {
    const kept = bundle.filter((_, i) => i < at(3) || i > at(9))
    const { problems } = await verify([...kept, line(6)])
    expect(problems.map(({ code, detail }) => [code, detail])).toEqual([
      ['out-of-order', 'entry 6 comes after later ones'],
      ['missing-entry', 'entries 3 to 5 are missing'],
      ['missing-entry', 'entries 7 to 9 are missing'],
    ])
  })

  it('two entries in each other’s place', async () => {
    const { ok, problems } = await verify(bundle.with(at(7), line(8)).with(at(8), line(7)))
    expect(ok).toBe(false)
    expect(named(problems)).toEqual([[7, 'out-of-order']])
  })

  it('two entries in each other’s place under each other’s index: the root', async () => {
    const { entries } = log
    const swap = entries.map((entry, index) => ({
      ...(entries[index === 7 ? 8 : index === 8 ? 7 : index] ?? entry),
      index,
    }))
    expect(named((await verify(await write(swap, log.checkpoint))).problems)).toEqual([
      [null, 'root-mismatch'],
    ])
  })

  it('a tail cut off, at a line or within one, or all of it', async () => {
    expect(named((await verify(bundle.slice(0, at(15)))).problems)).toEqual([[15, 'truncated']])
    expect(named((await verify(bundle.slice(0, 1))).problems)).toEqual([[0, 'truncated']])
    const within = [...bundle.slice(0, at(SIZE - 1)), line(SIZE - 1).slice(0, 50)]
    expect(named((await verify(within)).problems)).toEqual([
      [null, 'malformed-entry'],
      [SIZE - 1, 'truncated'],
    ])
  })

  it('something after the end', async () => {
    expect(named((await verify([...bundle, 'more'])).problems)).toEqual([[null, 'trailing-data']])
    const beyond = line(0).replace('"i":0', `"i":${SIZE}`)
    expect(named((await verify([...bundle, beyond])).problems)).toEqual([[SIZE, 'trailing-data']])
  })

  it('a line that is not well formed, by its number where it names no entry', async () => {
    const spoilt = ['', '{', '[]', 'null', '{"i":3}', '{"i":-1,"e":null,"h":null}', '{"i":"3","e":"","h":""}']
    const extra = line(3).replace('"i":3', '"i":3,"x":1')
    for (const text of [...spoilt, extra, `${line(3).trimEnd()}${' '.repeat(MAX_LINE_LENGTH)}`]) {
      const { problems } = await verify(bundle.with(at(3), text))
      expect(named(problems)).toEqual([
        [null, 'malformed-entry'],
        [3, 'missing-entry'],
      ])
      expect(problems[0]?.detail).toContain('line 5')
    }
  })

  it('an entry that is not strict base64: that entry, and all others stay vouched for', async () => {
    for (const e of ['!', 1, `${toBase64(utf8('abc'))}\n`]) {
      const { problems, firstUnvouched } = await verify(relined(3, { e }))
      expect(named(problems)).toEqual([[3, 'malformed-entry']])
      expect(firstUnvouched).toBe(3)
    }
  })

  it('a leaf hash that is not well formed: that entry, which the root still vouches for', async () => {
    for (const h of [null, 'AAAA', 7]) {
      const { problems, firstUnvouched } = await verify(relined(3, { h }))
      expect(named(problems)).toEqual([[3, 'malformed-entry']])
      expect(firstUnvouched).toBeNull()
    }
  })

  it('a signed leaf that is no audit entry', async () => {
    const bytes = [entryBytes(mintEntry(0)), utf8('{"name":"John Doe"}')]
    const checkpoint = mintCheckpoint(2, rootFromLeaves(bytes.map(leafHash)))
    const lines = await write(
      bytes.map((entry, index) => ({ index, bytes: entry })),
      checkpoint,
    )
    const { problems, firstUnvouched } = await verify(lines)
    expect(named(problems)).toEqual([[1, 'malformed-entry']])
    expect(problems[0]?.detail).not.toContain('John')
    expect(firstUnvouched).toBeNull()
  })

  it('a checkpoint that the log’s key did not sign: nothing is vouched for, and no size or root is repeated', async () => {
    const forged = await write(log.entries, mintCheckpoint(SIZE, log.root, mintKey(2)))
    const result = await verify(forged)
    expect(named(result.problems)).toEqual([[null, 'bad-signature']])
    expect(result).toMatchObject({ ok: false, origin: null, size: null, root: null, firstUnvouched: 0 })
  })

  it('a signed checkpoint over another tree, or of another log', async () => {
    const root = await verify(await write(log.entries, mintCheckpoint(SIZE, flipped(log.root, 0))))
    expect(named(root.problems)).toEqual([[null, 'root-mismatch']])
    const text = formatCheckpoint({ origin: 'other.example', size: SIZE, root: log.root })
    const other = await write(log.entries, signCheckpoint(text, 'other.example', KEY.sign, KEY.publicKey))
    expect(named((await verify(other)).problems)).toEqual([[null, 'bad-signature']])
  })

  it('a rebuilt log under an old, smaller checkpoint', async () => {
    const older = mintLog(10)
    const { problems } = await verify(await write(log.entries.slice(0, 11), older.checkpoint))
    expect(named(problems)).toEqual([[10, 'trailing-data']])
  })

  it('a manifest that says otherwise than its checkpoint', async () => {
    const manifest = JSON.parse(bundle[0] ?? '')
    for (const parts of [{ size: SIZE - 1 }, { origin: 'other' }]) {
      const { problems } = await verify(bundle.with(0, JSON.stringify({ ...manifest, ...parts })))
      expect(named(problems)).toEqual([[null, 'manifest-mismatch']])
    }
  })

  it('a manifest that is none, and no manifest at all', async () => {
    const manifest = JSON.parse(bundle[0] ?? '')
    const spoilt = [
      { format: 'chartward-log/2' },
      { from: 1 },
      { size: -1 },
      { checkpoint: null },
      { extra: 1 },
    ]
    const firsts = [...spoilt.map((parts) => JSON.stringify({ ...manifest, ...parts })), 'x', line(0)]
    for (const first of firsts) {
      const result = await verify(bundle.with(0, first))
      expect(named(result.problems)).toEqual([[null, 'malformed-manifest']])
      expect(result).toMatchObject({ ok: false, size: null, firstUnvouched: 0 })
    }
    expect(named((await verify([])).problems)).toEqual([[null, 'malformed-manifest']])
  })

  it('a checkpoint that is no note', async () => {
    const manifest = { ...JSON.parse(bundle[0] ?? ''), checkpoint: 'x' }
    expect(named((await verify(bundle.with(0, JSON.stringify(manifest)))).problems)).toEqual([
      [null, 'bad-signature'],
    ])
  })

  it('entries in an empty log', async () => {
    const lines = await write(log.entries.slice(0, 1), mintCheckpoint(0, EMPTY_ROOT))
    expect(named((await verify(lines)).problems)).toEqual([[0, 'trailing-data']])
  })

  it('several damages at once', async () => {
    const lines = without(2).toSpliced(at(8), 0, line(0))
    const { problems } = await verify([...lines, 'more'])
    expect(named(problems)).toEqual([
      [0, 'duplicated-entry'],
      [null, 'trailing-data'],
      [2, 'missing-entry'],
    ])
  })
})

describe('memory stays flat', () => {
  it('with more damage than anyone reads: it is counted, and the first 1,000 are told', async () => {
    function* damage() {
      yield bundle[0] ?? ''
      for (let i = 0; i < 5_000; i++) yield 'not a line'
    }
    const { problems, problemCount } = await verify(damage())
    expect(problems).toHaveLength(1_000)
    expect(problemCount).toBe(5_001)
  })

  it('with more gaps than are remembered: every one is still counted', async () => {
    const size = 6_001
    function* sparse() {
      const checkpoint = mintCheckpoint(size, EMPTY_ROOT)
      yield JSON.stringify({ format: 'chartward-log/1', origin: ORIGIN, from: 0, size, checkpoint })
      for (let index = 0; index < size; index += 2) yield line(0).replace('"i":0', `"i":${index}`)
    }
    const { problems, problemCount } = await verify(sparse())
    expect(problemCount).toBe(3_000)
    expect(problems.every(({ code }) => code === 'missing-entry')).toBe(true)
  })

  it('with a line that never ends', async () => {
    const chunks = [
      utf8(`${bundle[0]}`),
      ...Array.from({ length: 50 }, () => utf8('x'.repeat(100_000))),
      utf8('\ny'),
    ]
    const lines: number[] = []
    for await (const text of splitLines(stream(chunks))) lines.push(text.length)
    expect(lines).toEqual([(bundle[0] ?? '').length - 1, MAX_LINE_LENGTH + 1, 1])
  })
})
