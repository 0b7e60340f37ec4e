import { FhirError, type FhirInput, readFhir, toRecord } from '@chartward/fhir'
import type { App } from '../../app.ts'
import { newMark } from './earlier.ts'
import { endsRun } from './ends-run.ts'
import { Identities, type Identity } from './identity.ts'
import { DirectoryImport } from './import-directory.ts'
import type { ImportOptions, ImportProgress } from './options.ts'
import type { Taking } from './plan-patient.ts'
import type { ImportProblem, Place } from './problem.ts'
import { REFUSALS, type Refusal } from './refusal.ts'
import { SourceBases } from './source-bases.ts'
import { type Identified, roundsOf, type Sourced } from './sourced.ts'
import { type Stored, storePatientBatch } from './store-patient.ts'
import { DEFAULT_SOURCE } from './tokens.ts'

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
/** The first faults of our own are in the process's log, for whoever mends them; the rest is counted. */
const MOST_FAULTS_LOGGED = 20

/** What a stream itself has thrown: its file can't be read on, and the others can. */
export class BrokenStream extends Error {
  override readonly name = 'BrokenStream'
}

async function* guarded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (cause) {
    throw new BrokenStream('The stream could not be read to its end.', { cause })
  }
}

/** One import, over one or many streams. What can't be stored is reported by its place and the rest goes on. */
export class ImportRun {
  readonly #app: App
  readonly #options: ImportOptions
  readonly #taking: Taking
  readonly #bases: SourceBases
  readonly #identities: Identities
  readonly #directory: DirectoryImport
  /** The patients being stored, with the number of their resources. */
  readonly #inFlight = new Map<Promise<void>, number>()
  #waiting: Sourced[] = []
  #failure: { readonly error: unknown } | null = null
  #faults = 0
  #progress = { lines: 0, bytes: 0, patients: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 }

  constructor(app: App, options: ImportOptions) {
    this.#app = app
    this.#options = options
    const { source = DEFAULT_SOURCE, trusted, asGiven = false, base = null } = options
    this.#taking = { source, trusted, asGiven, mark: newMark() }
    this.#bases = new SourceBases(app, source)
    this.#identities = new Identities(app.keyring, source, this.#bases, base)
    this.#directory = new DirectoryImport(app, this.#taking, this.#identities)
  }

  /** Takes in a stream. Throws BrokenStream where it can't be read on: what came before counts. */
  async read(file: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const input of readFhir(guarded(chunks), this.#options)) {
      this.#options.signal?.throwIfAborted()
      await this.#take(file, input)
    }
  }

  async finish(): Promise<ImportProgress> {
    await this.#storeWaiting()
    await this.settled()
    if (this.#failure !== null) throw this.#failure.error
    this.#options.onProgress?.(this.#progress)
    return this.#progress
  }

  /** Resolves when no patient is being stored any more, however that ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#inFlight.keys())
  }

  /** Reports what is wrong with a place, or with a file as a whole. */
  reject(
    place: Place,
    code: string,
    message: string,
    of: Pick<ImportProblem, 'type' | 'id'> | null = null,
  ): void {
    this.#progress.rejected += 1
    const { file, line, entry } = place
    const { type, id } = of ?? { type: null, id: null }
    this.#options.onProblem?.({ kind: 'rejected', file, line, entry, type, id, code, message })
  }

  async #take(file: string, input: FhirInput): Promise<void> {
    if (input.kind === 'error') {
      const { code, message } = input.error
      return this.reject({ file, line: input.line, entry: null }, code, message)
    }
    this.#progress.lines += 1
    this.#progress.bytes += input.bytes
    for (const { resource, fullUrl } of input.resources) {
      const place = { file, line: input.line, entry: null }
      try {
        this.#waiting.push({ ...place, record: toRecord(resource, fullUrl) })
      } catch (error) {
        const of = { type: resource.resourceType, id: resource.id ?? null }
        if (error instanceof FhirError) this.reject(place, error.code, error.message, of)
        else this.#fault(place, of, error)
      }
    }
    if (input.kind === 'bundle' || this.#waiting.length >= BATCH_RESOURCES) await this.#storeWaiting()
  }

  #rejectItem(item: Sourced, code: string, message: string): void {
    const { type, sourceId } = item.record
    this.reject(item, code, message, { type, id: sourceId })
  }

  #refuse(item: Sourced, code: Refusal): void {
    this.#rejectItem(item, code, `This ${item.record.type} ${REFUSALS[code]}`)
  }

  /** Something that nobody has thought of: the one resource is reported, and the log says where it comes from. */
  #fault(place: Place, of: Pick<ImportProblem, 'type' | 'id'>, error: unknown): void {
    this.#faults += 1
    if (this.#faults <= MOST_FAULTS_LOGGED)
      this.#app.log.error({ err: error }, 'a resource of an import could not be stored')
    const message =
      'This resource could not be stored: the log of this process says where that comes from. Keep the file, and import it again when that is mended.'
    this.reject(place, 'not-stored', message, of)
  }

  async #storeWaiting(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length === 0) return
    await this.#app.space.require('low')
    const mapped = await this.#identify(waiting)
    const directory = mapped.filter(({ record }) => record.compartment === 'directory')
    for (const round of roundsOf(directory)) await this.#storeDirectory(round)
    const practitioners = await this.#directory.practitioners(
      new Set(mapped.flatMap(({ record }) => record.links.practitioners)),
    )
    const ofPatients = mapped.flatMap((item) =>
      item.record.patientRef === null
        ? []
        : [{ item, patient: this.#identities.of('Patient', item.record.patientRef) }],
    )
    for (const group of Map.groupBy(ofPatients, ({ patient }) => patient.key).values()) {
      const [first] = group
      if (first === undefined) continue
      await this.#room(group.length)
      const items = group.map(({ item }) => item)
      const storing = this.#storePatient(first.patient, items, practitioners).catch((error) => {
        this.#failure ??= { error }
      })
      this.#inFlight.set(storing, group.length)
      storing.finally(() => this.#inFlight.delete(storing))
    }
    this.#options.onProgress?.(this.#progress)
  }

  /** The records with their tokens, once the servers that they are from are known to be the source's. */
  async #identify(items: readonly Sourced[]): Promise<Identified[]> {
    const basesOf = ({ record: { sourceId, patientRef } }: Sourced) =>
      [sourceId, patientRef].flatMap((id) => (id === null ? [] : (this.#identities.baseOf(id) ?? [])))
    const refused = await this.#bases.know(new Set(items.flatMap(basesOf)))
    const known = items.filter((item) => !basesOf(item).some((base) => refused.has(base)))
    if (refused.size > 0)
      for (const item of items) if (!known.includes(item)) this.#refuse(item, 'too-many-servers')
    return known.map((item) => ({
      ...item,
      identity: this.#identities.of(item.record.type, item.record.sourceId),
    }))
  }

  async #storeDirectory(items: readonly Identified[]): Promise<void> {
    try {
      const { created, updated, unchanged, refused } = await this.#directory.store(items)
      this.#progress.created += created
      this.#progress.updated += updated
      this.#progress.unchanged += unchanged
      for (const { item, why } of refused) this.#refuse(item, why)
    } catch (error) {
      await this.#apart(items, error, (half) => this.#storeDirectory(half))
    }
  }

  /**
   * Where one of several could not be stored, each half is tried by itself, until what is wrong stands alone.
   */
  async #apart(
    items: readonly Identified[],
    error: unknown,
    store: (half: readonly Identified[]) => Promise<void>,
  ): Promise<void> {
    if (endsRun(error)) throw error
    const [first] = items
    if (first === undefined) throw error
    if (items.length === 1) {
      const { type, sourceId } = first.record
      this.#fault(first, { type, id: sourceId }, error)
      return
    }
    const middle = Math.ceil(items.length / 2)
    await store(items.slice(0, middle))
    await store(items.slice(middle))
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

  async #storePatient(
    patient: Identity,
    group: readonly Identified[],
    practitioners: ReadonlyMap<string, string>,
  ): Promise<void> {
    const order = { patient, practitioners, taking: this.#taking, author: this.#options.author }
    try {
      this.#count(group, await storePatientBatch(this.#app, { ...order, items: group }))
    } catch (error) {
      // The patient first: the others are stored under it.
      const isPatient = ({ record }: Identified) => Number(record.type === 'Patient')
      const ordered = group.toSorted((a, b) => isPatient(b) - isPatient(a))
      await this.#apart(ordered, error, (half) => this.#storePatient(patient, half, practitioners))
    }
  }

  #count(group: readonly Identified[], stored: Stored): void {
    if (stored.patientFound === 'untold') {
      for (const item of group) this.#refuse(item, 'untold-server')
      return
    }
    if (!stored.patientFound) {
      for (const item of group) {
        const message = `This ${item.record.type} names a patient who is not in the vault: import the Patient resource first, then this file again.`
        this.#rejectItem(item, 'missing-patient', message)
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
