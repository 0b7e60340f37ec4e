import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, lte } from 'drizzle-orm'
import { openArtifact } from './container/read-artifact.ts'
import { unfinishedName } from './container/write-artifact.ts'
import { madeOf } from './made-of.ts'
import { type BackupApp, type BackupKind, settleBackup } from './rows.ts'
import { backups } from './table.ts'

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

/** A run that says nothing for so long is none any more, wherever it ran. */
const SILENT_MS = 24 * 60 * 60 * 1000

/** The id in the name of a backup that is being made, or being deleted; null for any other name. */
const unfinishedId = (name: string): string | null =>
  /^\.chartward.*-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.unfinished$/.exec(name)?.[1] ?? null

/**
 * Ends what runs that were killed have left in a folder, which is the caller's alone meanwhile: a backup
 * that has its name is whole, and is put down as made; what has none yet is taken away, and put down as
 * failed. One that was begun for another folder is left alone for a day.
 */
export const settleInterrupted = async (
  app: BackupApp,
  folder: string,
  verifierKeys: readonly string[],
  operator: string,
): Promise<void> => {
  const names = await namesIn(folder)
  const running = await app.db.orm.select().from(backups).where(eq(backups.state, 'running'))
  for (const { id, kind, place, startedAt } of running) {
    if (kind === 'physical') continue
    const whole = names.find((name) => name.endsWith(id))
    const isOld = app.clock().getTime() - startedAt.getTime() > SILENT_MS
    if (whole !== undefined) {
      const { manifest } = await openArtifact(join(folder, whole), verifierKeys)
      await settleBackup(app, id, madeOf(manifest), operator)
    } else if (place === folder || isOld)
      await settleBackup(app, id, { state: 'failed', failure: 'interrupted' }, operator)
  }
  for (const name of names) {
    const id = unfinishedId(name)
    const [row] = id === null ? [] : await app.db.orm.select().from(backups).where(eq(backups.id, id))
    if (row !== undefined && row.state !== 'running')
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

/**
 * Deletes backups of a kind that have expired, each where it was made, and puts it down with an entry. One
 * that is not found there (moved, or not mounted) stays kept: it may still be somewhere.
 */
export const expireBackups = async (app: BackupApp, kind: BackupKind, operator: string): Promise<number> => {
  const expired = await app.db.orm
    .select()
    .from(backups)
    .where(and(eq(backups.kind, kind), eq(backups.state, 'made'), lte(backups.expiresAt, app.clock())))
  let deleted = 0
  for (const { id, place } of expired) {
    const names = await namesIn(place)
    const whole = names.find((name) => name.endsWith(id))
    const going =
      whole === undefined ? names.find((name) => unfinishedId(name) === id) : unfinishedName(whole)
    if (going === undefined) continue
    // By another name first: what is half-deleted is never taken for a backup, and the next run ends it.
    if (whole !== undefined) await rename(join(place, whole), join(place, going))
    if (await settleBackup(app, id, { state: 'deleted' }, operator)) deleted++
    await rm(join(place, going), { recursive: true, force: true })
  }
  return deleted
}
