import { createHash } from 'node:crypto'
import type { Findings } from './finding.ts'

/** The folder of a release, wherever it lies. `read` may be asked for one file more than once. */
export interface ReleaseFolder {
  /** The names of all that stands in it, folders too. */
  names(): Promise<readonly string[]>
  read(name: string): AsyncIterable<Uint8Array>
}

export interface FileFacts {
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/**
 * Reads a file once and hands each piece of it to `take`. Returns its size and SHA-256, or null, with a
 * finding, where it cannot be read to its end.
 */
export const readThrough = async (
  folder: ReleaseFolder,
  name: string,
  findings: Findings,
  take: (bytes: Uint8Array) => void,
): Promise<FileFacts | null> => {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of folder.read(name)) {
      hash.update(chunk)
      bytes += chunk.length
      take(chunk)
    }
  } catch {
    findings.add('unreadable', { file: name }, 'The file could not be read to its end.')
    return null
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Reads a file whole, if it has no more than `limit` bytes; else the bytes are null. */
export const readWhole = async (
  folder: ReleaseFolder,
  name: string,
  findings: Findings,
  limit: number,
): Promise<{ readonly facts: FileFacts; readonly bytes: Uint8Array<ArrayBuffer> | null } | null> => {
  let chunks: Uint8Array[] = []
  let size = 0
  const facts = await readThrough(folder, name, findings, (chunk) => {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks = []
  })
  if (facts === null) return null
  if (facts.bytes > limit) {
    findings.add('file-too-large', { file: name }, `The file has ${facts.bytes} bytes, more than ${limit}.`)
    return { facts, bytes: null }
  }
  const bytes = new Uint8Array(facts.bytes)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return { facts, bytes }
}
