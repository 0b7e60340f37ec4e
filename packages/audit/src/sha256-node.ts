import { createHash, hash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of the concatenation of `parts`, 32 bytes. What `#sha256` means in Node. */
export const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const [first] = parts
  // The one-shot call is several times cheaper than a Hash object for the short inputs of a Merkle tree.
  if (first !== undefined && parts.length === 1) return new Uint8Array(hash('sha256', first, 'buffer'))
  const hasher = createHash('sha256')
  for (const part of parts) hasher.update(part)
  return new Uint8Array(hasher.digest())
}

/** The hash of what comes in parts, as a file does. */
export const startSha256 = (): { update(part: Uint8Array): void; digest(): Uint8Array } => {
  const hasher = createHash('sha256')
  return { update: (part) => void hasher.update(part), digest: () => new Uint8Array(hasher.digest()) }
}
