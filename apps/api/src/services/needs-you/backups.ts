import type { Need, NeedKind } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, desc, eq } from 'drizzle-orm'
import { DAY_MS, OWNER } from '../backups/rows.ts'
import { backupDrills, backups } from '../backups/table.ts'
import type { Feed, NeedsContext } from './room.ts'

const HOUR_MS = 60 * 60 * 1000

const need = (kind: NeedKind, since: Date, due: Date | null): Need => ({
  kind,
  room: 'backups',
  id: OWNER,
  what: null,
  whom: null,
  by: null,
  since: since.toISOString(),
  due: due?.toISOString() ?? null,
})

/**
 * That there is no backup, or no copy of the wrapped keys, younger than the setting says, and that the last
 * drill failed or is too long ago. A demo's data is made anew, and needs none.
 */
export const backupsAndDrills: Feed = {
  permissions: ['system:backup:read', 'home:accounts:read'],
  needs: async ({ app }: NeedsContext): Promise<readonly Need[]> => {
    const [installation] = await app.db.orm.select().from(schema.installation)
    if (installation === undefined || installation.mode === 'demo') return []
    const { maxAgeHours, drillMaxAgeDays } = app.settings.backups
    const now = app.clock().getTime()
    const since = installation.createdAt
    const needs: Need[] = []
    for (const [kind, word] of [
      ['logical', 'backup-missing'],
      ['keyring', 'keyring-missing'],
    ] as const) {
      const last = await lastMade(app, kind)
      if (now - (last ?? since).getTime() > maxAgeHours * HOUR_MS) needs.push(need(word, last ?? since, null))
    }
    const drill = await lastDrill(app)
    if (drill?.outcome === 'failed') needs.push(need('drill-failed', drill.finishedAt, null))
    else if (now - (drill?.finishedAt ?? since).getTime() > drillMaxAgeDays * DAY_MS)
      needs.push(need('drill-missing', drill?.finishedAt ?? since, null))
    return needs
  },
}

type App = NeedsContext['app']

const lastMade = async ({ db, vouching }: App, kind: 'logical' | 'keyring'): Promise<Date | null> => {
  const rows = await db.orm
    .select()
    .from(backups)
    .where(and(eq(backups.kind, kind), eq(backups.state, 'made')))
    .orderBy(desc(backups.startedAt))
    .limit(5)
  for (const row of rows) if (await vouching.admits('backup', row)) return row.startedAt
  return null
}

const lastDrill = async ({ db, vouching }: App) => {
  const rows = await db.orm.select().from(backupDrills).orderBy(desc(backupDrills.finishedAt)).limit(5)
  for (const row of rows) if (await vouching.admits('backup-drill', row)) return row
  return null
}
