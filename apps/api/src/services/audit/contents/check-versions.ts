import type { Connection } from '@chartward/db'
import { FIELD_CLASSES, isResourceType, type PatientId } from '@chartward/policy'
import { ChartwardError } from '../../../core/errors.ts'
import type { Keyring, StoredPatientKey } from '../../../keys/keyring.ts'
import type { LentKeys } from '../../../keys/lent-keys.ts'
import { allChains, chartChecker } from '../../../vault/chart/check-chart.ts'
import { selectChains } from '../../../vault/chart/select-segments.ts'
import { classTextsOf, wholeTextOf } from '../../../vault/class-texts.ts'
import { type OpenedRecord, openRecord } from '../../../vault/open-record.ts'
import { sealedVersion, type VersionRow } from '../../../vault/select-versions.ts'
import { isUnchanged } from '../../import/tokens.ts'
import type { Findings } from '../integrity/findings.ts'
import { shreddedByLog } from '../integrity/shredded-rows.ts'
import { checkClaimTokens } from './check-claim-tokens.ts'
import { checkTokens } from './check-tokens.ts'

/** Versions in memory at a time: each may be large. */
const PAGE = 64
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

interface Row extends Omit<VersionRow, 'resource_type'> {
  /** Null where the record's row is gone, which is named already. */
  readonly resource_type: string | null
  readonly is_current: boolean | null
  readonly token: Buffer | null
  readonly key_version: number
  readonly content: Buffer | null
  readonly trusted: boolean
}

type Before = Pick<Row, 'patient_id' | 'record_id' | 'version' | 'mac'>

/** Told how many versions have been read, a page at a time; where it throws, the check ends. */
export type OnRead = (versions: number) => void

/**
 * Opens every version of every record, and compares what it says with all that was made of it. Those of
 * patients whose keys were destroyed open for nobody.
 */
export const checkVersions = async (
  sql: Connection['sql'],
  keyring: Keyring,
  findings: Findings,
  onRead: OnRead,
): Promise<void> => {
  let before: Before | null = null
  let chart: Chart | null = null
  const shredded = await shreddedByLog(sql)
  const [{ name_bits: nameBits } = { name_bits: 16 }] = await sql<{ name_bits: number }[]>`
    select name_bits from installation`
  for (;;) {
    const rows: readonly Row[] = await readPage(sql, before, shredded)
    const keys = await readKeys(sql, [...new Set(rows.map(({ patient_id }) => patient_id))])
    for (const [patientId, versions] of Map.groupBy(rows, ({ patient_id }) => patient_id)) {
      if (chart?.patientId !== patientId)
        chart = await openChart(sql, keyring, patientId, keys.get(patientId) ?? [], findings)
      const opened = await openAll(keyring, patientId, keys.get(patientId) ?? [], versions, findings)
      for (const [row, record] of opened) {
        checkVersion(row, record, before, findings)
        checkSourceId(keyring, row, record, findings)
        if (row.is_current === true && record.trusted) checkLine(chart, row, record, findings)
        if (record.trusted && record.type === 'Patient' && row.is_current === true)
          await checkTokens(sql, keyring, record, nameBits, findings)
        before = row
      }
      const current = opened.flatMap(([row, one]) => (row.is_current === true && one.trusted ? [one] : []))
      await checkClaimTokens(sql, keyring, patientId, current, findings)
    }
    onRead(rows.length)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    before = last
  }
}

const readPage = (
  sql: Connection['sql'],
  after: Before | null,
  shredded: readonly PatientId[],
): Promise<Row[]> => sql<Row[]>`
  select v.patient_id, v.record_id, r.resource_type, v.version, v.authored_at, v.author, v.entry_id, v.digests,
    v.integrity_key_id, v.previous_mac, v.mac, ${sql(FIELD_CLASSES.map((name) => `v.${name}`))},
    r.version = v.version as is_current, s.token, s.key_version, s.content, s.trusted
  from record_versions v
  left join records r on r.patient_id = v.patient_id and r.id = v.record_id
  left join source_ids s on s.patient_id = v.patient_id and s.record_id = v.record_id
  where (v.patient_id, v.record_id, v.version) >
    (${after?.patient_id ?? FIRST_ID}::uuid, ${after?.record_id ?? FIRST_ID}::uuid, ${after?.version ?? 0}::int)
    and not v.patient_id = any(${[...shredded]}::uuid[])
  order by v.patient_id, v.record_id, v.version limit ${PAGE}`

const readKeys = async (
  sql: Connection['sql'],
  patientIds: readonly PatientId[],
): Promise<Map<PatientId, StoredPatientKey[]>> => {
  const rows = await sql<(StoredPatientKey & { patient_id: PatientId })[]>`
    select patient_id, id, kek_id, wrapped, state from patient_keys
    where patient_id = any(${[...patientIds]}::uuid[]) and state in ('primary', 'decrypt-only')`
  return Map.groupBy(rows, ({ patient_id }) => patient_id)
}

const openAll = async (
  keyring: Keyring,
  patientId: PatientId,
  stored: readonly StoredPatientKey[],
  rows: readonly Row[],
  findings: Findings,
): Promise<[Row, OpenedRecord][]> => {
  const open = (keys: LentKeys): [Row, OpenedRecord][] =>
    rows.flatMap((row): [Row, OpenedRecord][] => {
      const { resource_type } = row
      if (resource_type === null || !isResourceType(resource_type)) return []
      return [[row, openRecord(sealedVersion({ ...row, resource_type }), FIELD_CLASSES, keys)]]
    })
  try {
    return await keyring.withStoredKeys(patientId, stored, open)
  } catch (error) {
    if (!(error instanceof ChartwardError)) throw error
    findings.add('key-unusable', `no key opens the records of patient ${patientId}`)
    return []
  }
}

/** A patient's index, to be compared with the records as they come. */
interface Chart {
  readonly patientId: PatientId
  readonly fits: (record: OpenedRecord) => boolean
}

const openChart = async (
  sql: Connection['sql'],
  keyring: Keyring,
  patientId: PatientId,
  stored: readonly StoredPatientKey[],
  findings: Findings,
): Promise<Chart> => {
  const ask = <Found extends object>(text: string, parameters: (string | string[])[]) =>
    sql.unsafe<Found[]>(text, parameters)
  const chains = await selectChains(ask, patientId, allChains)
  try {
    const { broken, fits } = await keyring.withStoredKeys(patientId, stored, (keys) =>
      chartChecker(chains, keys),
    )
    for (const { resourceType, fieldClass } of broken)
      findings.add(
        'chart-index-changed',
        `the index of ${resourceType} (${fieldClass}) of patient ${patientId} is not whole`,
      )
    return { patientId, fits }
  } catch (error) {
    // That no key opens the patient's records is named with the records.
    if (!(error instanceof ChartwardError)) throw error
    return { patientId, fits: () => true }
  }
}

const checkLine = (
  chart: Chart | null,
  { entry_id: entryId }: Row,
  record: OpenedRecord,
  findings: Findings,
): void => {
  if (chart === null || chart.fits(record)) return
  const detail = `the index of patient ${record.patientId} says other things of record ${record.id} than it does`
  findings.add('chart-index-changed', detail, { entryId })
}

const checkVersion = (row: Row, record: OpenedRecord, before: Before | null, findings: Findings): void => {
  const { record_id, version, entry_id: entryId, previous_mac } = row
  const what = `version ${version} of record ${record_id} of patient ${row.patient_id}`
  if (!record.trusted)
    findings.add('record-changed', `${what} does not open to what was written`, { entryId })
  const follows = before?.record_id === record_id && before.version === version - 1
  if (version === 1 ? previous_mac !== null : follows && previous_mac?.equals(before.mac) !== true)
    findings.add('record-changed', `${what} does not go on from the version before it`, { entryId })
}

const checkSourceId = (keyring: Keyring, row: Row, record: OpenedRecord, findings: Findings): void => {
  const { token, content, key_version: keyVersion, trusted, record_id } = row
  if (row.is_current !== true || token === null || !record.trusted) return
  const text = wholeTextOf(classTextsOf(record.fields))
  if (keyring.tokenKeys('source-ids').some(({ version }) => version === keyVersion))
    if (isUnchanged(keyring, record.type, text, { token, keyVersion, trusted, content })) return
  const detail = `what record ${record_id} of patient ${row.patient_id} is known again by is not what was written`
  findings.add('source-id-changed', detail, { entryId: row.entry_id })
}
