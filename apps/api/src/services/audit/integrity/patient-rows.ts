import type { Connection } from '@chartward/db'
import type { PatientId, RecordId } from '@chartward/policy'
import type { Findings } from './findings.ts'
import { type LoggedEntry, textFact } from './logged-entry.ts'
import { checkShredded, shreddedByLog } from './shredded-rows.ts'

interface PatientRow {
  readonly id: PatientId
  readonly source: string | null
}

/** Compares the row of each patient with what the entry that made the patient committed to. */
export const checkNewPatients = async (
  sql: Connection['sql'],
  entries: readonly LoggedEntry[],
  findings: Findings,
): Promise<void> => {
  const made = entries.flatMap((logged) => {
    const { patientId } = logged.entry
    const source = textFact(logged, 'source')
    return patientId === null || source === null || textFact(logged, 'patientKey') === null
      ? []
      : [{ logged, patientId, source }]
  })
  if (made.length === 0) return
  const rows = await sql<PatientRow[]>`
    select id, source from patients where id = any(${made.map(({ patientId }) => patientId)}::uuid[])`
  const byId = new Map<string, PatientRow>(rows.map((row) => [row.id, row]))
  for (const { logged, patientId, source } of made) {
    const row = byId.get(patientId)
    const { leaf } = logged
    if (row === undefined) findings.add('patient-missing', `the row of patient ${patientId} is gone`, leaf)
    else if (row.source !== source)
      findings.add('patient-changed', `patient ${patientId} was imported from another source`, leaf)
  }
}

/** Finds rows of patients that lack another that goes with them. */
export const checkPatientRows = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const shredded = await shreddedByLog(sql)
  await checkPatientsAlone(sql, shredded, findings)
  await checkOrphans(sql, findings)
  await checkSourceIds(sql, shredded, findings)
  await checkShredded(sql, shredded, findings)
}

const checkPatientsAlone = async (
  sql: Connection['sql'],
  shredded: readonly PatientId[],
  findings: Findings,
): Promise<void> => {
  const keyless = await sql<{ id: PatientId }[]>`
    select id from patients p where not exists (
      select from patient_keys k where k.patient_id = p.id and k.state = 'primary')
      and not p.id = any(${[...shredded]}::uuid[]) order by id limit 100`
  for (const { id } of keyless) findings.add('key-missing', `patient ${id} has no key in force`)
  const unlogged = await sql<{ id: PatientId }[]>`
    select id from patients p where not exists (select from record_versions v where v.patient_id = p.id)
    order by id limit 100`
  for (const { id } of unlogged) findings.add('patient-unlogged', `no write made patient ${id}`)
}

const checkOrphans = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const rows = await sql<{ patient_id: PatientId; part: string }[]>`
    select patient_id, min(part) as part from (
      select patient_id, 'records' as part from records union select patient_id, 'record versions' from record_versions
      union select patient_id, 'source ids' from source_ids union select patient_id, 'keys' from patient_keys) owned
    where not exists (select from patients p where p.id = owned.patient_id)
    group by patient_id order by patient_id limit 100`
  for (const { patient_id, part } of rows)
    findings.add('patient-missing', `there are ${part} of patient ${patient_id}, whose row is gone`)
}

const checkSourceIds = async (
  sql: Connection['sql'],
  shredded: readonly PatientId[],
  findings: Findings,
): Promise<void> => {
  const missing = await sql<{ patient_id: PatientId; id: RecordId }[]>`
    select patient_id, id from records r where not exists (
      select from source_ids s where s.patient_id = r.patient_id and s.record_id = r.id)
      and not r.patient_id = any(${[...shredded]}::uuid[])
    order by patient_id, id limit 100`
  for (const { patient_id, id } of missing) {
    const detail = `record ${id} of patient ${patient_id} is not known by its source's id any more`
    findings.add('source-id-missing', detail)
  }
  const surplus = await sql<{ patient_id: PatientId; record_id: RecordId }[]>`
    select patient_id, record_id from source_ids s where not exists (
      select from record_versions v where v.patient_id = s.patient_id and v.record_id = s.record_id)
      and not exists (select from records r where r.patient_id = s.patient_id and r.id = s.record_id)
    order by patient_id, record_id limit 100`
  for (const { patient_id, record_id } of surplus) {
    const detail = `a source's id stands for record ${record_id} of patient ${patient_id}, which nobody wrote`
    findings.add('source-id-surplus', detail)
  }
}
