import type { WorkPhase } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { SourceRecord } from '@chartward/deid/records'
import type { FieldClass, PatientId, ResourceType } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { mergedFields, type OpenedRecord, openRecord } from '../../../vault/open-record.ts'
import { selectVersions } from '../../../vault/select-versions.ts'
import type { Progress } from '../../works/kind.ts'
import { BuildRefused } from './failure.ts'
import { BUILD_ROWS } from './scope.ts'
import { shuffled } from './shuffle.ts'

export interface BuildContext {
  readonly app: App
  /** The build's own transaction: everything it reads and writes of the release. */
  readonly tx: Transaction
  readonly signal: AbortSignal
  readonly progress: Progress<WorkPhase<'build-export'>>
}

/** Few enough that a type with thousands of records a patient stays small in memory. */
const PATIENTS_AT_ONCE = 8

/** The id of every patient whose keys are there, in an order that tells nothing. */
export const patientIds = async ({ tx }: BuildContext): Promise<PatientId[]> => {
  const rows = await tx.sql<{ id: PatientId }[]>`select id from patients where not patient_is_shredded(id)`
  return shuffled(rows.map(({ id }) => id))
}

/**
 * The source of each patient: what ids a patient's records and references have is that system's own affair.
 */
export const patientSources = async ({ tx }: BuildContext): Promise<Map<PatientId, string>> => {
  const rows = await tx.sql<{ id: PatientId; source: string }[]>`select id, source from patients`
  return new Map(rows.map(({ id, source }) => [id, source]))
}

/** How many records of these types there are. */
export const recordCount = async ({ tx }: BuildContext, types: readonly ResourceType[]): Promise<number> => {
  const [row] = await tx.sql<{ count: string }[]>`
    select count(*) as count from records where resource_type = any(${[...types]})`
  return Number(row?.count ?? 0)
}

/**
 * A record of the vault as de-identification takes it: of it the given classes and no others, whatever was
 * opened to see how it is to be taken. Its source id is what the source's references name it by.
 */
export const sourceRecordOf = (
  record: OpenedRecord,
  patientSourceId: string | null,
  classes: readonly FieldClass[],
): SourceRecord => {
  const taken = classes.flatMap((name) => {
    const values = record.fields[name]
    return values === undefined ? [] : [[name, values] as const]
  })
  const fields = mergedFields({ ...record, fields: Object.fromEntries(taken) })
  const sourceId = typeof fields.id === 'string' ? fields.id : record.id
  return {
    type: record.type,
    sourceId,
    patientSourceId: record.type === 'Patient' ? sourceId : patientSourceId,
    fields,
  }
}

/**
 * The current records of one type, some patients' at a time, with only the given classes opened; within a
 * batch in an order that tells nothing. Ends the build at the first record that fails its integrity check.
 */
export async function* readRecords(
  { app, tx, signal }: BuildContext,
  type: ResourceType,
  ids: readonly PatientId[],
  classes: readonly FieldClass[],
): AsyncGenerator<OpenedRecord[], void, undefined> {
  for (let at = 0; at < ids.length; at += PATIENTS_AT_ONCE) {
    signal.throwIfAborted()
    const batch = ids.slice(at, at + PATIENTS_AT_ONCE)
    const versions = await selectVersions(tx, BUILD_ROWS, { patientIds: batch, type }, classes)
    const opened: OpenedRecord[] = []
    for (const [patientId, own] of Map.groupBy(versions, (version) => version.patientId)) {
      const records = await app.keyring.withPatientKeys(patientId, (keys) =>
        own.map((version) => openRecord(version, classes, keys)),
      )
      opened.push(...records)
    }
    const bad = opened.find(({ trusted }) => !trusted)
    if (bad !== undefined) {
      app.log.error({ recordId: bad.id, version: bad.version }, 'a stored record failed its integrity check')
      throw new BuildRefused('records-untrusted', {
        records: opened.filter(({ trusted }) => !trusted).length,
      })
    }
    yield shuffled(opened)
  }
}
