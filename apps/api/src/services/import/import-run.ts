import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BundleResource,
  deletedId,
  FhirError,
  type FhirInput,
  type FhirResource,
  isKnownType,
  readFhir,
  toRecord,
} from '@chartward/fhir'
import { isResourceType, type PatientId, resourceOf } from '@chartward/policy'
import type { App } from '../../app.ts'
import { settleDue } from './care-due.ts'
import { deleteRecord } from './delete-record.ts'
import { newMark } from './earlier.ts'
import { endsRun } from './ends-run.ts'
import { Identities, type Identity } from './identity.ts'
import { DirectoryImport } from './import-directory.ts'
import type { ImportOptions, ImportProgress } from './options.ts'
import type { Taking } from './plan-patient.ts'
import { Practitioners } from './practitioners.ts'
import type { ImportProblem, Place } from './problem.ts'
import { REFUSALS, type Refusal } from './refusal.ts'
import { SourceBases } from './source-bases.ts'
import { type Identified, roundsOf, type Sourced } from './sourced.ts'
import { Spool } from './spool.ts'
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

/** What becomes of a directory entry that its source deletes, by what the directory has of it. */
const DELETED_ENTRY = { entry: 'not-deleted', untold: 'untold-server', none: 'unknown' } as const
const NOT_DELETED =
  'is a directory entry, and the source says that it has deleted it: that is not applied, since records name it. Nothing has to be done.'

/** A type of FHIR's own list: any other is a name that the input made up. */
const knownTypeOf = ({ resourceType }: FhirResource): string | null =>
  isKnownType(resourceType) ? resourceType : null

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

/**
 * One import, over one or many streams. What can't be stored is reported by its place and the rest goes on.
 */
export class ImportRun {
  readonly #app: App
  readonly #options: ImportOptions
  readonly #taking: Taking
  readonly #bases: SourceBases
  readonly #identities: Identities
  readonly #directory: DirectoryImport
  readonly #practitioners: Practitioners
  /** The patients being stored, with the number of their resources. */
  readonly #inFlight = new Map<Promise<void>, number>()
  #waiting: Sourced[] = []
  /** What has no patient yet; `closed` once no patient can come any more. */
  #spool: Promise<Spool> | null | 'closed' = null
  #failure: { readonly error: unknown } | null = null
  #faults = 0
  #progress = { lines: 0, bytes: 0, patients: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 }

  constructor(app: App, options: ImportOptions) {
    this.#app = app
    this.#options = options
    const { source = DEFAULT_SOURCE, trusted, asGiven = false, base = null, requestId = null } = options
    this.#taking = { source, trusted, asGiven, requestId, mark: newMark() }
    this.#bases = new SourceBases(app, source)
    this.#identities = new Identities(app.keyring, source, this.#bases, base)
    this.#directory = new DirectoryImport(app, this.#taking)
    this.#practitioners = new Practitioners(app)
  }

  /** Takes in a stream. Throws BrokenStream where it can't be read on: what came before counts. */
  async read(file: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const input of readFhir(guarded(chunks), this.#options)) {
      this.#options.signal?.throwIfAborted()
      await this.#take(file, input)
    }
  }

  /** Stores what is left, and then what has waited for its patient. */
  async finish(): Promise<ImportProgress> {
    await this.#storeAll()
    const spool = this.#spool === 'closed' ? null : await this.#spool
    this.#spool = 'closed'
    if (spool !== null) {
      try {
        for await (const items of spool.read()) {
          this.#options.signal?.throwIfAborted()
          this.#waiting.push(...items)
          if (this.#waiting.length >= BATCH_RESOURCES) await this.#storeWaiting()
        }
        await this.#storeAll()
      } finally {
        await this.settled()
        await spool.close()
      }
    }
    await settleDue(this.#app, this.#practitioners, {
      signal: this.#options.signal,
      onFault: (patientId, error) => this.#unsettled(patientId, error),
    })
    this.#options.onProgress?.(this.#progress)
    return this.#progress
  }

  /** Resolves when no patient is being stored any more, however that ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#inFlight.keys())
  }

  /** Ends a run that is not to be finished: nothing is left running or on disk. */
  async abandon(): Promise<void> {
    await this.settled()
    if (this.#spool === null || this.#spool === 'closed') return
    const spool = this.#spool
    this.#spool = 'closed'
    await spool.then((open) => open.close()).catch(() => undefined)
  }

  async #storeAll(): Promise<void> {
    await this.#storeWaiting()
    await this.settled()
    if (this.#failure !== null) throw this.#failure.error
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

  /** Says that something is left out by which nothing is lost. */
  skip(place: Place, code: string, message: string, { type, id }: Pick<ImportProblem, 'type' | 'id'>): void {
    const { file, line, entry } = place
    this.#options.onProblem?.({ kind: 'skipped', file, line, entry, type, id, code, message })
  }

  async #take(file: string, input: FhirInput): Promise<void> {
    const { line } = input
    if (input.kind === 'error') {
      const { entry = null, type = null, error } = input
      return this.reject({ file, line, entry }, error.code, error.message, { type, id: null })
    }
    if (input.kind === 'skipped') {
      const { entry, type, code, message } = input
      return this.skip({ file, line, entry }, code, message, { type, id: null })
    }
    this.#progress.lines += 1
    this.#progress.bytes += input.bytes
    for (const found of input.resources) {
      const place = { file, line, entry: found.entry }
      if (found.isDeleted) await this.#delete(place, found)
      else this.#map(place, found)
    }
    if (input.kind === 'bundle' || this.#waiting.length >= BATCH_RESOURCES) await this.#storeWaiting()
  }

  #map(place: Place, { resource, fullUrl, entries }: BundleResource): void {
    try {
      this.#waiting.push({ ...place, record: toRecord(resource, fullUrl, entries) })
    } catch (error) {
      const of = { type: knownTypeOf(resource), id: resource.id ?? null }
      if (error instanceof FhirError) this.reject(place, error.code, error.message, of)
      else this.#fault(place, of, error)
    }
  }

  /** Notes a deletion, after everything that came before it. */
  async #delete(place: Place, { resource, fullUrl, entries }: BundleResource): Promise<void> {
    await this.#storeAll()
    const { resourceType: type, id = '' } = resource
    const of = { type: knownTypeOf(resource), id }
    if (!isResourceType(type))
      return this.skip(place, 'nothing-deleted', 'The source has deleted what is not stored here.', of)
    const sourceId = deletedId(type, id, fullUrl, entries)
    const base = this.#identities.baseOf(sourceId)
    await this.#bases.recall(this.#app.db.sql, base === null ? [] : [base])
    const { author } = this.#options
    try {
      const identity = this.#identities.of(type, sourceId)
      const what =
        resourceOf(type).compartment === 'directory'
          ? DELETED_ENTRY[await this.#directory.knows(identity)]
          : await deleteRecord(this.#app, {
              identity,
              taking: this.#taking,
              practitioners: this.#practitioners,
              author,
            })
      if (what === 'deleted') this.#progress.updated += 1
      else if (what === 'unchanged') this.#progress.unchanged += 1
      else if (what === 'unknown')
        this.skip(place, 'nothing-deleted', 'The source has deleted what is not stored here.', of)
      else if (what === 'not-deleted') this.skip(place, what, `This ${type} ${NOT_DELETED}`, of)
      else this.reject(place, what, `This ${type} ${REFUSALS[what]}`, of)
    } catch (error) {
      if (endsRun(error)) throw error
      this.#fault(place, of, error)
    }
  }

  #rejectItem(item: Sourced, code: string, message: string): void {
    const { type, sourceId } = item.record
    this.reject(item, code, message, { type, id: sourceId })
  }

  #refuse(item: Sourced, code: Refusal): void {
    this.#rejectItem(item, code, `This ${item.record.type} ${REFUSALS[code]}`)
  }

  /**
   * Something that nobody has thought of: the one resource is reported, and the log says where it comes
   * from.
   */
  #fault(place: Place, of: Pick<ImportProblem, 'type' | 'id'>, error: unknown): void {
    this.#countFault(error)
    const message =
      'This resource could not be stored: the log of this process says where that comes from. Keep the file, and import it again when that is mended.'
    this.reject(place, 'not-stored', message, of)
  }

  /** Whose care could not be worked out is named, and the others' is. */
  #unsettled(id: PatientId, error: unknown): void {
    if (endsRun(error)) throw error
    this.#countFault(error)
    const message =
      'Who has care of this patient could not be worked out from the practitioners that came, and stays as it was: the log of this process says why. The next import tries again.'
    this.reject({ file: '', line: 0, entry: null }, 'care-not-settled', message, { type: 'Patient', id })
  }

  #countFault(error: unknown): void {
    this.#faults += 1
    if (this.#faults <= MOST_FAULTS_LOGGED)
      this.#app.log.error({ err: error }, 'a resource of an import could not be stored')
  }

  async #storeWaiting(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length === 0) return
    await this.#app.space.require('low')
    const mapped = await this.#identify(waiting)
    const directory = mapped.filter(({ record }) => record.compartment === 'directory')
    for (const round of roundsOf(directory)) await this.#storeDirectory(round)
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
      const storing = this.#storePatient(first.patient, items).catch((error) => {
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
    return known.map(({ record, ...item }) => ({
      ...item,
      // What is kept of it is read in other runs, of which another server may be said.
      record: { ...record, links: this.#identities.told(record.links) },
      identity: this.#identities.of(record.type, record.sourceId),
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
      this.#inFlight.size >= (this.#options.patientsAtOnce ?? PATIENTS_AT_ONCE) ||
      (this.#inFlight.size > 0 &&
        [...this.#inFlight.values()].reduce((sum, n) => sum + n, resources) > RESOURCES_AT_ONCE)
    while (isFull()) await Promise.race(this.#inFlight.keys())
    if (this.#failure !== null) throw this.#failure.error
  }

  async #storePatient(patient: Identity, group: readonly Identified[]): Promise<void> {
    const order = {
      patient,
      practitioners: this.#practitioners,
      taking: this.#taking,
      author: this.#options.author,
    }
    try {
      await this.#count(group, await storePatientBatch(this.#app, { ...order, items: group }))
    } catch (error) {
      // The patient first: the others are stored under it.
      const isPatient = ({ record }: Identified) => Number(record.type === 'Patient')
      const ordered = group.toSorted((a, b) => isPatient(b) - isPatient(a))
      await this.#apart(ordered, error, (half) => this.#storePatient(patient, half))
    }
  }

  async #count(group: readonly Identified[], stored: Stored): Promise<void> {
    if (stored.patientFound === 'untold') {
      for (const item of group) this.#refuse(item, 'untold-server')
      return
    }
    if (!stored.patientFound) {
      await this.#keep(group)
      return
    }
    for (const { item, why } of stored.refused) this.#refuse(item, why)
    this.#progress.patients += group.some(({ record }) => record.type === 'Patient') ? 1 : 0
    this.#progress.created += stored.created
    this.#progress.updated += stored.updated
    this.#progress.unchanged += stored.unchanged
  }

  /** Keeps what has no patient until all has been read; what has none then is reported. */
  async #keep(group: readonly Identified[]): Promise<void> {
    if (this.#spool !== 'closed') {
      this.#spool ??= Spool.open(
        this.#options.spoolFolder ?? join(tmpdir(), `chartward-spool-${process.getuid?.() ?? 0}`),
      )
      const spool = await this.#spool
      // Its tokens are made anew: by then another server of the source may be known.
      await spool.add(group.map(({ identity: _anew, ...item }) => item))
      return
    }
    for (const item of group) {
      const message = `This ${item.record.type} names a patient who is neither in the vault nor among what was imported: import the Patient resource, then this file again.`
      this.#rejectItem(item, 'missing-patient', message)
    }
  }
}
