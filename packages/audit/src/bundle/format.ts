import { fromBase64, toBase64 } from '../base64.ts'
import { hasExactlyKeys, isPlainObject } from '../json.ts'
import { HASH_LENGTH, MAX_ENTRY_BYTES } from '../leaf.ts'

/*
 * `chartward-log/1`, NDJSON. The first line is the manifest; then one line per leaf, in order from 0:
 *
 *   {"format":"chartward-log/1","origin":"…","from":0,"size":N,"checkpoint":"…"}
 *   {"i":0,"e":"<base64 of the entry's canonical bytes>","h":"<base64 of its stored leaf hash>"}
 *
 * `e` is null where the log has lost an entry and only its leaf hash is left. The leaf hashes are what lets a
 * verifier name the entry that changed: if they hash to the signed root, each of them is vouched for,
 * whatever became of the entries.
 */

export const LOG_FORMAT = 'chartward-log/1'

export interface Manifest {
  origin: string
  size: number
  /** Signed note. */
  checkpoint: string
}

/** One line of a bundle as read: null stands for what is absent or not well formed. */
export interface BundleLine {
  index: number
  bytes: Uint8Array | null
  /** True where the line says itself that the entry is lost. */
  lost: boolean
  leafHash: Uint8Array | null
}

/**
 * Base64 of the longest entry, and room for the index, the leaf hash and punctuation; also far
 * above a manifest.
 */
export const MAX_LINE_LENGTH = Math.ceil(MAX_ENTRY_BYTES / 3) * 4 + 512

export const formatManifest = ({ origin, size, checkpoint }: Manifest): string =>
  `${JSON.stringify({ format: LOG_FORMAT, origin, from: 0, size, checkpoint })}\n`

export const formatLine = (index: number, bytes: Uint8Array | null, leafHash: Uint8Array): string => {
  const entry = bytes === null ? 'null' : `"${toBase64(bytes)}"`
  return `{"i":${index},"e":${entry},"h":"${toBase64(leafHash)}"}\n`
}

/** The manifest, or null where the line is none of this format. */
export const parseManifest = (line: string): Manifest | null => {
  const value = parseObject(line, ['format', 'origin', 'from', 'size', 'checkpoint'])
  if (value === null) return null
  const { format, origin, from, size, checkpoint } = value
  if (format !== LOG_FORMAT || from !== 0 || !isIndex(size)) return null
  if (typeof origin !== 'string' || typeof checkpoint !== 'string') return null
  return { origin, size, checkpoint }
}

/** The line, or null where it does not even say which leaf it is. */
export const parseLine = (line: string): BundleLine | null => {
  const value = parseObject(line, ['i', 'e', 'h'])
  if (value === null || !isIndex(value.i)) return null
  const hash = decoded(value.h)
  return {
    index: value.i,
    bytes: decoded(value.e),
    lost: value.e === null,
    leafHash: hash?.length === HASH_LENGTH ? hash : null,
  }
}

const parseObject = (line: string, keys: readonly string[]): Record<string, unknown> | null => {
  if (line.length > MAX_LINE_LENGTH) return null
  try {
    const value: unknown = JSON.parse(line)
    return isPlainObject(value) && hasExactlyKeys(value, keys) ? value : null
  } catch {
    return null
  }
}

const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const decoded = (value: unknown): Uint8Array | null => {
  if (typeof value !== 'string') return null
  try {
    return fromBase64(value)
  } catch {
    return null
  }
}
