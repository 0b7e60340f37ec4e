import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'

/** A release as it was downloaded, opened. */
export interface OpenedRelease {
  /** The first four bytes. */
  readonly magic: string
  /** Name and text of every file but the manifest. */
  readonly files: ReadonlyMap<string, string>
  readonly manifest: { readonly files: readonly { name: string; bytes: number; sha256: string }[] }
  /** SHA-256 in hex of each of `files`, computed here. */
  readonly hashes: ReadonlyMap<string, string>
}

export const openRelease = (zip: Buffer): OpenedRelease => {
  const members = Object.entries(unzipSync(zip))
  const manifest = members.find(([name]) => name === 'manifest.json')
  if (manifest === undefined) throw new Error('The release has no manifest.')
  const others = members.filter(([name]) => name !== 'manifest.json')
  return {
    magic: zip.subarray(0, 4).toString('latin1'),
    files: new Map(others.map(([name, bytes]) => [name, Buffer.from(bytes).toString()])),
    manifest: JSON.parse(Buffer.from(manifest[1]).toString()),
    hashes: new Map(others.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])),
  }
}
