import { exactToken, nameTokens, normaliseIdentifier } from '@chartward/crypto'
import {
  type CopyValue,
  insertRows,
  isUniqueViolation,
  type Transaction,
  withTransaction,
} from '@chartward/db'
import { type MappedRecord, searchValues } from '@chartward/fhir'
import { FIELD_CLASSES } from '@chartward/policy'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import type { Keyring, PatientKeys } from '../../keys/keyring.ts'
import { sealRecord } from '../../vault/seal-record.ts'
import type { SealedVersion } from '../../vault/version.ts'
import { NAME_BITS } from '../patients/name-bits.ts'
import { careSpansOf, storeCareSpans } from './care-spans.ts'
import { logPatientImport } from './log-import.ts'
import { type Change, findKnown, planOf, type Refused } from './plan-patient.ts'
import type { Provenance } from './provenance.ts'
import { sourceToken } from './tokens.ts'

/** The records of one patient that came in together. */
export interface PatientBatch {
  /** The source's id of the patient. */
  readonly sourceId: string
  readonly records: readonly MappedRecord[]
  /** The directory's ids of the practitioners whom the records name, by source id. */
  readonly practitioners: ReadonlyMap<string, string>
  readonly from: Provenance
  readonly author: string
}

export interface Stored {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: readonly Refused[]
  /** False where the batch names a patient who is neither in it nor in the vault: then nothing was stored. */
  readonly patientFound: boolean
}

const NOTHING: Stored = { created: 0, updated: 0, unchanged: 0, refused: [], patientFound: false }

/** A record has become trusted between the look at it and its lock. */
class Overtaken extends Error {}

/**
 * Stores what a patient's batch brings, in one transaction with its audit entry: new records, new versions of changed ones,
 * search tokens, care relationships. What is unchanged is left alone, and so is what another patient has, or a trusted file has
 * stored where this one is not. Killed at any point, it has stored all or nothing.
 */
export const storePatientBatch = async (app: App, batch: PatientBatch): Promise<Stored> => {
  try {
    return await storeOnce(app, batch)
  } catch (error) {
    // Two imports met the same new patient or record at once: the one that came second finds it the second time.
    if (!isUniqueViolation(error) && !(error instanceof Overtaken)) throw error
    return storeOnce(app, batch)
  }
}

const storeOnce = async (app: App, batch: PatientBatch): Promise<Stored> => {
  const { keyring } = app
  let fresh: { patientId: string; keys: PatientKeys } | null = null
  const stored = await withTransaction(app.db, 'all', async (tx) => {
    const { source, trusted } = batch.from
    const tokens = batch.records.map(({ type, sourceId }) => sourceToken(keyring, source, type, sourceId))
    const patientToken = sourceToken(keyring, source, 'Patient', batch.sourceId)
    const known = await findKnown(tx, [patientToken, ...tokens])
    let patientId = known.get(patientToken.toString('base64'))?.patientId
    const isNewPatient = patientId === undefined
    if (patientId === undefined) {
      if (!batch.records.some(({ type }) => type === 'Patient')) return NOTHING
      patientId = newId()
    }
    const { changes, vouched, refused } = planOf(keyring, batch, tokens, known, patientId)
    const entryId = newId()
    const left = new Set(refused.map(({ record }) => record))
    const accepted = batch.records.filter((record) => !left.has(record))
    const spans = careSpansOf(accepted, batch.practitioners, app.clock())
    const careRelationships = await storeCareSpans(tx, patientId, spans, trusted)
    let written: readonly Written[] = []
    if (changes.length > 0) {
      const work = (keys: PatientKeys) => writeVersions(app, tx, batch, patientId, entryId, changes, keys)
      if (isNewPatient) {
        const made = keyring.newPatientKeys(patientId, newId())
        fresh = { patientId, keys: made.keys }
        await Promise.all([
          tx.sql`insert into patients (id, source) values (${patientId}, ${source})`,
          tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
            values (${patientId}, ${made.keys.dek.id}, ${made.kekId}, ${made.wrapped}, 'primary')`,
        ])
        written = await work(made.keys)
      } else {
        written = await keyring.withPatientKeys(patientId, work)
      }
    }
    if (vouched.length > 0) {
      await tx.sql`
        update source_ids set trusted = true where patient_id = ${patientId} and record_id = any(${vouched}::uuid[])`
    }
    await logPatientImport(app, tx, batch.from, {
      entryId,
      patientId,
      written,
      vouched: vouched.length,
      careRelationships,
    })
    const created = changes.filter(({ isNew }) => isNew).length
    return {
      created,
      updated: changes.length - created,
      unchanged: batch.records.length - changes.length - refused.length,
      refused,
      patientFound: true,
    }
  })
  keepFresh(keyring, fresh)
  return stored
}

const keepFresh = (keyring: Keyring, fresh: { patientId: string; keys: PatientKeys } | null): void => {
  if (fresh !== null) keyring.keepPatientKeys(fresh.patientId, fresh.keys)
}

interface Current {
  readonly version: number
  readonly mac: Buffer
}

const findCurrent = async (
  tx: Transaction,
  patientId: string,
  changes: readonly Change[],
  trusted: boolean,
): Promise<Map<string, Current>> => {
  const ids = changes.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId)
  if (ids.length === 0) return new Map()
  const rows = await tx.sql<{ id: string; version: number; mac: Buffer; trusted: boolean }[]>`
    select r.id, r.version, v.mac, s.trusted from records r
    join source_ids s on s.patient_id = r.patient_id and s.record_id = r.id
    join record_versions v on v.patient_id = r.patient_id and v.record_id = r.id and v.version = r.version
    where r.patient_id = ${patientId} and r.id = any(${ids}::uuid[]) for update of r, s`
  if (!trusted && rows.some((row) => row.trusted)) throw new Overtaken()
  return new Map(rows.map((row) => [row.id, { version: row.version, mac: row.mac }]))
}

type Written = Pick<SealedVersion, 'recordId' | 'version' | 'mac'>

const writeVersions = async (
  app: App,
  tx: Transaction,
  batch: PatientBatch,
  patientId: string,
  entryId: string,
  changes: readonly Change[],
  keys: PatientKeys,
): Promise<readonly Written[]> => {
  const { trusted } = batch.from
  const current = await findCurrent(tx, patientId, changes, trusted)
  const authoredAt = app.clock()
  const written: Written[] = []
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
    { patient_id: 'uuid', record_id: 'uuid', token: 'bytea', content: 'bytea', trusted: 'bool' },
    created.map(({ recordId, token, content }) => [patientId, recordId, token, content, trusted]),
  )
  await Promise.all(
    changes
      .filter(({ isNew }) => !isNew)
      .flatMap(({ recordId, content }) => [
        tx.sql`update records set version = version + 1 where patient_id = ${patientId} and id = ${recordId}`,
        tx.sql`update source_ids set content = ${content}, trusted = ${trusted} where patient_id = ${patientId} and record_id = ${recordId}`,
      ]),
  )
  await storeSearchTokens(app.keyring, tx, patientId, changes)
  return written
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
