import type { Connection } from '@chartward/db'
import { ChartwardError } from '../../../core/errors.ts'
import type { Keyring } from '../../../keys/keyring.ts'
import type { ReleaseFormat } from '../../exports/build/formats.ts'
import { readPieces } from '../../exports/build/pieces.ts'
import type { Findings } from '../integrity/findings.ts'

/** Opens every piece of every release that is there, in order and to its end. */
export const checkReleases = async (
  sql: Connection['sql'],
  keyring: Keyring,
  findings: Findings,
): Promise<void> => {
  const files = await sql<{ export_id: string; format: ReleaseFormat; bytes: string }[]>`
    select export_id, format, sum(bytes)::text as bytes from release_chunks group by export_id, format
    order by export_id, format`
  for (const { export_id, format, bytes } of files) {
    if ((await lengthOf(sql, keyring, export_id, format)) === Number(bytes)) continue
    findings.add('release-changed', `the ${format} of export ${export_id} does not open to what was built`)
  }
}

/** Null where a piece is missing, was changed, or belongs elsewhere. */
const lengthOf = async (
  sql: Connection['sql'],
  keyring: Keyring,
  exportId: string,
  format: ReleaseFormat,
): Promise<number | null> => {
  let length = 0
  try {
    for await (const piece of readPieces({ sql }, keyring, exportId, format)) length += piece.length
    return length
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'INTEGRITY') return null
    throw error
  }
}
