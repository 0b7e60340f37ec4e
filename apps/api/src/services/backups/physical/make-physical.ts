import { readFile } from 'node:fs/promises'
import { and, eq, inArray } from 'drizzle-orm'
import { BackupError } from '../errors.ts'
import { type BackupApp, type BackupRow, beginBackup, DAY_MS, KEY_DAYS, settleBackup } from '../rows.ts'
import { backups } from '../table.ts'
import { type PgBackRestOptions, type PhysicalBackup, pgBackRest } from './pgbackrest.ts'
import { checkPgBackRest } from './settings.ts'

export interface PhysicalOptions extends PgBackRestOptions {
  readonly app: BackupApp
  readonly type: 'full' | 'diff' | 'incr'
  readonly operator: string
}

export interface MadePhysical {
  readonly id: string
  readonly label: string
  readonly bytes: number
  readonly deleted: number
}

const placeOf = (stanza: string): string => `pgbackrest:${stanza}`

/**
 * Makes a physical backup of the server by pgBackRest, and keeps count of what its repository holds:
 * whatever is older than 35 days is expired there, and what is not there any more is put down as deleted.
 * Rejects with BackupError, before anything is made, where pgBackRest would keep wrapped keys longer or in
 * the clear.
 */
export const makePhysical = async (options: PhysicalOptions): Promise<MadePhysical> => {
  const { app, config, stanza, type, operator } = options
  const text = await readFile(config, 'utf8').catch(() => {
    throw new BackupError('server', `${config} can not be read: name pgBackRest's own configuration file.`)
  })
  checkPgBackRest(text, stanza)
  const program = pgBackRest(options)
  await settleInterrupted(app, stanza, await program.list(), operator)
  const { id } = await beginBackup(app, {
    kind: 'physical',
    place: placeOf(stanza),
    keepDays: KEY_DAYS,
    operator,
  })
  try {
    await program.backup(id, type)
  } catch (error) {
    await settleBackup(app, id, { state: 'failed', failure: 'refused' }, operator)
    throw error
  }
  const made = (await program.list()).find((one) => one.id === id)
  if (made === undefined)
    throw new BackupError('server', 'pgbackrest has made a backup that it does not list.')
  await settleBackup(app, id, madeOf(made), operator)
  const deleted = await expirePhysical(options)
  return { id, label: made.label, bytes: made.bytes, deleted }
}

/** Expires what is older than 35 days, also what others have made, and puts down what is gone. */
export const expirePhysical = async (options: PhysicalOptions): Promise<number> => {
  const { app, stanza, operator } = options
  const program = pgBackRest(options)
  const now = app.clock().getTime()
  for (const { label, startedAt } of await program.list()) {
    if (startedAt.getTime() + KEY_DAYS * DAY_MS > now) continue
    // One that rested on another may have gone with it.
    if ((await program.list()).some((one) => one.label === label)) await program.expire(label)
  }
  const there = new Set((await program.list()).map(({ id }) => id))
  let deleted = 0
  for (const { id, state } of await rowsOf(app, stanza))
    if (state === 'made' && !there.has(id) && (await settleBackup(app, id, { state: 'deleted' }, operator)))
      deleted++
  return deleted
}

const madeOf = ({ bytes }: PhysicalBackup) =>
  ({ state: 'made', bytes, rows: null, sha256: null, logSize: null, logRoot: null }) as const

const rowsOf = (app: BackupApp, stanza: string): Promise<BackupRow[]> =>
  app.db.orm
    .select()
    .from(backups)
    .where(and(eq(backups.place, placeOf(stanza)), inArray(backups.state, ['running', 'made'])))

/**
 * A run that was killed: pgBackRest has the backup whole, or has none. It makes one at a time by its own
 * lock.
 */
const settleInterrupted = async (
  app: BackupApp,
  stanza: string,
  there: readonly PhysicalBackup[],
  operator: string,
): Promise<void> => {
  for (const { id, state } of await rowsOf(app, stanza)) {
    if (state !== 'running') continue
    const made = there.find((one) => one.id === id)
    await settleBackup(
      app,
      id,
      made === undefined ? { state: 'failed', failure: 'interrupted' } : madeOf(made),
      operator,
    )
  }
}
