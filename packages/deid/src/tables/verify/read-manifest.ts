import { isObject } from '../../shared/json.ts'
import type { TableManifest } from '../format/table-release.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Findings } from './finding.ts'
import { type ReleaseFolder, readWhole } from './folder.ts'
import { manifestShape, placeInManifest } from './manifest-shape.ts'
import { parseStrictJson } from './strict-json.ts'

export const MANIFEST = 'manifest.json'
const MANIFEST_LIMIT = 256 * 1024 * 1024

export interface ReadManifest {
  readonly manifest: TableManifest
  /** The manifest as the file has it, for hashing and looking through. */
  readonly raw: { readonly [name: string]: unknown }
}

/**
 * Reads manifest.json strictly. Null, with findings, where it is missing, is no strict JSON or is not of the
 * format.
 */
export const readManifest = async (
  folder: ReleaseFolder,
  findings: Findings,
): Promise<ReadManifest | null> => {
  const bad = (what: string): null => {
    findings.add('bad-manifest', { file: MANIFEST }, what)
    return null
  }
  const read = await readWhole(folder, MANIFEST, findings, MANIFEST_LIMIT)
  if (read?.bytes == null) return null
  const json = parseStrictJson(read.bytes)
  if (!json.ok) return bad(`Not readable as JSON: ${json.why}.`)
  try {
    canonicalJson(json.value)
  } catch {
    return bad('It has no canonical form: a number is not finite, or a text is not well-formed.')
  }
  const shaped = manifestShape.safeParse(json.value)
  if (shaped.success && isObject(json.value)) return { manifest: shaped.data, raw: json.value }
  for (const { path, code } of shaped.error?.issues ?? [])
    bad(`Not of the format at "${placeInManifest(path)}" (${code}).`)
  return null
}
