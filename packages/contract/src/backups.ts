import * as z from 'zod/mini'
import { count, id, instant, nothing } from './forms.ts'

export const backupKind = z.enum(['logical', 'keyring', 'physical'])
export const backupState = z.enum(['running', 'made', 'failed', 'deleted'])

const backup = z.strictObject({
  id,
  kind: backupKind,
  startedAt: instant,
  finishedAt: z.nullable(instant),
  expiresAt: instant,
  state: backupState,
  failure: z.nullable(z.enum(['no-space', 'interrupted', 'refused', 'failed'])),
  bytes: z.nullable(count),
  rows: z.nullable(count),
  /** Entries of the audit log that it holds. */
  logSize: z.nullable(count),
  /** Whether its row is one that the application vouches for. */
  trusted: z.boolean(),
})

const drill = z.strictObject({
  id,
  backupId: id,
  startedAt: instant,
  finishedAt: instant,
  outcome: z.enum(['passed', 'failed']),
  /** Counts and words of a closed list. */
  result: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const listBackupsInput = nothing
export const listBackupsOutput = z.strictObject({
  /** The latest hundred, of each kind, newest first. */
  items: z.array(backup),
  drills: z.array(drill),
  /** The last that was made of all but keys, and of wrapped keys; null where there is none. */
  latest: z.nullable(backup),
  latestKeys: z.nullable(backup),
  /** Older ones than so are said on the landing page. */
  maxAgeHours: count,
  drillMaxAgeDays: count,
  /** By when what is shredded now is gone from every copy of wrapped keys; null where there is none. */
  keysGoneBy: z.nullable(instant),
  /** False where a row of backups was changed or taken out behind the application. */
  whole: z.boolean(),
})

export type BackupView = z.output<typeof backup>
export type ListBackupsOutput = z.output<typeof listBackupsOutput>
