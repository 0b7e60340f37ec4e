import type { IntegrityCode, IntegrityReport, UncheckedPart } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { isOwnEntry } from '../../audit/entry.ts'
import { readLogKeys } from '../../audit/log/enrolments.ts'
import { readHead } from '../../audit/log/head.ts'
import type { IsOwn } from './integrity/check-entry-row.ts'
import { checkCheckpoint, checkRoots } from './integrity/check-heads.ts'
import { checkLeaves } from './integrity/check-leaves.ts'
import { checkNumbers } from './integrity/check-numbers.ts'
import { checkUnloggedPatients } from './integrity/check-patients.ts'
import { checkCurrentVersions, checkEmptyRecords, checkUnloggedRecords } from './integrity/check-records.ts'
import { checkRowsWithoutEntry } from './integrity/check-rows.ts'
import { checkSchema } from './integrity/check-schema.ts'
import { checkHeadTimes, checkPartitions } from './integrity/check-setting.ts'
import { checkQuarantine, checkSurplus, checkUnsequenced } from './integrity/check-unsequenced.ts'
import { Findings } from './integrity/findings.ts'
import { checkHourly } from './integrity/hourly-rows.ts'
import { checkUnloggedNotes } from './integrity/note-rows.ts'
import { checkPatientRows } from './integrity/patient-rows.ts'
import { checkPending } from './integrity/pending-rows.ts'
import { witnesses } from './integrity/witness.ts'

/**
 * The part of the check that takes keys: adds what it finds, and says whether it could be done. Null for a
 * reader who has none.
 */
export type CheckContents = ((findings: Findings) => Promise<boolean>) | null

export interface CheckOptions {
  /** The log's verifier key, from wherever the reader trusts it: never from the database. */
  readonly verifierKey: string
  readonly onProgress?: (progress: { checked: number; size: number }) => void
  readonly contents?: CheckContents
  readonly clock?: () => Date
}

/** Where one of these is found, what is counted from the log would be counted wrongly. */
const LOG_IS_NOT_WHOLE: readonly IntegrityCode[] = [
  'truncated',
  'head-missing',
  'leaf-missing',
  'leaf-duplicated',
  'leaf-changed',
  'entry-missing',
  'entry-changed',
  'entry-malformed',
  'column-changed',
]

/**
 * Compares everything that the database holds of the log with everything else, down to the signed checkpoint,
 * then the rows that the log tells of with what it says of them, and at last, by `contents`, what only a key
 * can tell. Names whatever does not fit, and which parts could not be checked. Memory is flat, and a log that
 * grows meanwhile is no problem. What it can't see: that database and checkpoint were together put back to an
 * older state. For that a reader keeps a later checkpoint of their own.
 *
 * `sql` is of the login `chartward_auditor`, or of a transaction that may see all patients' rows; where
 * others write meanwhile, of one snapshot (`withSnapshot`), so that rows and log are of one moment.
 */
export const checkLog = async (
  sql: Connection['sql'],
  {
    isOwn,
    verifierKey,
    onProgress = () => undefined,
    contents = null,
    clock = () => new Date(),
  }: CheckOptions & { isOwn: IsOwn },
): Promise<IntegrityReport> => {
  const findings = new Findings()
  await checkSchema(sql, findings)
  const head = await readHead(sql)
  if (head === null) findings.add('head-missing', 'the row of audit_head is gone')
  const checkpoint =
    head === null ? null : await checkCheckpoint(head, () => readLogKeys(sql, verifierKey), findings)
  const size = Math.max(head?.size ?? 0, checkpoint?.size ?? 0)
  const present = Math.min(size, await leafCount(sql))
  if (present < size) {
    const detail = `leaves ${present} to ${size - 1} are gone: the log has been cut off`
    findings.add('truncated', detail, { index: present })
  }
  const rootsAt = [head?.size ?? 0, checkpoint?.size ?? 0]
  await checkPartitions(sql, findings)
  const witnessing = witnesses(sql, verifierKey, findings)
  const { checked, roots } = await checkLeaves(sql, {
    size: present,
    rootsAt,
    isOwn,
    witnesses: witnessing,
    findings,
    onProgress,
  })
  if (head !== null) checkRoots(head, checkpoint, roots, findings)
  await checkNumbers(sql, { size: present, isOwn, findings })
  await checkHeadTimes(sql, clock(), findings)
  await checkSurplus(sql, findings)
  await checkUnsequenced(sql, findings)
  await checkPending(sql, isOwn, witnessing, findings)
  await checkQuarantine(sql, findings)
  await checkUnloggedPatients(sql, findings)
  await checkUnloggedNotes(sql, findings)
  await checkUnloggedRecords(sql, findings)
  await checkCurrentVersions(sql, findings)
  await checkEmptyRecords(sql, findings)
  await checkRowsWithoutEntry(sql, findings)
  await checkPatientRows(sql, findings)
  const unchecked: UncheckedPart[] = []
  if (isOwn === null) unchecked.push('authenticity')
  if (findings.has(LOG_IS_NOT_WHOLE)) unchecked.push('hourly')
  else await checkHourly(sql, findings)
  for (const witness of witnessing) await witness.end()
  if (contents === null || !(await contents(findings))) unchecked.push('contents')
  const { problems, count } = findings
  return {
    size,
    checked,
    ok: count === 0,
    problems,
    unchecked,
    problemCount: count,
    checkedAt: clock().toISOString(),
  }
}

/**
 * The same for whoever holds the append key itself; null where the reader has none, and MACs stay unchecked.
 */
export const checkDatabase = (
  sql: Connection['sql'],
  { appendKey, ...options }: CheckOptions & { appendKey: Uint8Array | null },
): Promise<IntegrityReport> =>
  checkLog(sql, {
    ...options,
    isOwn: appendKey === null ? null : (bytes, mac) => isOwnEntry(appendKey, bytes, mac),
  })

const leafCount = async (sql: Connection['sql']): Promise<number> => {
  const [row] = await sql<{ index: string | null }[]>`select max(index) as index from audit_leaves`
  return row === undefined || row.index === null ? 0 : Number(row.index) + 1
}
