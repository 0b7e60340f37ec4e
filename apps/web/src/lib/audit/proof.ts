import { fromBase64, leafHash, parseEntry, toHex, verifyInclusion } from '@chartward/audit'
import { countOf, formatCount } from '../format.ts'
import type { Outputs } from '../trpc.ts'
import { verifyHead } from './verify-head.ts'

/** What the server hands out for one entry. */
export type InclusionMaterial = Outputs['audit']['proof']

export interface ProofStep {
  readonly name: string
  readonly ok: boolean
  readonly said: string
  /** Hex hashes to look at, in the order of use. */
  readonly hashes: readonly string[]
}

export interface ProofReport {
  readonly ok: boolean
  readonly steps: readonly ProofStep[]
}

/**
 * Proves in this browser that the entry on screen stands in the signed tree. `shown` is what the page
 * displays: the bytes that are hashed have to be its bytes, or a server could prove one entry and display
 * another. Steps after the first that fails are left out. Never throws.
 */
export const proveInclusion = async (
  material: InclusionMaterial,
  shown: { readonly id: string; readonly canonical: string },
): Promise<ProofReport> => {
  const steps: ProofStep[] = []
  const add = (name: string, ok: boolean, said: string, hashes: readonly string[] = []): boolean => {
    steps.push({ name, ok, said, hashes })
    return ok
  }
  const report = (): ProofReport => ({ ok: steps.every((step) => step.ok), steps })

  const bytes = decoded(material.bytes)
  const same = bytes !== null && sameText(bytes, shown.canonical) && entryId(bytes) === shown.id
  if (!add('The entry', same, same ? ENTRY_OK : ENTRY_BAD) || bytes === null) return report()

  const leaf = leafHash(bytes)
  add('Its leaf', true, `SHA-256 over a zero byte and the entry’s ${countOf(bytes.length, 'byte')}.`, [
    toHex(leaf),
  ])

  const head = await verifyHead(material)
  const signed = head.state === 'verified'
  if (
    !add('The signature', signed, signed ? `Ed25519, by the key of ${head.keyName}.` : headWhy(head)) ||
    !signed
  )
    return report()

  const proof = material.proof.map(decoded)
  const hashes = proof.filter((hash) => hash !== null)
  const place = `Leaf ${formatCount(material.index)} of ${formatCount(material.size)}`
  const sizes = head.checkpoint.size === material.size
  if (
    !add(
      'The size',
      sizes,
      sizes ? `${place}, as signed.` : 'The proof is for a tree of another size than the signed one.',
    )
  )
    return report()

  const included =
    hashes.length === proof.length &&
    verifyInclusion({
      index: material.index,
      size: material.size,
      leafHash: leaf,
      proof: hashes,
      root: head.checkpoint.root,
    })
  add(
    'The path to the root',
    included,
    included
      ? `${countOf(hashes.length, 'sibling hash', 'sibling hashes')} lead from the leaf to the signed root.`
      : 'The path does not lead to the signed root: the entry is not in the tree as it stands here.',
    [...hashes.map(toHex), toHex(head.checkpoint.root)],
  )
  return report()
}

const ENTRY_OK = 'The bytes that were hashed are exactly the entry that you see.'
const ENTRY_BAD = 'The bytes of the proof are not the entry that you see.'

const headWhy = (head: { state: string; why?: string }): string =>
  head.state === 'empty'
    ? 'There is no signed tree head yet.'
    : `The checkpoint does not verify: ${head.why ?? 'unknown'}.`

const decoded = (text: string): Uint8Array | null => {
  try {
    return fromBase64(text)
  } catch {
    return null
  }
}

const sameText = (bytes: Uint8Array, text: string): boolean => {
  const own = new TextEncoder().encode(text)
  return own.length === bytes.length && own.every((byte, index) => byte === bytes[index])
}

const entryId = (bytes: Uint8Array): string | null => {
  try {
    return parseEntry(bytes).id
  } catch {
    return null
  }
}
