import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import {
  type AuditEntry,
  type BundleEntry,
  entryBytes,
  formatCheckpoint,
  formatVerifierKey,
  leafHash,
  rootFromLeaves,
  signCheckpoint,
} from '../index.ts'

/** A valid entry that differs from every other number's. */
export const mintEntry = (n = 0): AuditEntry<'patient.viewed'> => {
  const tail = n.toString(16).padStart(12, '0')
  return {
    v: 1,
    id: `01936b2c-7d1e-7000-8000-${tail}`,
    at: `2026-11-22T02:47:00.${String(n).padStart(6, '0')}Z`,
    actor: { kind: 'user', id: `01936b2c-7d1e-7000-9000-${tail}` },
    sessionId: 's-1',
    requestId: 'r-1',
    action: 'patient.viewed',
    outcome: 'success',
    resource: { type: 'patient', id: `01936b2c-7d1e-7000-a000-${tail}` },
    patientId: `01936b2c-7d1e-7000-a000-${tail}`,
    fields: ['Patient.birthDate', 'Patient.name'],
    classes: ['identity'],
    masked: [],
    purpose: 'treatment',
    statement: 'clinician-care-team',
    reason: 'in the care team',
    facts: { roles: ['clinician@3'], stepUpAge: null, relationship: 'care-1' },
    ip: '127.0.0.1',
    userAgent: 'test',
    noteHash: null,
    count: null,
    records: null,
    rows: [],
    change: null,
    writer: { process: '01936b2c-7d1e-7000-b000-000000000001', number: n + 1, settled: n, void: [] },
  }
}

/** An Ed25519 key from a seed of 32 equal bytes, so that every run signs alike. */
export const mintKey = (seed: number) => {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, seed),
  ])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const publicKey = new Uint8Array(
    createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32),
  )
  return { publicKey, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)) }
}

export const ORIGIN = 'chartward.example/log'
export const KEY = mintKey(1)
export const VERIFIER_KEY = formatVerifierKey(ORIGIN, KEY.publicKey)

export const mintCheckpoint = (size: number, root: Uint8Array, key = KEY): string =>
  signCheckpoint(formatCheckpoint({ origin: ORIGIN, size, root }), ORIGIN, key.sign, key.publicKey)

/** `size` stored entries and the signed checkpoint over them. */
export const mintLog = (
  size: number,
): {
  entries: Required<BundleEntry>[]
  checkpoint: string
  root: Uint8Array
} => {
  const entries = Array.from({ length: size }, (_, index) => {
    const bytes = entryBytes(mintEntry(index))
    return { index, bytes, leafHash: leafHash(bytes) }
  })
  const root = rootFromLeaves(entries.map((entry) => entry.leafHash))
  return { entries, checkpoint: mintCheckpoint(size, root), root }
}

/** A copy of `bytes` with one bit flipped. */
export const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = new Uint8Array(bytes)
  const at = Math.floor(bit / 8) % copy.length
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}
