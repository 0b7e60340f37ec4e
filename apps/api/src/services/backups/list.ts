import type { BackupView, ListBackupsOutput } from '@chartward/contract'
import { desc, eq } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { latestKeyExpiry } from './retained.ts'
import { type BackupRow, OWNER } from './rows.ts'
import { backupDrills, backups } from './table.ts'

const MOST = 100

const viewOf = (row: BackupRow, trusted: boolean): BackupView => ({
  id: row.id,
  kind: row.kind,
  startedAt: row.startedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
  state: row.state,
  failure: row.failure,
  bytes: row.bytes,
  rows: row.rows,
  logSize: row.logSize,
  trusted,
})

/** What backups there are, what became of each, and of the drills. */
export const listBackups = async ({
  ctx: { app, entry },
}: {
  readonly ctx: VerbContext<'backup.listed'>
}): Promise<ListBackupsOutput> => {
  const { db, vouching, settings } = app
  const all = await db.orm
    .select()
    .from(backups)
    .where(eq(backups.owner, OWNER))
    .orderBy(desc(backups.startedAt), desc(backups.id))
  const rows = await Promise.all(all.map(async (row) => viewOf(row, await vouching.admits('backup', row))))
  const drills = await db.orm.select().from(backupDrills).orderBy(desc(backupDrills.finishedAt)).limit(MOST)
  const admitted = await Promise.all(drills.map((row) => vouching.admits('backup-drill', row)))
  const latestOf = (kind: BackupView['kind']): BackupView | null =>
    rows.find((row) => row.kind === kind && row.state === 'made' && row.trusted) ?? null
  const items = (['logical', 'keyring', 'physical'] as const).flatMap((kind) =>
    rows.filter((row) => row.kind === kind).slice(0, MOST),
  )
  entry.shown({ count: items.length, resource: { type: 'Backup', id: null } })
  return {
    items: items.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
    drills: drills
      .filter((_, at) => admitted[at])
      .map(({ id, backupId, startedAt, finishedAt, outcome, result }) => ({
        id,
        backupId,
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt.toISOString(),
        outcome,
        result,
      })),
    latest: latestOf('logical'),
    latestKeys: latestOf('keyring'),
    maxAgeHours: settings.backups.maxAgeHours,
    drillMaxAgeDays: settings.backups.drillMaxAgeDays,
    keysGoneBy: (await latestKeyExpiry(db))?.toISOString() ?? null,
    whole: await vouching.admitsAll('backup', OWNER, all),
  }
}
