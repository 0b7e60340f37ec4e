import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, id, instant, vouched } from './types.ts'

/**
 * Copies of this database that were made, and those of its wrapped keys, each apart. A row is there, with its
 * expiry, before the first byte of its copy is: what decides whether a key may be destroyed misses none.
 * `expiresAt` moves no later; a copy goes from `running` to `made` or `failed`, and from `made` to `deleted`.
 * `owner` stands for all of them, so that none can be taken out unseen. `place` is a folder or, of a physical
 * one, its label. `logSize` and `logRoot` are the log that the copy holds.
 */
export const backups = pgTable(
  'backups',
  {
    id: id(),
    owner: uuid().notNull(),
    kind: text({ enum: ['logical', 'keyring', 'physical'] }).notNull(),
    place: text().notNull(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
    expiresAt: instant().notNull(),
    deletedAt: instant(),
    state: text({ enum: ['running', 'made', 'failed', 'deleted'] }).notNull(),
    failure: text({ enum: ['no-space', 'interrupted', 'refused', 'failed'] }),
    bytes: bigint({ mode: 'number' }),
    rows: bigint({ mode: 'number' }),
    sha256: bytea(),
    logSize: bigint({ mode: 'number' }),
    logRoot: bytea(),
    ...vouched(),
  },
  (t) => [
    index('backups_kind').on(t.kind, t.startedAt),
    check(
      'backups_state',
      sql`(${t.state} = 'failed') = (${t.failure} is not null) and (${t.state} = 'deleted') = (${t.deletedAt} is not null)
        and (${t.state} = 'running') = (${t.finishedAt} is null)`,
    ),
    // Wrapped keys are kept for 35 days at most, or a shred would never be final.
    check(
      'backups_keys_expire',
      sql`${t.kind} = 'logical' or ${t.expiresAt} <= ${t.startedAt} + interval '35 days'`,
    ),
  ],
)

/**
 * Restores into a scratch database, to see that a backup can be: what was compared, and what did not fit.
 * `result` holds counts and words, never a value of a row.
 */
export const backupDrills = pgTable(
  'backup_drills',
  {
    id: id(),
    owner: uuid().notNull(),
    backupId: uuid().notNull(),
    startedAt: instant().notNull(),
    finishedAt: instant().notNull(),
    outcome: text({ enum: ['passed', 'failed'] }).notNull(),
    result: jsonb().$type<Readonly<Record<string, number | string>>>().notNull(),
    ...vouched(),
  },
  (t) => [index('backup_drills_finished').on(t.finishedAt)],
)
