import { type BundleEntry, writeLogBundle } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { App } from '../app.ts'
import { readHead } from '../audit/log/head.ts'
import { storedEntries } from '../audit/log/stored-entries.ts'
import { ChartwardError } from '../core/errors.ts'
import { guardRequest } from '../guard/guard.ts'
import type { RequestContext } from '../guard/request-context.ts'

export interface LogExport {
  readonly headers: Readonly<Record<string, string>>
  readonly chunks: AsyncIterable<string>
}

/** Leaves in memory at a time. */
const CHUNK = 512

/**
 * The log up to its last signed checkpoint, as a bundle that `chartward verify` reads. Guarded and audited
 * as every other request; the entry of the export is committed before this resolves, and so before the
 * first byte leaves.
 */
export const exportAuditLog = ({ app, request }: { app: App; request: RequestContext }): Promise<LogExport> =>
  guardRequest(
    request,
    { permission: 'audit:log:export', audit: 'audit.exported', mode: 'read' },
    null,
    async ({ ctx: { entry } }) => {
      const head = await signedHead(app)
      entry.shown({ count: head.size, resource: { type: 'AuditLog', id: null } })
      return {
        headers: {
          'content-type': 'application/x-ndjson; charset=utf-8',
          'content-disposition': `attachment; filename="chartward-log-${head.size}.ndjson"`,
          'cache-control': 'no-store',
        },
        chunks: linesOf(app.db.sql, head),
      }
    },
  )

/** The same bundle for a caller that has its own guard, such as the command line. */
export async function* streamLogBundle({ db }: App): AsyncIterable<string> {
  yield* linesOf(db.sql, await signedHead({ db }))
}

interface SignedHead {
  readonly size: number
  readonly checkpoint: string
}

const signedHead = async ({ db }: Pick<App, 'db'>): Promise<SignedHead> => {
  const head = await readHead(db.sql)
  if (head === null || head.checkpoint === null || head.checkpointSize === null) {
    throw new ChartwardError('UNAVAILABLE', 'The log has no signed checkpoint yet. Try again in a moment.')
  }
  return { size: head.checkpointSize, checkpoint: head.checkpoint }
}

const linesOf = (sql: Connection['sql'], { size, checkpoint }: SignedHead): AsyncIterable<string> =>
  writeLogBundle(readEntries(sql, size), checkpoint)

/**
 * Leaf by leaf, with what is left of the entry: to name what is missing or changed is the verifier's part.
 */
async function* readEntries(sql: Connection['sql'], size: number): AsyncIterable<BundleEntry> {
  for (let from = 0; from < size; from += CHUNK) {
    const leaves = await sql<{ index: string; entry_id: EntryId; leaf_hash: Buffer }[]>`
      select index, entry_id, leaf_hash from audit_leaves
      where index >= ${from} and index < ${Math.min(from + CHUNK, size)} order by index`
    const entries = await storedEntries(
      sql,
      leaves.map(({ entry_id }) => entry_id),
    )
    for (const { index, entry_id, leaf_hash: leafHash } of leaves) {
      yield { index: Number(index), bytes: entries.get(entry_id)?.bytes ?? null, leafHash }
    }
  }
}
