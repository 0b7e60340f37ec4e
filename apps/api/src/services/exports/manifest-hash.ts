import { createHash } from 'node:crypto'
import { canonicalise, type JsonValue } from '@chartward/audit'

/**
 * What the entry of a build commits to of the manifest as the database keeps it, whatever order its keys come
 * back in: SHA-256 of its canonical bytes (RFC 8785), in hex.
 */
export const manifestHash = (manifest: JsonValue): string =>
  createHash('sha256').update(canonicalise(manifest)).digest('hex')
