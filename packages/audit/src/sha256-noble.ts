import { sha256 as noble } from '@noble/hashes/sha2.js'

/**
 * SHA-256 (FIPS 180-4) of the concatenation of `parts`, 32 bytes. What `#sha256` means in a browser, where
 * WebCrypto has no synchronous hash.
 */
export const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const hasher = noble.create()
  for (const part of parts) hasher.update(part)
  return hasher.digest()
}

/** The hash of what comes in parts, as a file does. */
export const startSha256 = (): { update(part: Uint8Array): void; digest(): Uint8Array } => {
  const hasher = noble.create()
  return { update: (part) => void hasher.update(part), digest: () => hasher.digest() }
}
