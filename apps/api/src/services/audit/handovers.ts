import { toBase64 } from '@chartward/audit'
import type { LogHandover } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { logKeysBy, proveEntries, readEnrolments } from '../../audit/log/enrolments.ts'
import { ChartwardError } from '../../core/errors.ts'

/**
 * The entries by which the log was handed over from the pinned key to later ones, proven in the tree of
 * `size` leaves: with them a reader who has the pinned key verifies a checkpoint of the newest.
 */
export const handoversIn = async (
  sql: Connection['sql'],
  pinned: string,
  size: number,
): Promise<LogHandover[]> => {
  const { handovers } = await logKeysBy(pinned, await readEnrolments(sql))
  const proven = await proveEntries(
    sql,
    handovers.filter(({ index }) => index < size),
    size,
  )
  if (proven === null) throw new ChartwardError('INTEGRITY', 'Nodes of the log’s tree are missing.')
  return proven.map(({ index, bytes, proof }) => ({
    index,
    bytes: toBase64(bytes),
    proof: proof.map(toBase64),
  }))
}
