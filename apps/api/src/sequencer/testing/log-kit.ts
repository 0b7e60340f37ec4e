import { dirname } from 'node:path'
import type { Action } from '@chartward/audit'
import { type Database, databaseFault } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { Draft } from '../../audit/entry.ts'
import { type Disk, folderDisk } from '../../audit/store/disk.ts'
import type { LogStore } from '../../audit/store/log-store.ts'
import { readAppendKey } from '../../keys/key-files.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { HeadSeals } from '../../vouch/head-seals.ts'
import type { SequencerContext } from '../context.ts'
import { followStep } from '../follow/step.ts'
import { SEQUENCER_FOLLOWERS } from '../followers.ts'
import { KeptCheckpoint } from '../kept-checkpoint.ts'
import { publishIfDue } from '../publish.ts'
import { sequenceRound } from '../round.ts'
import { openSigner } from '../signer.ts'
import { StoreWriter } from '../store-writer.ts'

/** A draft by a system part; each call another one. */
export const draftOf = (more: Partial<Draft> = {}): Draft => ({
  action: 'home.viewed',
  outcome: 'success',
  actor: { kind: 'system', name: 'test' },
  resource: { type: 'none', id: null },
  ...more,
})

/** Commits `count` entries and gives their ids in the order of appending. */
export const appendEntries = (
  { app }: TestApp,
  count: number,
  more: Partial<Draft> = {},
): Promise<string[]> => Promise.all(Array.from({ length: count }, () => app.audit.commit(draftOf(more))))

/** One for all sequencers of a test: what one has signed is old for the next. */
let time = 0

/** Where the test's signing key is. */
export const keyFolder = ({ files }: TestApp): Disk => folderDisk(dirname(files.signing))

/**
 * The sequencer's parts over a test's database, with no checkpoint kept beforehand; its clock moves on two
 * seconds whenever it is read, so that signing is always due.
 */
export const sequencerOf = (testApp: TestApp, store: LogStore | null = null): SequencerContext => {
  const clock = () => {
    time = Math.max(time, Date.now()) + 2_000
    return new Date(time)
  }
  const signer = openSigner(testApp.files, testApp.app.settings.logOrigin, clock)
  return {
    db: testApp.database.open('chartward_sequencer', 2),
    signer,
    kept: new KeptCheckpoint(keyFolder(testApp), null),
    store: store === null ? null : new StoreWriter(store, signer),
    isOwn: (bytes, mac) => testApp.app.audit.isOwn(bytes, mac),
    heads: new HeadSeals(readAppendKey(testApp.files)),
    clock,
    log: testApp.app.log,
  }
}

/** Sequences and signs all that is pending, and shows it to the sequencer's followers. */
export const sequenceAll = async (context: SequencerContext): Promise<void> => {
  for (;;) {
    const round = await sequenceRound(context)
    if (round === null || round.taken === 0) break
  }
  await publishIfDue(context)
  for (const follower of SEQUENCER_FOLLOWERS) while ((await followStep(context, follower, context)).more);
}

/** Waits until `condition` holds; fails after 30 seconds, far beyond what a busy machine needs. */
export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('what was waited for did not come')
}

class Undone extends Error {}

/**
 * Does what only a superuser can, triggers and row-level security set aside, looks at it with `look`, and
 * undoes it, so that each sabotage meets a sound database.
 */
export const sabotaged = async <T>(
  owner: Database,
  damage: (sql: Parameters<Parameters<Database['sql']['begin']>[1]>[0]) => Promise<unknown>,
  look: (sql: Parameters<Parameters<Database['sql']['begin']>[1]>[0]) => Promise<T>,
): Promise<T> => {
  const seen: T[] = []
  await owner.sql
    .begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      await damage(sql)
      seen.push(await look(sql))
      throw new Undone()
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw databaseFault(error) === null ? error : new Error(error.message)
    })
  const [result] = seen
  if (result === undefined) throw new Error('nothing was looked at')
  return result
}

/** The actions that one person's entries have, in order, with their outcomes. */
export const actionsOf = async ({ app }: TestApp, userId: UserId): Promise<[Action, string][]> => {
  const rows = await app.db.sql<{ action: Action; outcome: string }[]>`
    select action, outcome from audit_entries where actor_id = ${userId} order by id`
  return rows.map(({ action, outcome }) => [action, outcome])
}
