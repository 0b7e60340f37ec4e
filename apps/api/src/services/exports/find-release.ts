import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import type { ReleaseFormat } from './build/formats.ts'

export interface Release {
  readonly id: string
  readonly format: ReleaseFormat
  /** Of the file, in bytes. */
  readonly size: number
}

/**
 * A release that the user may download now. NOT_FOUND unless they asked for it, CONFLICT where it is not
 * ready, EXPIRED after its seven days.
 */
export const findRelease = async ({
  ctx: { app, user, entry },
  input: { id, format },
}: {
  readonly ctx: VerbContext<'export.downloaded'>
  readonly input: { readonly id: string; readonly format: ReleaseFormat }
}): Promise<Release> => {
  // Which of the formats, too: both are of one request, but they are two files that leave.
  entry.about({ type: `Release.${format}`, id }, null)
  const [row] = await app.db.orm.select().from(schema.exportRequests).where(eq(schema.exportRequests.id, id))
  if (row === undefined || row.requestedBy !== user.id) throw new ChartwardError('NOT_FOUND')
  await app.vouching.require('export-request', row)
  if (row.status !== 'ready' || row.expiresAt === null) {
    throw new ChartwardError('CONFLICT', 'There is no release to download.')
  }
  if (row.expiresAt <= app.clock()) {
    throw new ChartwardError('EXPIRED', 'This release has expired. Request the export anew.')
  }
  const [stored] = await app.db.sql<{ bytes: string | null }[]>`
    select sum(bytes)::text as bytes from release_chunks where export_id = ${id} and format = ${format}`
  if (stored?.bytes == null) throw new ChartwardError('INTEGRITY')
  return { id, format, size: Number(stored.bytes) }
}
