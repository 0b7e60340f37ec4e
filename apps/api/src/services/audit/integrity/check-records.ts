import {
  ACTIONS,
  type ActionSpec,
  AuditError,
  type EntryRecords,
  isAction,
  recordsDigest,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId, PatientId, RecordId } from '@chartward/policy'
import { versionHash } from '../../../vault/version.ts'
import type { Findings } from './findings.ts'
import type { LoggedEntry, Place } from './logged-entry.ts'

/** Record versions in memory at a time, unless one write made more. */
const VERSIONS = 20_000
const PAGE = 2_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Whether an entry of this action commits to record versions. */
const commitsToRecords = (action: string | null, outcome: string | null): boolean => {
  if (outcome !== 'success' || !isAction(action)) return false
  const spec: ActionSpec = ACTIONS[action]
  return spec.records === 'required'
}

interface Commitment {
  readonly leaf: Place
  readonly patientId: string
  readonly records: EntryRecords
}

/** Compares the record versions of each write with the digest over their rows that its entry committed to. */
export const checkCommittedRecords = async (
  sql: Connection['sql'],
  entries: readonly LoggedEntry[],
  findings: Findings,
): Promise<void> => {
  let batch: Commitment[] = []
  let versions = 0
  for (const { leaf, entry } of entries) {
    const { records, patientId } = entry
    // What belongs to no patient is not kept in record versions.
    if (records === null || patientId === null || entry.outcome !== 'success') continue
    batch.push({ leaf, patientId, records })
    versions += records.count
    if (versions < VERSIONS) continue
    await checkBatch(sql, batch, findings)
    batch = []
    versions = 0
  }
  await checkBatch(sql, batch, findings)
}

interface VersionRow {
  readonly entry_id: EntryId
  readonly patient_id: PatientId
  readonly record_id: RecordId
  /** Null where the record's row is gone. */
  readonly resource_type: string | null
  readonly version: number
  readonly authored_at: string
  readonly author: string
  readonly digests: Buffer
  readonly classes: number
  readonly integrity_key_id: string
  readonly previous_mac: Buffer | null
  readonly mac: Buffer
}

const checkBatch = async (
  sql: Connection['sql'],
  batch: readonly Commitment[],
  findings: Findings,
): Promise<void> => {
  if (batch.length === 0) return
  const rows = await sql<VersionRow[]>`
    select v.entry_id, v.patient_id, v.record_id, r.resource_type, v.version,
      (extract(epoch from v.authored_at) * 1000000)::bigint::text as authored_at, v.author, v.digests, v.classes,
      v.integrity_key_id, v.previous_mac, v.mac
    from record_versions v left join records r on r.patient_id = v.patient_id and r.id = v.record_id
    where v.entry_id = any(${batch.map(({ leaf }) => leaf.entryId)}::uuid[])`
  const byEntry = Map.groupBy(rows, ({ entry_id }) => entry_id)
  for (const { leaf, patientId, records } of batch) {
    const found = byEntry.get(leaf.entryId) ?? []
    if (found.length !== records.count) {
      const detail = `${found.length} of the ${records.count} record versions of this write are there`
      findings.add('records-mismatch', detail, leaf)
    } else if (found.some(({ patient_id }) => patient_id !== patientId)) {
      findings.add(
        'records-mismatch',
        'a record version of this write has been moved to another patient',
        leaf,
      )
      // A record whose row is gone is named by itself, and its type with it.
    } else if (found.every(hasRecord) && digestOf(found) !== records.digest) {
      findings.add('records-mismatch', 'a record version of this write has been changed', leaf)
    }
    for (const { record_id, version, digests, classes } of found) {
      if (digests[0] === classes) continue
      const detail = `version ${version} of record ${record_id} has other field classes than were written`
      findings.add('class-mismatch', detail, leaf)
    }
  }
}

interface Known extends VersionRow {
  readonly resource_type: string
}

const hasRecord = (row: VersionRow): row is Known => row.resource_type !== null

/** Null where there are two of one version, which no write makes. */
const digestOf = (rows: readonly Known[]): string | null => {
  try {
    return recordsDigest(
      rows.map((row) => ({
        recordId: row.record_id,
        version: row.version,
        hash: versionHash({
          patientId: row.patient_id,
          recordId: row.record_id,
          resourceType: row.resource_type,
          version: row.version,
          authoredAt: row.authored_at,
          author: row.author,
          digests: row.digests,
          integrityKeyId: row.integrity_key_id,
          previousMac: row.previous_mac,
          mac: row.mac,
        }),
      })),
    ).digest
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

/**
 * Finds record versions that no entry committed to: the other direction, which an inserted row can't evade.
 */
export const checkUnloggedRecords = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  for (let after = FIRST_ID; ; ) {
    const rows = await sql<{ entry_id: EntryId; action: string | null; outcome: string | null }[]>`
      with page as (
        select distinct entry_id from record_versions where entry_id > ${after} order by entry_id limit ${PAGE}
      )
      select page.entry_id, e.action, e.outcome from page left join audit_entries e on e.id = page.entry_id
      order by page.entry_id`
    for (const { entry_id, action, outcome } of rows) {
      if (commitsToRecords(action, outcome)) continue
      const detail =
        action === null
          ? 'record versions name an entry that is not there'
          : 'record versions name an entry that wrote none'
      findings.add('records-unlogged', detail, { entryId: entry_id })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.entry_id
  }
}

/** Finds records that are shown at another version than their last one, and versions whose record is gone. */
export const checkCurrentVersions = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  let [patient, record] = [FIRST_ID, FIRST_ID]
  for (;;) {
    const rows = await sql<
      {
        patient_id: PatientId
        record_id: RecordId
        entry_id: EntryId
        latest: number
        current: number | null
      }[]
    >`
      with page as (
        select patient_id, record_id, max(version) as latest from record_versions
        where (patient_id, record_id) > (${patient}, ${record})
        group by patient_id, record_id order by patient_id, record_id limit ${PAGE}
      )
      select page.patient_id, page.record_id, page.latest, r.version as current,
        (select entry_id from record_versions v where v.patient_id = page.patient_id and v.record_id = page.record_id
          and v.version = page.latest limit 1) as entry_id
      from page left join records r on r.patient_id = page.patient_id and r.id = page.record_id
      order by page.patient_id, page.record_id`
    for (const { record_id, entry_id, latest, current } of rows) {
      if (current === latest) continue
      const state = current === null ? 'its row is gone' : `it is shown at version ${current}`
      findings.add('record-mismatch', `record ${record_id} has versions up to ${latest}, and ${state}`, {
        entryId: entry_id,
      })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    patient = last.patient_id
    record = last.record_id
  }
}

/** Finds records of which no version is left. */
export const checkEmptyRecords = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  let [patient, record] = [FIRST_ID, FIRST_ID]
  for (;;) {
    const rows = await sql<{ patient_id: PatientId; id: RecordId; empty: boolean }[]>`
      with page as (
        select patient_id, id from records where (patient_id, id) > (${patient}, ${record})
        order by patient_id, id limit ${PAGE}
      )
      select patient_id, id, not exists (
        select from record_versions v where v.patient_id = page.patient_id and v.record_id = page.id) as empty
      from page order by patient_id, id`
    for (const { id, empty } of rows) {
      if (empty) findings.add('record-mismatch', `record ${id} has no version left`)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    patient = last.patient_id
    record = last.id
  }
}
