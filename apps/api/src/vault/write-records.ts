import { recordsDigest, type WrittenRecord } from '@chartward/audit'
import { type CopyValue, insertRows, type Transaction } from '@chartward/db'
import type { RecordFields } from '@chartward/fhir'
import {
  type EntryId,
  FIELD_CLASSES,
  type PatientId,
  type RecordId,
  type ResourceType,
} from '@chartward/policy'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Draft } from '../audit/entry.ts'
import { ChartwardError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { LentKeys } from '../keys/lent-keys.ts'
import type { PatientKeys } from '../keys/patient-keys.ts'
import { lockChart, type WrittenVersion, writeSegments } from './chart/write-segments.ts'
import { replaceClaimTokens } from './claim-tokens.ts'
import type { ClassTexts } from './class-texts.ts'
import { sealRecord } from './seal-record.ts'
import { replaceSearchTokens, type SearchParts } from './search-tokens.ts'
import { microseconds, type SealedVersion, versionHash } from './version.ts'

/** A record as it is to be from now on. */
export interface RecordChange {
  readonly recordId: RecordId
  readonly type: ResourceType
  readonly fields: RecordFields
  /** The texts of `fields`, by class: made once, for the caller compares them too. */
  readonly texts: ClassTexts
  /** False for the next version of a record that is there. */
  readonly isNew: boolean
}

/** What writing records needs of the application. */
interface WriteParts extends SearchParts {
  readonly audit: AuditLog
  readonly clock: () => Date
}

export interface WriteOrder {
  readonly patientId: PatientId
  /** Who is on record as the author of the versions: `user:<id>` or `service:<name>`. */
  readonly author: string
  readonly changes: readonly RecordChange[]
  /** A new patient's keys, which no other connection can read yet. */
  readonly freshKeys?: PatientKeys | undefined
  /** The audit entry of the write; which records it wrote is filled in here. */
  readonly entry: Omit<Draft, 'id' | 'patientId' | 'records'>
}

/**
 * The one way in which record versions come to be, whoever writes: import, edit or restore. Seals the
 * changes as the next versions of their records, adds them to the chart's index, replaces the tokens by
 * which claims are found, and those of the patient where the Patient record is among them, and appends the
 * one entry that commits to all of it; in the caller's transaction, all or nothing. Records that are there
 * are locked until its end.
 */
export const writeRecords = async (
  tx: Transaction,
  app: WriteParts,
  { patientId, author, changes, freshKeys, entry }: WriteOrder,
): Promise<readonly WrittenRecord[]> => {
  const entryId: EntryId = newId()
  const heading = { patientId, author, entryId, authoredAt: app.clock() }
  const write = (keys: LentKeys) => writeVersions(tx, keys, heading, changes, freshKeys !== undefined)
  const written =
    changes.length === 0
      ? []
      : freshKeys === undefined
        ? await withKeysInForce(app.keyring, patientId, write)
        : await write(app.keyring.lend(freshKeys))
  const patient = changes.find(({ type }) => type === 'Patient')
  if (patient !== undefined) await replaceSearchTokens(tx, app, patientId, patient.fields, patient.isNew)
  await replaceClaimTokens(tx, app.keyring, patientId, changes)
  await app.audit.append(tx, { ...entry, id: entryId, patientId, records: recordsDigest(written) })
  return written
}

/** The patient's key was rotated by another process, and the lent one is not in force any more. */
class StaleKeys extends Error {}

/** Lends a patient's keys to `write`, once more where they turn out to be those of before a rotation. */
const withKeysInForce = async <T>(
  keyring: Keyring,
  patientId: PatientId,
  write: (keys: LentKeys) => Promise<T>,
): Promise<T> => {
  try {
    return await keyring.withPatientKeys(patientId, write)
  } catch (error) {
    if (!(error instanceof StaleKeys)) throw error
    keyring.forgetPatientKeys(patientId)
    return keyring.withPatientKeys(patientId, write)
  }
}

/**
 * Under the chart's lock, under which alone another key comes into force. Throws StaleKeys where it is not
 * the lent one, NOT_FOUND where there is none: the patient's keys were destroyed.
 */
const requireInForce = async (tx: Transaction, patientId: PatientId, keys: LentKeys): Promise<void> => {
  const [row] = await tx.sql<{ id: string }[]>`
    select id from patient_keys where patient_id = ${patientId} and state = 'primary'`
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  if (row.id !== keys.sealingKeyId) throw new StaleKeys()
}

interface Heading {
  readonly patientId: PatientId
  readonly author: string
  readonly entryId: EntryId
  readonly authoredAt: Date
}

const writeVersions = async (
  tx: Transaction,
  keys: LentKeys,
  heading: Heading,
  changes: readonly RecordChange[],
  isNewPatient: boolean,
): Promise<WrittenRecord[]> => {
  const { patientId, authoredAt } = heading
  if (!isNewPatient) {
    await lockChart(tx, patientId)
    await requireInForce(tx, patientId, keys)
  }
  const known = changes.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId)
  const current = await lockCurrent(tx, patientId, known)
  const written: WrittenRecord[] = []
  const listed: WrittenVersion[] = []
  // Sealed one by one as they are sent, so that a patient's whole chart is never held as ciphertext too.
  const sealed = function* (): Generator<SealedVersion> {
    for (const { recordId, type, fields, texts } of changes) {
      const before = current.get(recordId)
      const version = (before?.version ?? 0) + 1
      const made = sealRecord(
        { ...heading, recordId, resourceType: type, version },
        texts,
        before?.mac ?? null,
        keys,
      )
      written.push({
        recordId,
        version,
        hash: versionHash({ ...made, authoredAt: microseconds(made.authoredAt) }),
      })
      listed.push({ recordId, type, version, fields })
      yield made
    }
  }
  await insertVersions(tx, sealed())
  await insertRows(
    tx,
    'records',
    { patient_id: 'uuid', id: 'uuid', resource_type: 'text', version: 'int4', created_at: 'instant' },
    changes
      .filter(({ isNew }) => isNew)
      .map(({ recordId, type }): CopyValue[] => [patientId, recordId, type, 1, authoredAt]),
  )
  if (known.length > 0) {
    await tx.sql`
      update records set version = version + 1 where patient_id = ${patientId} and id = any(${known}::uuid[])`
  }
  await writeSegments(tx, keys, patientId, listed, isNewPatient)
  return written
}

interface Current {
  readonly version: number
  readonly mac: Buffer
}

/**
 * The current versions of records that are there, locked: of two who write one at once, the second goes on
 * from the first.
 */
const lockCurrent = async (
  tx: Transaction,
  patientId: PatientId,
  ids: readonly RecordId[],
): Promise<Map<RecordId, Current>> => {
  if (ids.length === 0) return new Map()
  await tx.sql`
    select id from records where patient_id = ${patientId} and id = any(${ids}::uuid[]) order by id for update`
  const rows = await tx.sql<{ id: RecordId; version: number; mac: Buffer }[]>`
    select r.id, r.version, v.mac from records r
    join record_versions v on v.patient_id = r.patient_id and v.record_id = r.id and v.version = r.version
    where r.patient_id = ${patientId} and r.id = any(${ids}::uuid[])`
  return new Map(rows.map(({ id, version, mac }) => [id, { version, mac }]))
}

const insertVersions = (tx: Transaction, versions: Iterable<SealedVersion>): Promise<void> =>
  insertRows(
    tx,
    'record_versions',
    {
      patient_id: 'uuid',
      record_id: 'uuid',
      version: 'int4',
      authored_at: 'instant',
      author: 'text',
      entry_id: 'uuid',
      digests: 'bytea',
      integrity_key_id: 'uuid',
      previous_mac: 'bytea',
      mac: 'bytea',
      ...Object.fromEntries(FIELD_CLASSES.map((name) => [name, 'bytea' as const])),
    },
    versionRows(versions),
  )

function* versionRows(versions: Iterable<SealedVersion>): Generator<CopyValue[]> {
  for (const v of versions)
    yield [
      v.patientId,
      v.recordId,
      v.version,
      v.authoredAt,
      v.author,
      v.entryId,
      v.digests,
      v.integrityKeyId,
      v.previousMac,
      v.mac,
      ...FIELD_CLASSES.map((name) => v.envelopes[name] ?? null),
    ]
}
