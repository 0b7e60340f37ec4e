import { appliedSchema, type Database, schemaVersion } from '@chartward/db'
import type { Manifest } from '../container/manifest.ts'
import { BackupError } from '../errors.ts'
import { KEY_TABLES, LOGICAL_TABLES } from '../tables.ts'

/** Filled by the migrations themselves. */
const MAY_HAVE_ROWS: ReadonlySet<string> = new Set(['audit_head'])

/** Whether a backup is of this version's schema. Throws BackupError, with what to do. */
export const requireSameSchema = ({ schema }: Pick<Manifest, 'schema'>): void => {
  const ours = schemaVersion()
  if (schema.hash === ours.hash) return
  throw schema.migrations > ours.migrations
    ? new BackupError(
        'schema-newer',
        'This backup was made by a later version of Chartward: restore it with that version.',
      )
    : new BackupError(
        'schema-older',
        'This backup was made by an earlier version of Chartward: restore it with that version, then run `chartward migrate` with this one.',
      )
}

/**
 * Sees that a database can be restored into: nothing in it, or a schema of this version and no row. Throws
 * BackupError, and changes nothing. `owner` is of the login that owns it.
 */
export const requireEmptyTarget = async (owner: Database): Promise<void> => {
  const ours = schemaVersion()
  const there = await appliedSchema(owner)
  if (there.migrations === 0) return
  if (there.hash !== ours.hash)
    throw new BackupError(
      there.migrations > ours.migrations ? 'schema-newer' : 'schema-older',
      there.migrations > ours.migrations
        ? 'The database was made by a later version of Chartward than this backup: nothing was changed. Restore into a new, empty database.'
        : 'The database was made by another version of Chartward: nothing was changed. Restore into a new, empty database.',
    )
  const selects = [...LOGICAL_TABLES, ...KEY_TABLES]
    .filter((table) => !MAY_HAVE_ROWS.has(table))
    .map((table) => `exists (select from ${table})`)
  // Row-level security is forced on the owner too: what it hides has rows in `installation` and in the log.
  const [row] = await owner.sql.unsafe<{ rows: boolean }[]>(`select ${selects.join(' or ')} as rows`)
  if (row?.rows !== false)
    throw new BackupError(
      'not-empty',
      'There is an installation in this database: nothing was changed. Restore into a new, empty database, and point DATABASE_URL to it.',
    )
}
