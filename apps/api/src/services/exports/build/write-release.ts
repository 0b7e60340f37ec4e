import { createHash, randomUUID } from 'node:crypto'
import { createIdMap } from '@chartward/deid'
import {
  buildManifest,
  createFieldTally,
  csvWriter,
  type DeidRecord,
  type LeftOutCounts,
  type Manifest,
  manifestJson,
  NOTHING_LEFT_OUT,
  ndjsonWriter,
  type ReleasedFile,
  safeHarborRecord,
  type ZipEntry,
  zipStream,
} from '@chartward/deid/records'
import { FIELD_CLASSES, type PatientId, type ResourceType } from '@chartward/policy'
import { MANIFEST_FILE, RELEASE_FORMATS, type ReleaseFormat } from './formats.ts'
import { inStep, ReaderStopped } from './in-step.ts'
import { whyLeftOut } from './left-out.ts'
import type { Needles } from './needles.ts'
import { type Person, UNKNOWN_PERSON } from './people.ts'
import { storePieces } from './pieces.ts'
import {
  type BuildContext,
  patientSources,
  readRecords,
  recordCount,
  sourceRecordOf,
} from './read-records.ts'
import { releasedClasses } from './scope.ts'

export interface ReleaseRequest {
  readonly exportId: string
  readonly approvalId: string | null
  readonly types: readonly ResourceType[]
  readonly asOf: Date
}

export interface WrittenRelease {
  readonly manifest: Manifest
  /** The bytes of manifest.json, the same in both formats. */
  readonly manifestText: string
}

/** Lines are gathered up to this many characters before they are packed. */
const TEXT_CHUNK = 64 * 1024

async function* gathered(texts: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < TEXT_CHUNK) continue
    yield waiting
    waiting = ''
  }
  if (waiting !== '') yield waiting
}

const WRITERS = {
  csv: csvWriter,
  ndjson: (_type: ResourceType, records: AsyncIterable<DeidRecord>) => ndjsonWriter(records),
} satisfies Record<
  ReleaseFormat,
  (type: ResourceType, records: AsyncIterable<DeidRecord>) => AsyncGenerator<string>
>

/**
 * De-identifies the requested types record by record and writes both formats at once, each as a ZIP of one
 * file per type and the manifest, sealed piece by piece in the build's transaction. In memory are the ids,
 * the dates of birth and death, the needles and a few patients' records, however long the release.
 */
export const writeRelease = async (
  context: BuildContext,
  request: ReleaseRequest,
  ids: readonly PatientId[],
  people: ReadonlyMap<string, Person>,
  needles: Needles,
): Promise<WrittenRelease> => {
  const { app, tx, progress } = context
  const { exportId, types, asOf } = request
  const sources = await patientSources(context)
  const { version: policyVersion } = await app.policies.inForce()
  // Two sources use the same ids for different people, whom one map would make one.
  const idMaps = new Map([...new Set(sources.values())].map((source) => [source, createIdMap(randomUUID)]))
  const tally = createFieldTally()
  const counts: Partial<Record<ResourceType, number>> = {}
  const leftOut: LeftOutCounts = { ...NOTHING_LEFT_OUT }
  // Who is left out is left out with everything, or what is known of them would go out without their name.
  const included = ids.filter((id) => people.get(id)?.leftOut == null)
  progress.phase('records', await recordCount(context, types))
  const files: ReleasedFile[] = []
  const written = Promise.withResolvers<WrittenRelease>()
  written.promise.catch(() => undefined)

  async function* deidentified(type: ResourceType): AsyncGenerator<DeidRecord, void, undefined> {
    counts[type] = 0
    for await (const batch of readRecords(context, type, included, FIELD_CLASSES)) {
      progress.advance(batch.length)
      for (const record of batch) {
        const person = people.get(record.patientId)
        const idMap = idMaps.get(sources.get(record.patientId) ?? '')
        if (idMap === undefined) throw new Error('a record of no patient')
        const why = whyLeftOut(record)
        if (why !== null) {
          leftOut[why] += 1
          continue
        }
        const source = sourceRecordOf(record, person?.sourceId ?? record.patientId, releasedClasses(type))
        needles.add(source)
        counts[type] = (counts[type] ?? 0) + 1
        yield safeHarborRecord(source, { asOf, person: person?.facts ?? UNKNOWN_PERSON, ids: idMap, tally })
      }
    }
  }

  const closeManifest = (): void => {
    const manifest = buildManifest({
      exportId,
      profile: 'safe-harbor',
      asOf,
      policyVersion,
      patients: included.length,
      patientsLeftOut: ids.length - included.length,
      recordsLeftOut: leftOut,
      counts,
      files,
      tally,
      facts: { approvalId: request.approvalId },
    })
    written.resolve({ manifest, manifestText: manifestJson(manifest) })
  }

  async function* measured(name: string, texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const text of gathered(texts)) {
      const chunk = Buffer.from(text)
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
    files.push({ name, bytes, sha256: hash.digest('hex') })
    if (files.length === types.length * RELEASE_FORMATS.length) closeManifest()
  }

  async function* manifestChunks(): AsyncGenerator<string> {
    yield (await written.promise).manifestText
  }

  const readers = types.map((type) => inStep(deidentified(type), RELEASE_FORMATS.length))
  async function* entriesOf(format: ReleaseFormat, reader: number): AsyncGenerator<ZipEntry> {
    for (const [at, type] of types.entries()) {
      const records = readers[at]?.[reader]
      if (records === undefined) throw new Error('every format reads every type')
      const name = `${type}.${format}`
      yield { name, chunks: measured(name, WRITERS[format](type, records)) }
    }
    yield { name: MANIFEST_FILE, chunks: manifestChunks() }
  }

  const stored = RELEASE_FORMATS.map(async (format, reader) => {
    try {
      await storePieces(tx, app.keyring, exportId, format, zipStream(entriesOf(format, reader)))
    } catch (error) {
      // The other format may be waiting for the manifest.
      written.reject(error)
      throw error
    }
  })
  // Both have come to an end before the caller rolls the transaction back.
  const failures = (await Promise.allSettled(stored)).flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  )
  if (failures.length > 0) throw failures.find((error) => !(error instanceof ReaderStopped)) ?? failures[0]
  return written.promise
}
