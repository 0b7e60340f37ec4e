import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import {
  type AuditEntry,
  type AuditEntryBase,
  checkEntry,
  entryBytes,
  formatCheckpoint,
  formatVerifierKey,
  type KeyPurpose,
  leafHash,
  measureSource,
  type NoteSigner,
  type ProvenEntry,
  rootFromLeaves,
  signBundleManifest,
  signCheckpointWith,
  signingKeyName,
  signKeyStatement,
  writeBundle,
} from '@chartward/audit'

const ORIGIN = 'other.example/log'

const newKey = (purpose: KeyPurpose): NoteSigner & { readonly verifierKey: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
  const name = signingKeyName(purpose, ORIGIN)
  return {
    name,
    publicKey: raw,
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
    verifierKey: formatVerifierKey(name, raw),
  }
}

const entryOf = (number: number, more: Pick<AuditEntryBase, 'action' | 'facts' | 'change'>): AuditEntry =>
  checkEntry({
    v: 1,
    id: `0193521b-7c00-7000-8000-${String(number).padStart(12, '0')}`,
    at: '2026-11-22T02:47:00.000000Z',
    actor: { kind: 'system', name: 'test' },
    sessionId: null,
    requestId: null,
    outcome: 'success',
    resource: { type: 'Bundle', id: null },
    patientId: null,
    fields: [],
    classes: [],
    masked: [],
    purpose: null,
    statement: null,
    reason: null,
    ip: null,
    userAgent: null,
    noteHash: null,
    count: null,
    records: null,
    rows: [],
    writer: {
      process: '0193521b-7c00-7000-8000-00000000ffff',
      number: number + 1,
      settled: number,
      void: [],
    },
    ...more,
  })

/** A signed bundle of a log of two entries, and the key of that log. */
export const mintBundle = async (): Promise<{ readonly bytes: Uint8Array; readonly verifierKey: string }> => {
  const [log, bundle] = [newKey('checkpoint'), newKey('bundle')]
  const open = async function* () {
    yield new TextEncoder().encode('x'.repeat(3_000))
  }
  const files = [{ ...(await measureSource({ name: 'decisions.json', open })), open }]
  const manifest = {
    kind: 'review' as const,
    subject: { type: 'Campaign', id: 'autumn' },
    createdAt: '2026-11-22T02:47:00.000000Z',
    origin: ORIGIN,
    entries: [],
    files: files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  }
  const { text, note } = signBundleManifest(manifest, bundle)
  const statement = signKeyStatement(
    { purpose: 'bundle', origin: ORIGIN, key: bundle.verifierKey, previous: null },
    [bundle],
  )
  const entries = [
    entryOf(0, {
      action: 'signing-key.enrolled',
      facts: { purpose: 'bundle' },
      change: { before: null, after: { statement } },
    }),
    entryOf(1, {
      action: 'bundle.signed',
      facts: { manifest: createHash('sha256').update(text).digest('hex'), key: bundle.verifierKey },
      change: null,
    }),
  ].map(entryBytes)
  const leaves = entries.map((entry) => leafHash(entry))
  const proven = (index: 0 | 1): ProvenEntry => ({
    index,
    bytes: entries[index] ?? new Uint8Array(),
    proof: leaves.slice(1 - index, 2 - index),
  })
  const checkpoint = signCheckpointWith(
    formatCheckpoint({ origin: ORIGIN, size: 2, root: rootFromLeaves(leaves) }),
    [log],
  )
  const parts = {
    note,
    checkpoint,
    proofs: { logKeys: [], bundleKeys: [proven(0)], signed: proven(1), entries: [] },
    files,
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of writeBundle(parts)) chunks.push(chunk)
  return { bytes: Buffer.concat(chunks), verifierKey: log.verifierKey }
}
