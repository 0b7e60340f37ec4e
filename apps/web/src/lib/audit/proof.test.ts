import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import {
  entryBytes,
  formatCheckpoint,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  nodeHash,
  rootFromLeaves,
  signCheckpoint,
  toBase64,
} from '@chartward/audit'
import { describe, expect, it } from 'vitest'
import { type InclusionMaterial, proveInclusion } from './proof.ts'

const ORIGIN = 'log.example/test'
// PKCS #8 of an Ed25519 key whose seed is 32 bytes of 7.
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
})
const publicKey = new Uint8Array(
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32),
)

const entry = (number: number) => {
  const id = `0193521b-7c00-7000-8000-${String(number).padStart(12, '0')}`
  const bytes = entryBytes({
    v: 1,
    id,
    at: '2026-11-22T02:47:00.000000Z',
    actor: { kind: 'system', name: 'test' },
    sessionId: null,
    requestId: null,
    action: 'home.viewed',
    outcome: 'success',
    resource: { type: 'Home', id: null },
    patientId: null,
    fields: [],
    classes: [],
    masked: [],
    purpose: null,
    statement: null,
    reason: null,
    facts: {},
    ip: null,
    userAgent: null,
    noteHash: null,
    count: number,
    records: null,
    rows: [],
    change: null,
    writer: {
      process: '0193521b-7c00-7000-8000-00000000ffff',
      number: number + 1,
      settled: number,
      void: [],
    },
  })
  return { id, bytes, canonical: new TextDecoder().decode(bytes) }
}

const SIZE = 11
const INDEX = 6
const entries = Array.from({ length: SIZE }, (_, number) => entry(number))
const leaves = entries.map(({ bytes }) => leafHash(bytes))

const nodeAt = (level: number, index: number): Uint8Array => {
  const leaf = leaves[index]
  if (level === 0 && leaf !== undefined) return leaf
  return nodeHash(nodeAt(level - 1, 2 * index), nodeAt(level - 1, 2 * index + 1))
}

const checkpointOf = (size: number, root: Uint8Array) =>
  signCheckpoint(
    formatCheckpoint({ origin: ORIGIN, size, root }),
    ORIGIN,
    (message) => new Uint8Array(sign(null, message, privateKey)),
    publicKey,
  )

const shown = entries[INDEX] ?? entry(INDEX)
const material: InclusionMaterial = {
  bytes: toBase64(shown.bytes),
  index: INDEX,
  size: SIZE,
  proof: inclusionProof(INDEX, SIZE, nodeAt).map(toBase64),
  checkpoint: checkpointOf(SIZE, rootFromLeaves(leaves)),
  verifierKey: formatVerifierKey(ORIGIN, publicKey),
  handovers: [],
}

const failing = async (change: Partial<InclusionMaterial>, on: { id: string; canonical: string } = shown) => {
  const report = await proveInclusion({ ...material, ...change }, on)
  expect(report.ok).toBe(false)
  return report.steps.at(-1)?.name
}

describe('the proof of an entry, step by step', () => {
  it('holds for an entry of the signed tree', async () => {
    const report = await proveInclusion(material, shown)
    expect(report.steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      'The entry true',
      'Its leaf true',
      'The signature true',
      'The size true',
      'The path to the root true',
    ])
    expect(report.ok).toBe(true)
  })
  it('fails where the server proves one entry and shows another', async () => {
    expect(await failing({}, entry(3))).toBe('The entry')
    expect(await failing({}, { ...shown, canonical: shown.canonical.replace('Home', 'User') })).toBe(
      'The entry',
    )
    expect(await failing({ bytes: 'not base64' })).toBe('The entry')
  })
  it('fails where the checkpoint was signed by another key, or says something else', async () => {
    const other = new Uint8Array(publicKey).fill(9, 4, 8)
    expect(await failing({ verifierKey: formatVerifierKey(ORIGIN, other) })).toBe('The signature')
    expect(await failing({ checkpoint: material.checkpoint.replace('\n11\n', '\n12\n') })).toBe(
      'The signature',
    )
  })
  it('fails where the proof is for a tree of another size', async () => {
    expect(await failing({ size: SIZE - 1 })).toBe('The size')
  })
  it('fails where the entry is not in the signed tree', async () => {
    const [first, ...rest] = material.proof
    expect(await failing({ proof: rest })).toBe('The path to the root')
    expect(await failing({ proof: [...rest, first ?? ''] })).toBe('The path to the root')
    expect(await failing({ index: INDEX - 1 })).toBe('The path to the root')
    expect(await failing({ proof: ['?', ...rest] })).toBe('The path to the root')
    expect(await failing({ checkpoint: checkpointOf(SIZE, rootFromLeaves(leaves.toReversed())) })).toBe(
      'The path to the root',
    )
  })
})
