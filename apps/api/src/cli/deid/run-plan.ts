import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createKeyFile, readKeyFile } from '@chartward/crypto'
import { canonicalJson, type IdMap, ZIP3_POPULATIONS } from '@chartward/deid'
import {
  buildTableRelease,
  isKeyed,
  type Plan,
  parsePlan,
  readCsv,
  type Searcher,
  type TableManifest,
  tableFromCsv,
} from '@chartward/deid/tables'
import { type TableVerification, verifyTableRelease } from '@chartward/deid/tables/verify'
import { searchInWorker } from '@chartward/deid/tables/worker'
import { createScrubber } from '@chartward/deid/text'
import { UsageError } from '../usage-error.ts'
import { openCrosswalk } from './crosswalk-file.ts'
import { findingLine } from './finding-line.ts'
import { beginRelease } from './release-folder.ts'

export interface RunOptions {
  readonly planFile: string
  readonly inputFile: string
  readonly out: string
  /** The export's key, made where the file does not exist; null where the plan needs none. */
  readonly keyFile: string | null
  readonly crosswalkFile: string | null
  readonly signal: AbortSignal
  /** Told now and then: the method, and how far it is, 0 to 1. */
  readonly onProgress: (method: string, done: number) => void
}

export interface RunResult {
  readonly manifest: TableManifest
  readonly verification: TableVerification
}

const KEY_BYTES = 32
const CHUNK = 1024 * 1024
const SHOWN_FINDINGS = 20

const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} can not be read: check the path.`)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${path} is not JSON.`)
  }
}

const chunksOf = (path: string): AsyncIterable<Uint8Array> => {
  if (!existsSync(path)) throw new UsageError(`${path} can not be read: check the path.`)
  return createReadStream(path, { highWaterMark: CHUNK })
}

/** The hierarchies that the plan takes from files, which are named from the plan's own folder. */
const readHierarchies = async (plan: Plan, planFile: string): Promise<Map<string, string[][]>> => {
  const files = new Map<string, string[][]>()
  for (const { hierarchy } of Object.values(plan.columns)) {
    if (hierarchy?.kind !== 'csv' || files.has(hierarchy.file)) continue
    const chunks = chunksOf(resolve(dirname(planFile), hierarchy.file))
    const delimiter = hierarchy.delimiter ?? plan.delimiter ?? ','
    const rows: string[][] = []
    for await (const row of readCsv(chunks, { delimiter, ragged: true })) rows.push(row)
    files.set(hierarchy.file, rows)
  }
  return files
}

const columnCount = async (path: string, delimiter: Plan['delimiter']): Promise<number> => {
  for await (const header of readCsv(chunksOf(path), { delimiter: delimiter ?? ',' })) return header.length
  return 0
}

/**
 * Something secret that a run needs and may make; `save` keeps what it has made, before the release is
 * put in its place.
 */
interface Secret<T> {
  readonly value: T
  save(): Promise<void>
}

const NOTHING_TO_SAVE = { value: null, save: async () => undefined }

const keyFor = (plan: Plan, file: string | null): Secret<Uint8Array | null> => {
  if (!Object.values(plan.columns).some(({ transform }) => isKeyed(transform))) return NOTHING_TO_SAVE
  if (file === null)
    throw new UsageError('The plan derives values by a key: give --key FILE. It is made where there is none.')
  if (existsSync(file)) return { value: readKeyFile(file, KEY_BYTES), save: async () => undefined }
  const value = randomBytes(KEY_BYTES)
  return { value, save: async () => createKeyFile(file, value) }
}

const needsCrosswalk = ({ patient, columns }: Plan): boolean =>
  patient !== null || Object.values(columns).some(({ transform }) => transform.kind === 'random-id')

const crosswalkFor = async (plan: Plan, file: string | null): Promise<Secret<IdMap | null>> => {
  if (!needsCrosswalk(plan)) return NOTHING_TO_SAVE
  if (file === null)
    throw new UsageError(
      'The plan gives random ids: give --crosswalk FILE, kept apart from the release. It is made where there is none.',
    )
  const { ids, save } = await openCrosswalk(file)
  return { value: ids, save }
}

const searcherFor =
  ({ seed, search }: Plan, { signal, onProgress }: RunOptions): Searcher =>
  (method, problem) =>
    searchInWorker(
      { method, problem, seed, maxNodes: search.maxNodes, maxMilliseconds: search.maxMilliseconds },
      { signal, onProgress: ({ done }) => onProgress(method, done) },
    )

/** A release that its verifier does not confirm is not released. */
const requireConfirmed = ({ ok, findings, total }: TableVerification): void => {
  if (ok) return
  const shown = findings.slice(0, SHOWN_FINDINGS).map((finding) => `\n  ${findingLine(finding)}`)
  throw new UsageError(`The verifier does not confirm the release (${total} findings):${shown.join('')}`)
}

/**
 * Runs a plan on a CSV file and puts the release at `out`, verified. Whatever goes wrong, or where `signal`
 * aborts, nothing stands there and what was written is removed. Rejects with UsageError and DeidError, whose
 * messages are for the person who runs it.
 */
export const runPlan = async (options: RunOptions): Promise<RunResult> => {
  const plan = parsePlan(await readJson(options.planFile))
  const hierarchies = await readHierarchies(plan, options.planFile)
  const key = keyFor(plan, options.keyFile)
  const crosswalk = await crosswalkFor(plan, options.crosswalkFile)
  const pending = await beginRelease(options.out, options.signal)
  try {
    const wanted = new Set([...Object.keys(plan.columns), ...(plan.patient === null ? [] : [plan.patient])])
    const delimiter = plan.delimiter ?? ','
    const table = await tableFromCsv(chunksOf(options.inputFile), { delimiter, columns: [...wanted] })
    const manifest = await buildTableRelease(
      {
        plan,
        table,
        sourceColumns: await columnCount(options.inputFile, plan.delimiter),
        rowsOfFile: (file) => hierarchies.get(file) ?? [],
        key: key.value,
        // The same plan is the same export: another seed, title or day, and nothing can be linked to it.
        exportId: createHash('sha256').update(canonicalJson(plan)).digest('hex'),
        ids: crosswalk.value,
        scrubber: createScrubber(),
        breathe: async () => {
          await setImmediate()
          options.signal.throwIfAborted()
        },
      },
      searcherFor(plan, options),
      pending.sink,
    )
    const verification = await verifyTableRelease(pending.folder, {
      zip3Populations: ZIP3_POPULATIONS,
      planSha256: manifest.planSha256,
    })
    requireConfirmed(verification)
    options.signal.throwIfAborted()
    await key.save()
    await crosswalk.save()
    await pending.finish()
    return { manifest, verification }
  } catch (error) {
    await pending.discard()
    throw error
  }
}
