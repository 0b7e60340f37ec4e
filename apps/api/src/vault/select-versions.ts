import { type Database, type RowAccess, selectInScope, type Transaction } from '@chartward/db'
import {
  type EntryId,
  type FieldClass,
  isResourceType,
  type PatientId,
  type RecordId,
  type Scope,
} from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'
import { SharedRead } from '../core/shared-read.ts'
import { CLASS_ORDER } from './class-order.ts'
import { type RowParts, rowsOf } from './rows.ts'
import type { SealedVersion } from './version.ts'

/** A row of record_versions with its record's type, as far as its classes were asked for. */
export interface VersionRow extends Partial<Record<FieldClass, Buffer | null>> {
  readonly patient_id: PatientId
  readonly record_id: RecordId
  readonly resource_type: string
  readonly version: number
  readonly authored_at: string
  readonly author: string
  readonly entry_id: EntryId
  readonly digests: Buffer
  readonly integrity_key_id: string
  readonly previous_mac: Buffer | null
  readonly mac: Buffer
}

/**
 * Which current versions: of one type (in order of id, after a cursor), those of given ids, of one type for
 * many patients, or records of many patients by their places.
 */
export type Selection =
  | {
      readonly patientId: PatientId
      readonly type: string
      readonly after: RecordId | null
      readonly limit: number
    }
  | { readonly patientId: PatientId; readonly type: string; readonly ids: readonly RecordId[] }
  | { readonly patientIds: readonly PatientId[]; readonly type: string }
  | {
      readonly places: readonly { readonly patient_id: PatientId; readonly record_id: RecordId }[]
      readonly types: readonly string[]
    }

const HEADING = `r.patient_id, v.record_id, r.resource_type, v.version, v.authored_at, v.author, v.entry_id, v.digests,
  v.integrity_key_id, v.previous_mac, v.mac`

const FROM = `from records r
  join record_versions v on v.patient_id = r.patient_id and v.record_id = r.id and v.version = r.version`

/**
 * The statement fetches only the classes asked for: what a Scope does not allow never leaves the database.
 */
const selectOf = (classes: readonly FieldClass[]): string => {
  const columns = CLASS_ORDER.filter((fieldClass) => classes.includes(fieldClass)).map((name) => `v.${name}`)
  return `select ${[HEADING, ...columns].join(', ')} ${FROM}`
}

const statementFor = (
  selection: Selection,
  classes: readonly FieldClass[],
): [string, (string | number | string[] | null)[]] => {
  const select = selectOf(classes)
  if ('places' in selection) {
    const { places, types } = selection
    return [
      `${select} where (r.patient_id, r.id) in (select * from unnest($1::uuid[], $2::uuid[])) and r.resource_type = any($3)`,
      [places.map(({ patient_id }) => patient_id), places.map(({ record_id }) => record_id), [...types]],
    ]
  }
  if ('patientIds' in selection) {
    return [
      `${select} where r.patient_id = any($1::uuid[]) and r.resource_type = $2`,
      [[...selection.patientIds], selection.type],
    ]
  }
  if ('ids' in selection) {
    return [
      `${select} where r.patient_id = $1 and r.resource_type = $2 and r.id = any($3::uuid[])`,
      [selection.patientId, selection.type, [...selection.ids]],
    ]
  }
  return [
    `${select} where r.patient_id = $1 and r.resource_type = $2 and ($3::uuid is null or r.id > $3) order by r.id limit $4`,
    [selection.patientId, selection.type, selection.after, selection.limit],
  ]
}

export const sealedVersion = (row: VersionRow): SealedVersion => {
  if (!isResourceType(row.resource_type)) throw new ChartwardError('INTEGRITY')
  const envelopes: Partial<Record<FieldClass, Buffer>> = {}
  for (const fieldClass of CLASS_ORDER) {
    const envelope = row[fieldClass]
    if (envelope !== undefined && envelope !== null) envelopes[fieldClass] = envelope
  }
  return {
    patientId: row.patient_id,
    recordId: row.record_id,
    resourceType: row.resource_type,
    version: row.version,
    authoredAt: new Date(row.authored_at),
    author: row.author,
    entryId: row.entry_id,
    envelopes,
    digests: row.digests,
    integrityKeyId: row.integrity_key_id,
    previousMac: row.previous_mac,
    mac: row.mac,
  }
}

/**
 * The current versions of a selection, seen through row-level security for `rows`. On a pool it is one
 * statement and one round trip; in a transaction, the statement runs in that one, whose rows it must have.
 */
export const selectVersions = async (
  connection: Database | Transaction,
  rows: RowAccess,
  selection: Selection,
  classes: readonly FieldClass[],
): Promise<SealedVersion[]> => {
  const [text, parameters] = statementFor(selection, classes)
  const found =
    connection.kind === 'transaction'
      ? await connection.sql.unsafe<VersionRow[]>(text, parameters, { prepare: true })
      : await selectInScope<VersionRow>(connection, rows, text, parameters, 'record_id')
  return found.map(sealedVersion)
}

/** As many records as one statement reads: each may be large, and all are held at once. */
const RECORDS_AT_ONCE = 64

/** One record, and the classes that the asker's Scope allows. */
interface RecordQuestion {
  readonly patientId: PatientId
  readonly recordId: RecordId
  readonly classes: readonly FieldClass[]
}

/**
 * The current version of one record, or undefined: those of many requests, each of which has been allowed
 * its patient, in one statement for each set of classes, seen through row-level security for just these
 * patients. As the row is: what is wrong with one must not fail those who asked for another, so
 * `readRecord` looks at it.
 */
export const readRecords = (db: Database): SharedRead<RecordQuestion, VersionRow | undefined> => {
  const load = async (questions: readonly RecordQuestion[]): Promise<(VersionRow | undefined)[]> => {
    const found = new Map<readonly FieldClass[], Map<string, VersionRow>>()
    const key = (patientId: PatientId, recordId: RecordId) => `${patientId} ${recordId}`
    // A set of classes is one list for all who may open it.
    const alike = Map.groupBy(questions, ({ classes }) => classes)
    await Promise.all(
      [...alike].map(async ([classes, group]) => {
        const rows = await selectInScope<VersionRow>(
          db,
          group.map(({ patientId }) => patientId),
          `${selectOf(classes)} where (r.patient_id, r.id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
          [group.map(({ patientId }) => patientId), group.map(({ recordId }) => recordId)],
        )
        found.set(classes, new Map(rows.map((row) => [key(row.patient_id, row.record_id), row])))
      }),
    )
    return questions.map(({ patientId, recordId, classes }) =>
      found.get(classes)?.get(key(patientId, recordId)),
    )
  }
  return new SharedRead(load, { batch: RECORDS_AT_ONCE })
}

/**
 * The current version of one record of a patient whom the Scope covers, with the classes asked for; or
 * undefined. Rejects INTEGRITY where its row is none that was ever stored.
 */
export const readRecord = async (
  app: RowParts & { readonly reads: { readonly records: ReturnType<typeof readRecords> } },
  scope: Scope,
  question: RecordQuestion,
): Promise<SealedVersion | undefined> => {
  const rows = await rowsOf(app, scope)
  const covered = rows === 'all' || (rows !== 'none' && rows.includes(question.patientId))
  const row = covered ? await app.reads.records.ask(question) : undefined
  return row === undefined ? undefined : sealedVersion(row)
}
