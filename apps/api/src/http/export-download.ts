import type { App } from '../app.ts'
import { guardRequest } from '../guard/guard.ts'
import type { RequestContext } from '../guard/request-context.ts'
import type { ReleaseFormat } from '../services/exports/build/formats.ts'
import { readPieces } from '../services/exports/build/pieces.ts'
import { findRelease } from '../services/exports/find-release.ts'

export interface Download {
  readonly headers: Readonly<Record<string, string>>
  /**
   * Rejects INTEGRITY where a stored piece is not what was written: the connection breaks off, and the
   * size does not fit.
   */
  readonly chunks: AsyncIterable<Buffer>
}

/**
 * GET /exports/:id/:format: the release as a ZIP, to whoever asked for it, with a fresh factor. When this
 * resolves the audit entry of the download is committed and no byte has been read; a refusal rejects with a
 * ChartwardError, committed too.
 */
export const downloadExport = async ({
  app,
  request,
  id,
  format,
}: {
  readonly app: App
  readonly request: RequestContext
  readonly id: string
  readonly format: ReleaseFormat
}): Promise<Download> => {
  const release = await guardRequest(
    request,
    { permission: 'export:release:download', audit: 'export.downloaded', mode: 'read' },
    { id, format },
    findRelease,
  )
  return {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(release.size),
      'content-disposition': `attachment; filename="chartward-release-${id}-${format}.zip"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    chunks: readPieces(app.db, app.keyring, id, format),
  }
}
