import type { IntegrityReport } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { isOwnEntry } from '../../audit/entry.ts'
import { readHead } from '../../audit/log/head.ts'
import type { IsOwn } from './integrity/check-entry-row.ts'
import { checkCheckpoint, checkRoots } from './integrity/check-heads.ts'
import { checkLeaves } from './integrity/check-leaves.ts'
import { checkNumbers } from './integrity/check-numbers.ts'
import { checkCurrentVersions, checkEmptyRecords, checkUnloggedRecords } from './integrity/check-records.ts'
import { checkRowsWithoutEntry } from './integrity/check-rows.ts'
import { checkSchema } from './integrity/check-schema.ts'
import { checkQuarantine, checkSurplus, checkUnsequenced } from './integrity/check-unsequenced.ts'
import { Findings } from './integrity/findings.ts'

export interface CheckOptions {
  /** The log's verifier key, from wherever the reader trusts it: never from the database. */
  readonly verifierKey: string
  readonly onProgress?: (progress: { checked: number; size: number }) => void
  readonly clock?: () => Date
}

/**
 * Compares everything that the database holds of the log with everything else, down to the signed checkpoint,
 * and names each entry, column, leaf, node and write that does not fit. Memory is flat, and a log that grows
 * meanwhile is no problem. What it can't see: that database and checkpoint were together put back to an older
 * state. For that a reader keeps a later checkpoint of their own.
 *
 * `sql` is of the login `chartward_auditor`, or of a transaction that may see all patients' rows.
 */
export const checkLog = async (
  sql: Connection['sql'],
  {
    isOwn,
    verifierKey,
    onProgress = () => undefined,
    clock = () => new Date(),
  }: CheckOptions & { isOwn: IsOwn },
): Promise<IntegrityReport> => {
  const findings = new Findings()
  await checkSchema(sql, findings)
  const head = await readHead(sql)
  if (head === null) findings.add('head-missing', 'the row of audit_head is gone')
  const checkpoint = head === null ? null : await checkCheckpoint(head, verifierKey, findings)
  const size = Math.max(head?.size ?? 0, checkpoint?.size ?? 0)
  const present = Math.min(size, await leafCount(sql))
  if (present < size) {
    const detail = `leaves ${present} to ${size - 1} are gone: the log has been cut off`
    findings.add('truncated', detail, { index: present })
  }
  const rootsAt = [head?.size ?? 0, checkpoint?.size ?? 0]
  const { checked, roots } = await checkLeaves(sql, { size: present, rootsAt, isOwn, findings, onProgress })
  if (head !== null) checkRoots(head, checkpoint, roots, findings)
  await checkNumbers(sql, { size: present, isOwn, findings })
  await checkSurplus(sql, findings)
  await checkUnsequenced(sql, findings)
  await checkQuarantine(sql, findings)
  await checkUnloggedRecords(sql, findings)
  await checkCurrentVersions(sql, findings)
  await checkEmptyRecords(sql, findings)
  await checkRowsWithoutEntry(sql, findings)
  const { problems, count } = findings
  return { size, checked, ok: count === 0, problems, problemCount: count, checkedAt: clock().toISOString() }
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
