import { type BundleEntry, writeLogBundle } from '@chartward/audit'
import { type Connection, withTransaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { App } from '../app.ts'
import { readHead } from '../audit/log/head.ts'
import { storedEntries } from '../audit/log/stored-entries.ts'
import { ChartwardError } from '../core/errors.ts'
import { guardRequest } from '../guard/guard.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { exportLogWork } from '../services/audit/export-log-work.ts'
import { endWork } from '../services/works/end-work.ts'
import type { End } from '../services/works/kind.ts'
import { Pulse } from '../services/works/pulse.ts'
import { startWork } from '../services/works/start-work.ts'
import type { Work } from '../services/works/work.ts'

export interface LogExport {
  readonly headers: Readonly<Record<string, string>>
  readonly chunks: AsyncIterable<string>
}

/** Leaves in memory at a time. */
const CHUNK = 512

/**
 * The log up to its last signed checkpoint, as a bundle that `chartward verify` reads. Guarded and audited
 * as every other request; the entry of the export is committed before this resolves, and so before the
 * first byte leaves. How far it has come is followed as long work.
 */
export const exportAuditLog = ({ app, request }: { app: App; request: RequestContext }): Promise<LogExport> =>
  guardRequest(
    request,
    { permission: 'audit:log:export', audit: 'audit.exported', mode: 'change' },
    null,
    async ({ ctx: { entry, user } }) => {
      const head = await signedHead(app)
      const work = await withTransaction(app.db, 'none', async (tx) => {
        const { workId } = await startWork(tx, app, exportLogWork, { askedBy: user.id })
        await entry.changed(tx, {
          change: null,
          patientId: null,
          records: null,
          count: head.size,
          resource: { type: 'AuditLog', id: null },
        })
        return { id: workId, attempt: 1, kind: exportLogWork.kind, askedBy: user.id }
      })
      return {
        headers: {
          'content-type': 'application/x-ndjson; charset=utf-8',
          'content-disposition': `attachment; filename="chartward-log-${head.size}.ndjson"`,
          'cache-control': 'no-store',
        },
        chunks: followed(app, work, head),
      }
    },
  )

/** The same bundle for a caller that has its own guard, such as the command line. */
export async function* streamLogBundle({ db }: App): AsyncIterable<string> {
  yield* linesOf(db.sql, await signedHead({ db }))
}

const NEVER = new AbortController().signal

/**
 * The bundle, and beside it how much of it has left. Where the reader goes away, or somebody cancels it, it
 * breaks off: a bundle without its end, which no verifier takes for whole.
 */
async function* followed(app: App, work: RunningWork, head: SignedHead): AsyncGenerator<string> {
  const pulse = new Pulse(app, work, NEVER)
  let end: End = { state: 'failed', failure: 'broken-off' }
  try {
    pulse.phase('sending', head.size)
    yield* linesOf(app.db.sql, head, (entries) => {
      pulse.signal.throwIfAborted()
      pulse.advance(entries)
    })
    end = { state: 'done', result: { size: head.size } }
  } catch (error) {
    end = pulse.cancelled ? { state: 'cancelled' } : { state: 'failed', failure: 'cut-off' }
    throw error
  } finally {
    await pulse.stop()
    await endWork(app, exportLogWork, work, end)
  }
}

type RunningWork = Pick<Work, 'id' | 'attempt' | 'kind' | 'askedBy'>

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

const linesOf = (
  sql: Connection['sql'],
  { size, checkpoint }: SignedHead,
  onRead: (entries: number) => void = () => undefined,
): AsyncIterable<string> => writeLogBundle(readEntries(sql, size, onRead), checkpoint)

/**
 * Leaf by leaf, with what is left of the entry: to name what is missing or changed is the verifier's part.
 */
async function* readEntries(
  sql: Connection['sql'],
  size: number,
  onRead: (entries: number) => void,
): AsyncIterable<BundleEntry> {
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
    onRead(leaves.length)
  }
}
