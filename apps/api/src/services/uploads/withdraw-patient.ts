import { recordsDigest } from '@chartward/audit'
import { type Transaction, withTransaction } from '@chartward/db'
import { fromRecord, linksOf, withdrawnFields } from '@chartward/fhir'
import { FIELD_CLASSES, type PatientId, type RecordId, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import { type OpenedRecord, openRecord } from '../../vault/open-record.ts'
import { sealedVersion, type VersionRow } from '../../vault/select-versions.ts'
import { type RecordChange, writeRecords } from '../../vault/write-records.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { careFacts } from '../import/care-facts.ts'
import type { Practitioners } from '../import/practitioners.ts'
import { type SeenRecord, storeCare } from '../import/store-care.ts'
import { contentToken } from '../import/tokens.ts'
import { endTrusted } from '../import/trusted-care.ts'
import { PatientHistory, type WithdrawnCounts } from './patient-history.ts'

export interface Withdrawing {
  readonly upload: RowOf<'upload'>
  readonly by: UserId
  readonly practitioners: Practitioners
}

/** Somebody else has written one of the records between the look at it and its lock. */
class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

/** What one record is to be. */
interface Target {
  readonly recordId: RecordId
  readonly current: number
  /** The version that counts again; null where none does, and the record says that it was withdrawn. */
  readonly version: number | null
}

const MOST_TRIES = 5

/**
 * Takes back what an upload has brought of one patient, in one transaction with its entry: a further version
 * of each record that still is what the upload said, of the version that counts without it, or marked as
 * withdrawn; and the care that it gave. What another import has changed since stays; the entry says then too
 * that these versions count no more, for whoever withdraws the other. Done once, it gives what it came to
 * then and changes nothing.
 */
export const withdrawPatient = async (
  app: App,
  patientId: PatientId,
  withdrawing: Withdrawing,
): Promise<WithdrawnCounts> => {
  for (let tries = 1; ; tries++) {
    try {
      return await withTransaction(app.db, [patientId], (tx) => withdrawOnce(tx, app, patientId, withdrawing))
    } catch (error) {
      if (!(error instanceof Overtaken) || tries === MOST_TRIES) throw error
    }
  }
}

const withdrawOnce = async (
  tx: Transaction,
  app: App,
  patientId: PatientId,
  { upload, by, practitioners }: Withdrawing,
): Promise<WithdrawnCounts> => {
  const { requestId } = upload
  const history = await PatientHistory.read(tx, app, patientId)
  const done = history.withdrawals.find(({ request }) => request === requestId)
  if (done !== undefined) return done.counts
  const { targets, kept } = targetsOf(history, requestId)
  const opened = await openVersions(tx, app, patientId, targets)
  const changes = targets.map(({ recordId, version }): RecordChange => {
    const { type, fields: held } = openedOf(opened, recordId)
    const fields = version === null ? withdrawnFields(held) : held
    return { recordId, type, fields, texts: classTextsOf(fields), isNew: false }
  })
  const seen = targets.map(({ recordId, version }): SeenRecord => {
    const { type, fields } = openedOf(opened, recordId)
    const links = version === null ? null : linksOf(type, fromRecord(type, 'restored', null, fields), null)
    return { recordId, source: upload.source, trusted: false, links }
  })
  const { given, taken } = await storeCare(tx, app, practitioners, { patientId }, seen)
  const ended = await endTrusted(tx, app, patientId, (care) => care.upload === upload.id)
  const care = { given, taken: [...taken, ...ended] }
  await changeSourceIds(tx, app, patientId, changes)
  const withdrawn = targets.filter(({ version }) => version === null).length
  const counts = {
    withdrawn,
    restored: targets.length - withdrawn,
    kept,
    careEnded: care.taken.length,
  }
  const [first, ...rest] = careFacts(care)
  const entry = {
    action: 'record.withdrawn',
    outcome: 'success',
    actor: { kind: 'service', name: 'withdraw-upload' },
    resource: { type: 'Patient', id: patientId },
  } as const
  const of = { upload: upload.id, askedBy: by, withdrew: requestId }
  const written = await writeRecords(tx, app, {
    patientId,
    author: `user:${by}`,
    changes,
    entry: { ...entry, count: changes.length, facts: { ...of, ...counts, ...first } },
  })
  // Locked by now: whoever wrote one meanwhile has committed, and is looked at again.
  const versions = new Map(targets.map(({ recordId, current }) => [recordId, current]))
  if (written.some(({ recordId, version }) => version !== (versions.get(recordId as RecordId) ?? 0) + 1))
    throw new Overtaken()
  for (const facts of rest) {
    const more = { ...entry, patientId, count: 0, facts: { ...of, ...facts }, records: recordsDigest([]) }
    await app.audit.append(tx, more)
  }
  return counts
}

/** Which records change because the request's versions count no more, and how many of its stay. */
const targetsOf = (
  history: PatientHistory,
  request: string,
): { readonly targets: readonly Target[]; readonly kept: number } => {
  const before = new Set(history.withdrawals.map((one) => one.request))
  const after = new Set([...before, request])
  const targets: Target[] = []
  let kept = 0
  for (const recordId of history.records) {
    const was = history.counting(recordId, before)
    const version = history.counting(recordId, after)
    if (was !== version) targets.push({ recordId, current: history.currentOf(recordId), version })
    else if (history.isOf(recordId, request)) kept += 1
  }
  return { targets, kept }
}

const openedOf = (opened: ReadonlyMap<RecordId, OpenedRecord>, recordId: RecordId): OpenedRecord => {
  const record = opened.get(recordId)
  if (record?.trusted !== true) throw new ChartwardError('INTEGRITY')
  return record
}

/** Of each record the version that counts again, or the current one where none does. */
const openVersions = async (
  tx: Transaction,
  { keyring }: Pick<App, 'keyring'>,
  patientId: PatientId,
  targets: readonly Target[],
): Promise<ReadonlyMap<RecordId, OpenedRecord>> => {
  const rows = await tx.sql<VersionRow[]>`
    select v.patient_id, v.record_id, r.resource_type, v.version, v.authored_at, v.author, v.entry_id, v.digests,
      v.integrity_key_id, v.previous_mac, v.mac, ${tx.sql(FIELD_CLASSES.map((name) => `v.${name}`))}
    from unnest(${targets.map(({ recordId }) => recordId)}::uuid[],
      ${targets.map(({ version, current }) => version ?? current)}::int[]) t (record_id, version)
    join record_versions v on v.patient_id = ${patientId} and v.record_id = t.record_id and v.version = t.version
    join records r on r.patient_id = v.patient_id and r.id = v.record_id`
  return keyring.withPatientKeys(
    patientId,
    (keys) =>
      new Map(rows.map((row) => [row.record_id, openRecord(sealedVersion(row), FIELD_CLASSES, keys)])),
  )
}

interface SourceIdRow {
  readonly record_id: RecordId
  readonly token: Buffer
  readonly key_version: number
  readonly trusted: boolean
}

/**
 * What the records are known again by says from now on what they hold. What was withdrawn is not among what
 * was sent before: the same may be uploaded again.
 */
const changeSourceIds = async (
  tx: Transaction,
  { keyring }: Pick<App, 'keyring'>,
  patientId: PatientId,
  changes: readonly RecordChange[],
): Promise<void> => {
  const ids = changes.map(({ recordId }) => recordId)
  const rows = await tx.sql<SourceIdRow[]>`
    select record_id, token, key_version, trusted from source_ids
    where patient_id = ${patientId} and record_id = any(${ids}::uuid[]) order by record_id for update`
  for (const { recordId, type, texts } of changes) {
    const row = rows.find((one) => one.record_id === recordId)
    if (row === undefined || row.trusted) throw new ChartwardError('INTEGRITY')
    const known = { token: row.token, keyVersion: row.key_version, trusted: false }
    const content = contentToken(keyring, type, wholeTextOf(texts), known)
    await tx.sql`
      update source_ids set content = ${content} where patient_id = ${patientId} and record_id = ${recordId}`
  }
}
