import { FhirError, type FhirInput, type ReadOptions, readFhir, toRecord } from '@chartward/fhir'
import type { App } from '../../app.ts'
import { settleDue } from './care-due.ts'
import { DirectoryImport } from './import-directory.ts'
import type { Refusal } from './plan-patient.ts'
import { Practitioners } from './practitioners.ts'
import type { Provenance } from './provenance.ts'
import type { Sourced } from './sourced.ts'
import { storePatientBatch } from './store-patient.ts'
import { DEFAULT_SOURCE } from './tokens.ts'

export interface ImportProblem {
  readonly line: number
  readonly code: string
  /** What is wrong and what to do; never a value of the resource. */
  readonly message: string
}

export interface ImportProgress {
  readonly lines: number
  readonly bytes: number
  readonly patients: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly rejected: number
}

export interface ImportOptions extends ReadOptions {
  /** Whose ids the resources have: another source's Patient/1 is another patient. */
  readonly source?: string
  /** Whether encounters make care relationships that count, and what is there already may be changed. */
  readonly trusted: boolean
  /** Who is on record as the author of the versions, such as `service:import`. */
  readonly author: string
  readonly onProblem?: (problem: ImportProblem) => void
  readonly onProgress?: (progress: ImportProgress) => void
  readonly signal?: AbortSignal
}

/**
 * NDJSON of single resources is stored in batches of this many, so that a patient's neighbours share
 * a transaction.
 */
const BATCH_RESOURCES = 500
/**
 * While one patient's rows go to the database, the next ones' are read and sealed: so many patients at once,
 * but of long charts fewer, or memory would follow the longest of them several times over.
 */
const PATIENTS_AT_ONCE = 6
const RESOURCES_AT_ONCE = 3000

/** Why a resource that is fine by itself is not stored. */
const REFUSALS: Readonly<Record<Refusal, string>> = {
  'from-trusted-source':
    'was stored from a trusted file, and an untrusted one does not change it: import the file as another source, or as trusted.',
  'other-patient':
    'belongs to another patient in the vault, and a record does not change patients: look at which of the two files is right.',
}

/**
 * Imports FHIR R4 from a stream of bytes (decompressed): Bundles or resources, each patient's in one
 * transaction. Idempotent by resource id. What can't be stored is reported by line and the rest goes on.
 * Memory follows the longest line, not the stream. Aborted or killed, it has stored whole patients' batches;
 * run again, it stores the rest. Has nothing left running when it settles.
 */
export const importFhir = async (
  app: App,
  chunks: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportProgress> => {
  const run = new ImportRun(app, options)
  try {
    for await (const input of readFhir(chunks, options)) {
      options.signal?.throwIfAborted()
      await run.take(input)
    }
    return await run.finish()
  } finally {
    // Whoever called may close the database and wipe the keys next.
    await run.settled()
  }
}

class ImportRun {
  readonly #app: App
  readonly #options: ImportOptions
  readonly #from: Provenance
  readonly #directory: DirectoryImport
  readonly #practitioners: Practitioners
  /** The patients being stored, with the number of their resources. */
  readonly #inFlight = new Map<Promise<void>, number>()
  #waiting: Sourced[] = []
  #failure: { readonly error: unknown } | null = null
  #progress = { lines: 0, bytes: 0, patients: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 }

  constructor(app: App, options: ImportOptions) {
    this.#app = app
    this.#options = options
    this.#from = { source: options.source ?? DEFAULT_SOURCE, trusted: options.trusted }
    this.#directory = new DirectoryImport(app, this.#from)
    this.#practitioners = new Practitioners(app)
  }

  async take(input: FhirInput): Promise<void> {
    if (input.kind === 'error') return this.#reject(input.line, input.error)
    this.#progress.lines += 1
    this.#progress.bytes += input.bytes
    for (const { resource, fullUrl } of input.resources) {
      try {
        this.#waiting.push({ record: toRecord(resource, fullUrl), line: input.line })
      } catch (error) {
        if (!(error instanceof FhirError)) throw error
        this.#reject(input.line, error)
      }
    }
    if (input.kind === 'bundle' || this.#waiting.length >= BATCH_RESOURCES) await this.#storeWaiting()
  }

  async finish(): Promise<ImportProgress> {
    await this.#storeWaiting()
    await this.settled()
    if (this.#failure !== null) throw this.#failure.error
    await settleDue(this.#app, this.#practitioners, this.#options.signal)
    this.#options.onProgress?.(this.#progress)
    return this.#progress
  }

  /** Resolves when no patient is being stored any more, however that ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#inFlight.keys())
  }

  #reject(line: number, { code, message }: { code: string; message: string }): void {
    this.#progress.rejected += 1
    this.#options.onProblem?.({ line, code, message })
  }

  #refuse({ record, line }: Sourced, code: Refusal): void {
    this.#reject(line, { code, message: `This ${record.type} ${REFUSALS[code]}` })
  }

  async #storeWaiting(): Promise<void> {
    const mapped = this.#waiting
    this.#waiting = []
    if (mapped.length === 0) return
    await this.#app.space.require('low')
    const directory = mapped.filter(({ record }) => record.compartment === 'directory')
    const { created, updated, unchanged, refused } = await this.#directory.store(directory)
    this.#progress.created += created
    this.#progress.updated += updated
    this.#progress.unchanged += unchanged
    for (const item of refused) this.#refuse(item, 'from-trusted-source')
    for (const [sourceId, group] of Map.groupBy(mapped, ({ record }) => record.patientRef)) {
      if (sourceId === null) continue
      await this.#room(group.length)
      const storing = this.#storePatient(sourceId, group).catch((error) => {
        this.#failure ??= { error }
      })
      this.#inFlight.set(storing, group.length)
      storing.finally(() => this.#inFlight.delete(storing))
    }
    this.#options.onProgress?.(this.#progress)
  }

  /**
   * Waits until a patient of so many resources may be begun. A failure of the database ends the import here.
   */
  async #room(resources: number): Promise<void> {
    const isFull = () =>
      this.#inFlight.size >= PATIENTS_AT_ONCE ||
      (this.#inFlight.size > 0 &&
        this.#inFlight.values().reduce((sum, n) => sum + n, resources) > RESOURCES_AT_ONCE)
    while (isFull()) await Promise.race(this.#inFlight.keys())
    if (this.#failure !== null) throw this.#failure.error
  }

  async #storePatient(sourceId: string, group: readonly Sourced[]): Promise<void> {
    const stored = await storePatientBatch(this.#app, {
      sourceId,
      items: group,
      practitioners: this.#practitioners,
      from: this.#from,
      author: this.#options.author,
    })
    if (!stored.patientFound) {
      for (const { record, line } of group) {
        const message = `This ${record.type} names a patient who is not in the vault: import the Patient resource first, then this file again.`
        this.#reject(line, { code: 'missing-patient', message })
      }
      return
    }
    for (const { item, why } of stored.refused) this.#refuse(item, why)
    this.#progress.patients += group.some(({ record }) => record.type === 'Patient') ? 1 : 0
    this.#progress.created += stored.created
    this.#progress.updated += stored.updated
    this.#progress.unchanged += stored.unchanged
  }
}
