import {
  type AuditEntry,
  entryBytes,
  formatCheckpoint,
  formatVerifierKey,
  inclusionProof,
  type KeyPurpose,
  leafHash,
  type NoteSigner,
  nodeHash,
  type ProvenEntry,
  rootFromLeaves,
  signCheckpointWith,
  signingKeyName,
  signKeyStatement,
} from '../index.ts'
import { mintEntry, mintKey, ORIGIN } from './mint.ts'

export interface MintedKey extends NoteSigner {
  readonly verifierKey: string
}

/** A key of a purpose, from a seed of 32 equal bytes. */
export const mintSigner = (purpose: KeyPurpose, seed: number, origin = ORIGIN): MintedKey => {
  const key = mintKey(seed)
  const name = signingKeyName(purpose, origin)
  return { name, ...key, verifierKey: formatVerifierKey(name, key.publicKey) }
}

/** The statement of a key, signed by it and whoever hands over to it. */
export const mintStatement = (
  purpose: KeyPurpose,
  key: MintedKey,
  previous: MintedKey | null,
  signers: readonly NoteSigner[] = previous === null ? [key] : [key, previous],
): string =>
  signKeyStatement(
    { purpose, origin: ORIGIN, key: key.verifierKey, previous: previous?.verifierKey ?? null },
    signers,
  )

const plain = (n: number, more: Partial<AuditEntry>): Uint8Array => {
  const { patientId: _, ...rest } = mintEntry(n)
  const entry: unknown = { ...rest, patientId: null, resource: { type: 'none', id: null }, ...more }
  return entryBytes(entry as AuditEntry)
}

/** The entry that enrols a key by this statement. */
export const mintEnrolment = (n: number, statement: string): Uint8Array =>
  plain(n, { action: 'signing-key.enrolled', change: { before: null, after: { statement } } })

/** The entry about a bundle. */
export const mintBundleSigned = (n: number, facts: AuditEntry['facts']): Uint8Array =>
  plain(n, { action: 'bundle.signed', facts })

/** Of the tree over these entries: a checkpoint by these keys, and the proof of each entry. */
export const mintTree = (entries: readonly Uint8Array[], signers: readonly NoteSigner[], origin = ORIGIN) => {
  const leaves = entries.map((bytes) => leafHash(bytes))
  const nodeAt = (level: number, index: number): Uint8Array => {
    const leaf = leaves[index]
    if (level === 0 && leaf !== undefined) return leaf
    return nodeHash(nodeAt(level - 1, 2 * index), nodeAt(level - 1, 2 * index + 1))
  }
  return {
    checkpoint: signCheckpointWith(
      formatCheckpoint({ origin, size: leaves.length, root: rootFromLeaves(leaves) }),
      signers,
    ),
    proven: (index: number): ProvenEntry => ({
      index,
      bytes: entries[index] ?? new Uint8Array(),
      proof: inclusionProof(index, leaves.length, nodeAt),
    }),
  }
}
