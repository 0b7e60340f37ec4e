import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { isKnownType } from '@chartward/fhir'
import { FileProblem, FileSkipped } from '../../services/import/file-problem.ts'
import type { ImportFile } from '../../services/import/import-files.ts'
import { openFile } from './open-file.ts'

const FHIR_FILE = /\.(?:ndjson|jsonl|json)(?:\.gz)?$/i
/**
 * The log of a bulk export:
 * https://github.com/smart-on-fhir/bulk-data-client/wiki/Bulk-Data-Export-Log-Items
 */
const EXPORT_LOG = /^log\.ndjson(?:\.gz)?$/i
/** What names people first, then who cared for them: so that little has to wait. */
const FIRST: readonly (readonly string[])[] = [
  ['Patient'],
  ['Practitioner', 'Organization', 'Location', 'PractitionerRole'],
]
/** A manifest is held whole: one that is longer is none. Bytes. */
const MOST_MANIFEST_BYTES = 16 * 1024 * 1024

const refusing = (error: Error): (() => AsyncGenerator<Uint8Array>) =>
  async function* () {
    yield* []
    throw error
  }

const skipped = (name: string, why: string): ImportFile => ({ name, open: refusing(new FileSkipped(why)) })

const fileAt = (path: string, name: string): ImportFile =>
  EXPORT_LOG.test(basename(path))
    ? skipped(name, 'This is the log of a bulk export, and holds no resources: it is left out.')
    : { name, open: () => openFile(path) }

const rankOf = (name: string): number => {
  const type = basename(name)
    .split(/[^A-Za-z]+/)
    .find(isKnownType)
  const rank = FIRST.findIndex((types) => type !== undefined && types.includes(type))
  return rank === -1 ? FIRST.length : rank
}

/**
 * What a bulk export says it is made of:
 * https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status
 */
interface Manifest {
  readonly output: readonly string[]
  readonly error: readonly string[]
  /** Bundles of what was deleted since the last export: taken after everything else. */
  readonly deleted: readonly string[]
}

const namesOf = (list: unknown): string[] =>
  Array.isArray(list)
    ? list.flatMap((item) =>
        typeof item?.url === 'string' ? [basename(item.url.replace(/[?#].*$/, ''))] : [],
      )
    : []

const bare = (path: string): string => basename(path).replace(/\.gz$/i, '')

/** Whether a list of a manifest names the file, as it was exported or compressed since. */
const isNamed = (names: ReadonlySet<string>, path: string): boolean =>
  names.has(basename(path)) || names.has(bare(path))

const manifestAt = async (path: string): Promise<Manifest | null> => {
  if (!/\.json$/i.test(path) || (await stat(path)).size > MOST_MANIFEST_BYTES) return null
  try {
    const value = JSON.parse(await readFile(path, 'utf8'))
    if (typeof value?.transactionTime !== 'string' || !Array.isArray(value.output)) return null
    return {
      output: namesOf(value.output),
      error: namesOf(value.error),
      deleted: namesOf(value.deleted),
    }
  } catch {
    // What is no JSON is told of when it is imported.
    return null
  }
}

/** The files of an export's folder, in the order in which they are best taken, and why others are not. */
const filesOf = async (folder: string): Promise<ImportFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const manifests = new Map<string, Manifest>()
  for (const path of paths) {
    const manifest = await manifestAt(path)
    if (manifest !== null) manifests.set(path, manifest)
  }
  const listed = [...manifests.values()]
  const errors = new Set(listed.flatMap(({ error }) => error))
  const deleted = new Set(listed.flatMap(({ deleted }) => deleted))
  const there = new Set(paths.flatMap((path) => [basename(path), bare(path)]))
  const files = paths.map((path): ImportFile => {
    const name = relative(folder, path)
    if (manifests.has(path))
      return skipped(name, 'This is the manifest of a bulk export: it is read, and holds no resources.')
    if (isNamed(errors, path))
      return skipped(
        name,
        'These are the errors of a bulk export, by its manifest: look at what it could not give.',
      )
    if (!FHIR_FILE.test(path))
      return skipped(name, 'This is no .ndjson, .jsonl or .json file: it is left out.')
    return fileAt(path, name)
  })
  const missing = [...new Set(listed.flatMap(({ output, deleted }) => [...output, ...deleted]))]
    .filter((name) => !there.has(name) && !there.has(name.replace(/\.gz$/i, '')))
    .map((name): ImportFile => {
      const why =
        'The manifest of the export names this file, and it is not in the folder: fetch it, and import the folder again.'
      return { name, open: refusing(new FileProblem('missing-file', why)) }
    })
  const placeOf = ({ name }: ImportFile) => (isNamed(deleted, name) ? FIRST.length + 1 : rankOf(name))
  return [...files.toSorted((a, b) => placeOf(a) - placeOf(b)), ...missing]
}

/**
 * The files that paths name: a file as it is, in the order given; of a folder all that is FHIR, patients
 * first.
 */
export const inputsOf = async (paths: readonly string[]): Promise<ImportFile[]> => {
  const files: ImportFile[] = []
  for (const path of paths) {
    const info = await stat(path).catch(() => null)
    if (info?.isDirectory() === true) files.push(...(await filesOf(path)))
    else files.push(fileAt(path, basename(path)))
  }
  return files
}
