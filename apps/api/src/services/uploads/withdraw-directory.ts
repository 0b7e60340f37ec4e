import { parseEntry, recordsDigest, toHex } from '@chartward/audit'
import { withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { type StoredDirectoryRow, storedDirectoryHash } from '../directory/directory.ts'
import { chunksOf } from '../import/chunks.ts'
import type { Withdrawing } from './withdraw-patient.ts'

/** As many entries of the directory as one audit entry names, each with a hash: it holds 64 KiB. */
const MOST_HASHED = 500

/**
 * Empties the directory entries that still are what an upload has written: the directory keeps one version of
 * each, so that nothing comes back, and an empty one names nobody. Gives how many. Done again it finds none.
 */
export const withdrawDirectory = async (app: App, { upload, by }: Withdrawing): Promise<number> => {
  const written = await writtenBy(app, upload.requestId)
  let emptied = 0
  for (const ids of chunksOf([...written.keys()], MOST_HASHED))
    emptied += await withTransaction(app.db, 'none', async (tx) => {
      const rows = await tx.sql<StoredDirectoryRow[]>`
        select id, type, source_token, key_version, npi_token, npi_key_version, content_tag, trusted
        from directory_entries where id = any(${ids}::uuid[]) order by id for update`
      const own = rows.filter((row) => toHex(storedDirectoryHash(row)) === written.get(row.id))
      // An empty one was emptied by a withdrawal that did not come to its end.
      const before = rows.filter((row) => row.content_tag === null).length
      if (own.length === 0) return before
      const emptyIds = own.map(({ id }) => id)
      await tx.sql`
        update directory_entries set content = null, content_tag = null, npi_token = null,
          updated_at = ${app.clock().toISOString()}::timestamptz
        where id = any(${emptyIds}::uuid[])`
      const records = own.map((row) => ({
        recordId: row.id,
        version: 0,
        hash: storedDirectoryHash({ ...row, content_tag: null, npi_token: null }),
      }))
      await app.audit.append(tx, {
        action: 'record.withdrawn',
        outcome: 'success',
        actor: { kind: 'service', name: 'withdraw-upload' },
        resource: { type: 'Directory', id: null },
        count: own.length,
        facts: {
          upload: upload.id,
          askedBy: by,
          withdrew: upload.requestId,
          entries: emptyIds,
          hashes: records.map(({ hash }) => toHex(hash)),
        },
        records: recordsDigest(records),
      })
      return own.length + before
    })
  return emptied
}

/** What the import of a request has last made of each directory entry that it wrote, by the log. */
const writtenBy = async ({ db, audit }: App, requestId: string): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  const entries = await db.sql<{ bytes: Buffer; mac: Buffer }[]>`
    select bytes, mac from audit_entries
    where request_id = ${requestId} and action = 'record.imported' and outcome = 'success'
      and resource_type = 'Directory' order by id`
  for (const { bytes, mac } of entries) {
    if (!audit.isOwn(bytes, mac)) continue
    const { facts } = parseEntry(bytes)
    const [ids, hashes] = [textsIn(facts.entries), textsIn(facts.hashes)]
    for (const [i, id] of ids.entries()) found.set(id, hashes[i] ?? '')
  }
  return found
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
