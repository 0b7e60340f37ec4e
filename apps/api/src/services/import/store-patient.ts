import { recordsDigest } from '@chartward/audit'
import { exactToken, nameTokens, normaliseIdentifier } from '@chartward/crypto'
import {
  byteaArray,
  type CopyValue,
  insertRows,
  isUniqueViolation,
  type Transaction,
  withTransaction,
} from '@chartward/db'
import { type MappedRecord, searchValues } from '@chartward/fhir'
import { FIELD_CLASSES } from '@chartward/policy'
import type { App } from '../../core/app.ts'
import { newId } from '../../core/ids.ts'
import type { Keyring, PatientKeys } from '../../keys/keyring.ts'
import { type ClassTexts, classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import { sealRecord } from '../../vault/seal-record.ts'
import type { SealedVersion } from '../../vault/version.ts'
import { NAME_BITS } from '../patients/name-bits.ts'
import { type CareSpan, storeCareSpans } from './care-spans.ts'
import { contentToken, sourceToken } from './tokens.ts'

/** The records of one patient that came in together. */
export interface PatientBatch {
  /** The source's id of the patient. */
  readonly sourceId: string
  readonly records: readonly MappedRecord[]
  readonly careSpans: readonly CareSpan[]
  readonly trusted: boolean
  readonly author: string
}

export interface Stored {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** False where the batch names a patient who is neither in it nor in the vault: then nothing was stored. */
  readonly patientFound: boolean
}

interface Known {
  readonly recordId: string
  readonly patientId: string
  readonly content: Buffer
}

interface Change {
  readonly record: MappedRecord
  readonly texts: ClassTexts
  readonly recordId: string
  readonly token: Buffer
  readonly content: Buffer
  readonly isNew: boolean
}

const NOTHING: Stored = { created: 0, updated: 0, unchanged: 0, patientFound: false }

/**
 * Stores what a patient's batch brings, in one transaction with its audit entry: new records, new versions of changed ones,
 * search tokens, care relationships. What is unchanged is left alone. Killed at any point, it has stored all or nothing.
 */
export const storePatientBatch = async (app: App, batch: PatientBatch): Promise<Stored> => {
  try {
    return await storeOnce(app, batch)
  } catch (error) {
    // Two imports met the same new patient or record at once: the one that came second finds it the second time.
    if (!isUniqueViolation(error)) throw error
    return storeOnce(app, batch)
  }
}

const storeOnce = async (app: App, batch: PatientBatch): Promise<Stored> => {
  const { keyring } = app
  let fresh: { patientId: string; keys: PatientKeys } | null = null
  const stored = await withTransaction(app.db, 'all', async (tx) => {
    const tokens = batch.records.map((record) => sourceToken(keyring, record.type, record.sourceId))
    const patientToken = sourceToken(keyring, 'Patient', batch.sourceId)
    const known = await findKnown(tx, [patientToken, ...tokens])
    let patientId = known.get(patientToken.toString('base64'))?.patientId
    const isNewPatient = patientId === undefined
    if (patientId === undefined) {
      if (!batch.records.some(({ type }) => type === 'Patient')) return NOTHING
      patientId = newId()
    }
    const changes = changesOf(keyring, batch.records, tokens, known, patientId)
    if (changes.length > 0) {
      const work = (keys: PatientKeys) => writeVersions(app, tx, batch, patientId, changes, keys)
      if (isNewPatient) {
        const made = keyring.newPatientKeys(newId())
        fresh = { patientId, keys: made.keys }
        await Promise.all([
          tx.sql`insert into patients (id) values (${patientId})`,
          tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
            values (${patientId}, ${made.keys.dek.id}, ${made.kekId}, ${made.wrapped}, 'primary')`,
        ])
        await work(made.keys)
      } else {
        await keyring.withPatientKeys(patientId, work)
      }
    }
    await storeCareSpans(tx, patientId, batch.careSpans, batch.trusted)
    const created = changes.filter(({ isNew }) => isNew).length
    return {
      created,
      updated: changes.length - created,
      unchanged: batch.records.length - changes.length,
      patientFound: true,
    }
  })
  keepFresh(keyring, fresh)
  return stored
}

const keepFresh = (keyring: Keyring, fresh: { patientId: string; keys: PatientKeys } | null): void => {
  if (fresh !== null) keyring.keepPatientKeys(fresh.patientId, fresh.keys)
}

const findKnown = async (tx: Transaction, tokens: readonly Buffer[]): Promise<Map<string, Known>> => {
  const rows = await tx.sql<{ token: Buffer; record_id: string; patient_id: string; content: Buffer }[]>`
    select token, record_id, patient_id, content from source_ids where token = any(${byteaArray(tx.sql, tokens)})`
  return new Map(
    rows.map((row) => [
      row.token.toString('base64'),
      { recordId: row.record_id, patientId: row.patient_id, content: row.content },
    ]),
  )
}

/** What of a batch is new or changed. A Patient's record has the patient's own id. A repeated source id counts once, the last. */
const changesOf = (
  keyring: Keyring,
  records: readonly MappedRecord[],
  tokens: readonly Buffer[],
  known: ReadonlyMap<string, Known>,
  patientId: string,
): Change[] => {
  const changes = new Map<string, Change>()
  records.forEach((record, i) => {
    const token = tokens[i]
    if (token === undefined) return
    const key = token.toString('base64')
    const before = known.get(key)
    const texts = classTextsOf(record.fields)
    const content = contentToken(keyring, record.type, wholeTextOf(texts))
    if (before?.content.equals(content)) return
    const recordId = before?.recordId ?? (record.type === 'Patient' ? patientId : newId())
    changes.set(key, { record, texts, recordId, token, content, isNew: before === undefined })
  })
  return [...changes.values()]
}

interface Current {
  readonly version: number
  readonly mac: Buffer
}

const findCurrent = async (
  tx: Transaction,
  patientId: string,
  changes: readonly Change[],
): Promise<Map<string, Current>> => {
  const ids = changes.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId)
  if (ids.length === 0) return new Map()
  const rows = await tx.sql<{ id: string; version: number; mac: Buffer }[]>`
    select r.id, r.version, v.mac from records r
    join record_versions v on v.patient_id = r.patient_id and v.record_id = r.id and v.version = r.version
    where r.patient_id = ${patientId} and r.id = any(${ids}::uuid[]) for update of r`
  return new Map(rows.map((row) => [row.id, { version: row.version, mac: row.mac }]))
}

const writeVersions = async (
  app: App,
  tx: Transaction,
  batch: PatientBatch,
  patientId: string,
  changes: readonly Change[],
  keys: PatientKeys,
): Promise<void> => {
  const current = await findCurrent(tx, patientId, changes)
  const entryId = newId()
  const authoredAt = app.clock()
  const written: Pick<SealedVersion, 'recordId' | 'version' | 'mac'>[] = []
  // Sealed one by one as they are sent, so that a patient's whole chart is never held as ciphertext too.
  const sealed = changes.values().map(({ record, texts, recordId }) => {
    const before = current.get(recordId)
    const heading = {
      patientId,
      recordId,
      resourceType: record.type,
      version: (before?.version ?? 0) + 1,
      authoredAt,
      author: batch.author,
      entryId,
    }
    const version = sealRecord(heading, texts, before?.mac ?? null, keys, app.keyring)
    written.push({ recordId, version: version.version, mac: version.mac })
    return version
  })
  await insertVersions(tx, sealed)
  const created = changes.filter(({ isNew }) => isNew)
  await insertRows(
    tx,
    'records',
    { patient_id: 'uuid', id: 'uuid', resource_type: 'text', version: 'int4', created_at: 'instant' },
    created.map(({ record, recordId }) => [patientId, recordId, record.type, 1, authoredAt]),
  )
  await insertRows(
    tx,
    'source_ids',
    { patient_id: 'uuid', record_id: 'uuid', token: 'bytea', content: 'bytea' },
    created.map(({ recordId, token, content }) => [patientId, recordId, token, content]),
  )
  await Promise.all(
    changes
      .filter(({ isNew }) => !isNew)
      .flatMap(({ recordId, content }) => [
        tx.sql`update records set version = version + 1 where patient_id = ${patientId} and id = ${recordId}`,
        tx.sql`update source_ids set content = ${content} where patient_id = ${patientId} and record_id = ${recordId}`,
      ]),
  )
  await storeSearchTokens(app.keyring, tx, patientId, changes)
  await app.audit.append(tx, {
    id: entryId,
    action: 'record.imported',
    outcome: 'success',
    actor: { kind: 'service', name: 'import' },
    resource: { type: 'Patient', id: patientId },
    patientId,
    count: written.length,
    records: recordsDigest(written),
  })
}

const insertVersions = (tx: Transaction, versions: IteratorObject<SealedVersion>): Promise<void> =>
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
    versions.map((v): CopyValue[] => [
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
    ]),
  )

const storeSearchTokens = async (
  keyring: Keyring,
  tx: Transaction,
  patientId: string,
  changes: readonly Change[],
): Promise<void> => {
  const patient = changes.find(({ record }) => record.type === 'Patient')
  if (patient === undefined) return
  if (!patient.isNew) await tx.sql`delete from search_tokens where patient_id = ${patientId}`
  const { key } = keyring.systemKey('blind-index')
  const rows = searchValues('Patient', patient.record.fields).flatMap(({ field, kind, values }) =>
    values
      .flatMap((value) =>
        kind === 'name'
          ? nameTokens(key, field, value, NAME_BITS)
          : [exactToken(key, field, normaliseIdentifier(value))],
      )
      .map((token): CopyValue[] => [patientId, field, 1, token]),
  )
  await insertRows(
    tx,
    'search_tokens',
    { patient_id: 'uuid', field: 'text', key_version: 'int2', token: 'bytea' },
    rows,
    'on conflict do nothing',
  )
}
