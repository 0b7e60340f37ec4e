import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '#sha256'
import { concatBytes, toHex, utf8 } from '../bytes.ts'
import {
  type BundleErrorCode,
  type BundleManifest,
  type BundleProofs,
  entryBytes,
  leafHash,
  measureSource,
  signBundleManifest,
  verifyBundle,
  writeBundle,
} from '../index.ts'
import { signNoteWith } from '../signed-note.ts'
import { flipped, mintEntry, ORIGIN } from '../testing/mint.ts'
import {
  type MintedKey,
  mintBundleSigned,
  mintEnrolment,
  mintSigner,
  mintStatement,
  mintTree,
} from '../testing/mint-keys.ts'
import { tarHeader } from './tar.ts'

const [log, later] = [mintSigner('checkpoint', 1), mintSigner('checkpoint', 2)]
const [key, next, stranger] = [mintSigner('bundle', 5), mintSigner('bundle', 6), mintSigner('bundle', 7)]

const sourceOf = (name: string, text: string) => ({
  name,
  open: async function* () {
    yield utf8(text)
  },
})
const SOURCES = [sourceOf('decisions.json', '{"decided":1}\n'), sourceOf('sheets/one.csv', 'a,b\n1,2\n')]

interface Wanted {
  readonly manifest?: Partial<BundleManifest>
  readonly note?: (text: string) => string
  readonly signer?: MintedKey
  readonly logSigners?: readonly MintedKey[]
  /** Entries of the log, each by its place; 0 is what the bundle is about, 1 and 2 enrol, 3 hands over. */
  readonly log?: (facts: Record<string, string>) => Uint8Array[]
  readonly proofs?: (proofs: BundleProofs) => BundleProofs
}

const logOf = (facts: Record<string, string>): Uint8Array[] => [
  entryBytes(mintEntry(0)),
  mintEnrolment(1, mintStatement('bundle', key, null)),
  mintEnrolment(2, mintStatement('bundle', next, key)),
  mintEnrolment(3, mintStatement('checkpoint', later, log)),
  mintBundleSigned(4, facts),
  entryBytes(mintEntry(5)),
]

/** A bundle signed by the second key of bundles, under a checkpoint of the log's second key. */
const partsOf = async (wanted: Wanted = {}) => {
  const { signer = next, logSigners = [later] } = wanted
  const files = await Promise.all(
    SOURCES.map(async (source) => ({ ...source, ...(await measureSource(source)) })),
  )
  const manifest: BundleManifest = {
    kind: 'review',
    subject: { type: 'Campaign', id: 'q4' },
    createdAt: '2026-11-30T10:00:00.000000Z',
    origin: ORIGIN,
    entries: [leafHash(entryBytes(mintEntry(0)))],
    files: files.map(({ open: _, ...file }) => file),
    ...wanted.manifest,
  }
  const signed = signBundleManifest(manifest, signer)
  const note = wanted.note?.(signed.text) ?? signed.note
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
  const facts = { manifest: toHex(sha256(utf8(text))), key: signer.verifierKey }
  const tree = mintTree((wanted.log ?? logOf)(facts), logSigners)
  const proofs = {
    logKeys: [tree.proven(3)],
    bundleKeys: [tree.proven(1), tree.proven(2)],
    signed: tree.proven(4),
    entries: [tree.proven(0)],
  }
  return { note, checkpoint: tree.checkpoint, proofs: wanted.proofs?.(proofs) ?? proofs, files }
}

const joined = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return concatBytes(parts)
}
const bundleOf = async (wanted: Wanted = {}) => joined(writeBundle(await partsOf(wanted)))
async function* inChunks(bytes: Uint8Array, size = 700) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const verify = (bytes: Uint8Array, size?: number, pin = log.verifierKey) =>
  verifyBundle(inChunks(bytes, size), pin)
const refused = (code: BundleErrorCode) => expect.objectContaining({ name: 'BundleError', code })

const whole = await bundleOf()

describe('a signed bundle', () => {
  it.each([1, 511, 512, 513, 100_000])('says what it proves, read in portions of %i bytes', async (size) => {
    const verified = await verify(whole, size)
    expect(verified.manifest).toMatchObject({ kind: 'review', subject: { type: 'Campaign', id: 'q4' } })
    expect(verified.manifest.files.map((file) => [file.name, file.size])).toEqual([
      ['decisions.json', 14],
      ['sheets/one.csv', 8],
    ])
    expect(verified.bundleKey).toBe(next.verifierKey)
    expect(verified.logKeys.newest).toBe(later.verifierKey)
    expect(verified.enrolled.index).toBe(2)
    expect(verified.signed).toMatchObject({ index: 4, entry: { action: 'bundle.signed' } })
    expect(verified.entries).toMatchObject([{ index: 0, entry: { action: 'patient.viewed' } }])
    expect(verified.checkpoint.size).toBe(6)
  })

  it('is the same bytes each time, and any tar opens it', async () => {
    expect(await bundleOf()).toEqual(whole)
    const folder = mkdtempSync(join(tmpdir(), 'chartward-bundle-'))
    try {
      writeFileSync(join(folder, 'bundle.tar'), whole)
      execFileSync('tar', ['-xf', 'bundle.tar'], { cwd: folder })
      expect(readFileSync(join(folder, 'files/sheets/one.csv'), 'utf8')).toBe('a,b\n1,2\n')
      const [manifest = ''] = readFileSync(join(folder, 'manifest'), 'utf8').split('\n')
      expect(JSON.parse(manifest)).toMatchObject({ format: 'chartward-bundle/1', kind: 'review' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is refused with any bit of it changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        await expect(verify(flipped(whole, bit))).rejects.toMatchObject({ name: 'BundleError' })
      }),
      { seed: 1, numRuns: 1_500 },
    )
  })

  it('is refused with any bit of its note, checkpoint or proofs changed', async () => {
    const end = whole.length - 2 * 512 - 4 * 512
    for (let at = 0; at < end; at += 7)
      await expect(verify(flipped(whole, at * 8 + (at % 8)))).rejects.toMatchObject({ name: 'BundleError' })
  })

  it('is refused wherever it is cut off, and with anything behind it', async () => {
    for (let end = 0; end < whole.length; end += 97)
      await expect(verify(whole.subarray(0, end))).rejects.toThrowError(refused('truncated'))
    for (const more of [new Uint8Array(1), new Uint8Array(512), utf8('x')])
      await expect(verify(concatBytes([whole, more]))).rejects.toThrowError(refused('trailing-data'))
  })
})

describe('what no tar of a bundle may hold', () => {
  /** The tar with files put in the place of one of them; each is header, bytes and padding. */
  const withFiles = async (...files: (readonly [string, string])[]) => {
    const parts = await partsOf()
    const start = await joined(writeBundle({ ...parts, files: [] }))
    const blocks = files.map(([name, text]) => {
      const bytes = utf8(text)
      return concatBytes([
        tarHeader(name, bytes.length),
        bytes,
        new Uint8Array((512 - (bytes.length % 512)) % 512),
      ])
    })
    return concatBytes([start.subarray(0, -1024), ...blocks, new Uint8Array(1024)])
  }
  const first = ['files/decisions.json', '{"decided":1}\n'] as const
  const second = ['files/sheets/one.csv', 'a,b\n1,2\n'] as const

  it('is put together here as it is written', async () => {
    expect(await withFiles(first, second)).toEqual(whole)
  })
  it.each<[string, BundleErrorCode, (readonly [string, string])[]]>([
    ['a file that is missing', 'missing-file', [first]],
    ['a file in the place of another', 'missing-file', [second, first]],
    ['a file twice', 'duplicate-file', [first, first, second]],
    ['a file twice at the end', 'duplicate-file', [first, second, second]],
    ['a file that the manifest does not name', 'unknown-file', [first, ['files/more.txt', 'x'], second]],
    ['one at the end', 'unknown-file', [first, second, ['more', 'x']]],
    ['a file of another length', 'size-mismatch', [['files/decisions.json', '{}'], second]],
    ['a file that says something else', 'hash-mismatch', [first, ['files/sheets/one.csv', 'a,b\n1,3\n']]],
    ['a path that leads upwards', 'unsafe-name', [first, ['files/../../etc/x', 'x'], second]],
    ['an absolute path', 'unsafe-name', [first, ['/etc/x', 'x'], second]],
    ['a hidden file', 'unsafe-name', [first, ['files/.profile', 'x'], second]],
  ])('%s', async (_, code, files) => {
    await expect(verify(await withFiles(...files))).rejects.toThrowError(refused(code))
  })
  it('a link, or a file of a mode, owner or time', async () => {
    for (const [at, byte] of [
      [100 + 4, '7'],
      [108 + 6, '1'],
      [136 + 10, '1'],
      [156, '2'],
      [157, 'x'],
      [265, 'r'],
      [345, 'd'],
    ] as const) {
      const changed = Uint8Array.from(whole)
      changed.set(utf8(byte), at)
      await expect(verify(changed)).rejects.toThrowError(refused('not-a-bundle'))
    }
  })
  it('a manifest, checkpoint or proofs beyond their size, which is not read', async () => {
    const large = concatBytes([tarHeader('manifest', 500_001), new Uint8Array(1024)])
    await expect(verify(large)).rejects.toThrowError(refused('too-large'))
  })
  it('another file in the place of the manifest', async () => {
    await expect(verify(utf8('not a tar at all'.repeat(100)))).rejects.toMatchObject({ name: 'BundleError' })
    await expect(verify(await withFiles())).rejects.toThrowError(refused('missing-file'))
  })
})

describe('a manifest', () => {
  const resigned = (change: (text: string) => string) => ({
    note: (text: string) => signNoteWith(change(text), [next]),
  })
  it.each<[string, BundleErrorCode, (text: string) => string]>([
    ['spelt with a space', 'manifest-not-canonical', (text) => text.replace('{"', '{ "')],
    ['with a key twice', 'manifest-not-canonical', (text) => text.replace('{"', '{"kind":"review","')],
    ['in another order', 'manifest-not-canonical', (text) => swapped(text)],
    ['of another format', 'unsupported-format', (text) => text.replace('bundle/1', 'bundle/2')],
    ['of another kind', 'manifest-malformed', (text) => text.replace('"review"', '"reviews"')],
    ['that is no JSON', 'manifest-malformed', () => 'x\n'],
    ['that is no object', 'manifest-malformed', () => '[]\n'],
    ['with a key more', 'manifest-malformed', (text) => text.replace('}\n', ',"zebra":1}\n')],
    ['of another log', 'origin-mismatch', (text) => text.replace(ORIGIN, 'other.example/log')],
    ['whose file leads upwards', 'unsafe-name', (text) => text.replace('decisions.json', '../decisions')],
    ['that names a file twice', 'duplicate-file', (text) => text.replace('sheets/one.csv', 'decisions.json')],
    ['whose files are in another order', 'manifest-malformed', (text) => text.replace('decisions', 'z')],
    ['that names too large a file', 'too-large', (text) => text.replace('"size":14', '"size":8589934592')],
    ['whose time is none', 'manifest-malformed', (text) => text.replace('2026-11-30T', 'tomorrow ')],
  ])('%s is refused, though it is signed and in the log', async (_, code, change) => {
    await expect(verify(await bundleOf(resigned(change)))).rejects.toThrowError(refused(code))
  })
  const swapped = (text: string) => {
    const { kind, ...rest } = JSON.parse(text)
    return `${JSON.stringify({ kind, ...rest })}\n`
  }
})

describe('who signed a bundle', () => {
  it('is not believed where no entry enrols the key, or the chain to it is broken', async () => {
    for (const [wanted, code] of [
      [{ proofs: (proofs) => ({ ...proofs, bundleKeys: [] }) }, 'bundle-key-not-enrolled'],
      [
        { proofs: (proofs) => ({ ...proofs, bundleKeys: proofs.bundleKeys.slice(1) }) },
        'bundle-key-not-enrolled',
      ],
      [
        { proofs: (proofs) => ({ ...proofs, bundleKeys: proofs.bundleKeys.slice(0, 1) }) },
        'signature-invalid',
      ],
      [{ proofs: (proofs) => ({ ...proofs, bundleKeys: [proofs.signed] }) }, 'bundle-key-not-enrolled'],
      [{ proofs: (proofs) => ({ ...proofs, bundleKeys: proofs.logKeys }) }, 'bundle-key-not-enrolled'],
      [{ note: (text) => signNoteWith(text, [stranger]) }, 'signature-invalid'],
      [{ note: (text) => signNoteWith(text, [next, stranger]) }, 'signature-invalid'],
      // An enrolment that the key before it has not signed, though it is in the log.
      [
        {
          signer: stranger,
          log: (facts) => logOf(facts).with(2, mintEnrolment(2, mintStatement('bundle', stranger, next))),
        },
        'bundle-key-not-enrolled',
      ],
    ] satisfies [Wanted, BundleErrorCode][]) {
      await expect(verify(await bundleOf(wanted))).rejects.toThrowError(refused(code))
    }
  })

  it('may have been enrolled by the key of the log in force, in the place of one that is lost', async () => {
    const replaced = (by: MintedKey): Wanted => ({
      log: (facts) => logOf(facts).with(2, mintEnrolment(2, mintStatement('bundle', next, by))),
      proofs: (proofs) => ({ ...proofs, bundleKeys: proofs.bundleKeys.slice(1) }),
    })
    await expect(verify(await bundleOf(replaced(log)))).resolves.toMatchObject({
      bundleKey: next.verifierKey,
    })
    // Not yet in force there; not a key of this log at all.
    for (const by of [later, mintSigner('checkpoint', 9)])
      await expect(verify(await bundleOf(replaced(by)))).rejects.toThrowError(
        refused('bundle-key-not-enrolled'),
      )
  })

  it('is not believed where the log does not say that this bundle was signed', async () => {
    for (const wanted of [
      { proofs: (proofs) => ({ ...proofs, signed: proofs.logKeys[0] ?? proofs.signed }) },
      { log: (facts) => logOf({ ...facts, manifest: '00'.repeat(32) }) },
      { log: (facts) => logOf({ ...facts, key: stranger.verifierKey }) },
    ] satisfies Wanted[]) {
      await expect(verify(await bundleOf(wanted))).rejects.toThrowError(refused('not-logged'))
    }
  })

  it('is not believed by a checkpoint of another key, or one with a signature that nobody knows', async () => {
    const thief = mintSigner('checkpoint', 9)
    for (const logSigners of [[log], [thief], [later, thief]])
      await expect(verify(await bundleOf({ logSigners }))).rejects.toThrowError(refused('checkpoint-invalid'))
    const both = await bundleOf({ logSigners: [later, log] })
    await expect(verify(both)).resolves.toMatchObject({ bundleKey: next.verifierKey })
    await expect(verify(whole, 512, thief.verifierKey)).rejects.toThrowError(refused('checkpoint-invalid'))
    await expect(verify(whole, 512, 'x')).rejects.toMatchObject({ code: 'malformed-key' })
  })

  it('does not prove an entry that the manifest does not name, nor one that is not in the tree', async () => {
    for (const wanted of [
      { proofs: (proofs) => ({ ...proofs, entries: [] }) },
      { proofs: (proofs) => ({ ...proofs, entries: [...proofs.entries, ...proofs.entries] }) },
      { proofs: (proofs) => ({ ...proofs, entries: [proofs.signed] }) },
      {
        proofs: (proofs) => ({ ...proofs, entries: proofs.entries.map((entry) => ({ ...entry, index: 5 })) }),
      },
    ] satisfies Wanted[]) {
      await expect(verify(await bundleOf(wanted))).rejects.toThrowError(refused('entry-not-proven'))
    }
  })
})

describe('a source that changes while it is bundled', () => {
  it.each([
    ['size-mismatch', '{"decided":1}'],
    ['size-mismatch', '{"decided":11}\n'],
    ['hash-mismatch', '{"decided":2}\n'],
  ] as const)('ends the writing (%s)', async (code, text) => {
    const parts = await partsOf()
    const [first, ...rest] = parts.files
    if (first === undefined) throw new Error('no file')
    const files = [{ ...first, open: sourceOf('', text).open }, ...rest]
    await expect(joined(writeBundle({ ...parts, files }))).rejects.toThrowError(refused(code))
  })
})
