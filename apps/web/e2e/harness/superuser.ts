import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Database, openDatabase } from '@chartward/db'
import { until } from './until.ts'

const urlOf = async (folder: string): Promise<string> => {
  const passwords: Record<string, string> = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8'))
  const [, , , port] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return `postgres://chartward_owner:${passwords.chartward_owner}@127.0.0.1:${port}/chartward`
}

/**
 * Logs into the embedded server as the superuser who owns it: what an attacker with the database machine has.
 */
const openAsSuperuser = async (folder: string): Promise<Database> =>
  openDatabase({ url: await urlOf(folder), connections: 1, name: 'superuser' })

const AGE_FACTORS = fileURLToPath(new URL('../../../api/src/testing/age-factors.ts', import.meta.url))

/**
 * Makes every session's last code older than the five minutes for which it counts, without waiting for them.
 * No superuser can: it takes the keys.
 */
export const ageFactors = async (folder: string): Promise<void> => {
  const { PATH } = process.env
  const env = { PATH, DATABASE_URL: await urlOf(folder), CHARTWARD_KEYS: join(folder, 'keys') }
  await promisify(execFile)(process.execPath, [AGE_FACTORS], { env })
}

/** Every patient there is, by id: no person of the console is told. */
export const patientIds = async (folder: string): Promise<string[]> => {
  const db = await openAsSuperuser(folder)
  try {
    return (await db.sql<{ id: string }[]>`select id from patients order by id`).map(({ id }) => id)
  } finally {
    await db.close()
  }
}

/** What was done to the log behind the application's back: the ids of the entries. */
export interface Tampering {
  readonly changed: string
  readonly deleted: string
  readonly inserted: string
}

/**
 * Makes a refusal look like a success, takes a download out, and puts in a copy of it under an id of its own,
 * with every trigger of the database switched off.
 */
export const tamper = async (folder: string): Promise<Tampering> => {
  const db = await openAsSuperuser(folder)
  try {
    return await db.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      const [changed] = await sql<{ id: string }[]>`
        update audit_entries set outcome = 'success' where id = (
          select id from audit_entries where action = 'patient.viewed' and outcome = 'refused' order by id limit 1)
        returning id`
      const [inserted] = await sql<{ id: string }[]>`
        insert into audit_entries
        select (jsonb_populate_record(e, jsonb_build_object('id', uuidv7()))).* from audit_entries e
        where e.action = 'export.downloaded' order by e.id limit 1
        returning id`
      const [deleted] = await sql<{ id: string }[]>`
        delete from audit_entries where id = (
          select id from audit_entries where action = 'export.downloaded' order by id limit 1)
        returning id`
      if (changed === undefined || inserted === undefined || deleted === undefined)
        throw new Error('The log has no entries to tamper with.')
      return { changed: changed.id, deleted: deleted.id, inserted: inserted.id }
    })
  } finally {
    await db.close()
  }
}

/** Keeps everybody from the notes of the log, so that a check of it waits there; gives what lets go. */
export const holdNotes = async (folder: string): Promise<() => Promise<void>> => {
  const db = await openAsSuperuser(folder)
  const connection = await db.sql.reserve()
  await connection`begin`
  await connection`lock table audit_notes in access exclusive mode`
  return async () => {
    await connection`rollback`
    connection.release()
    await db.close()
  }
}

/** Waits until whoever does the work that goes on has learned that it is to be cancelled. */
export const knowsOfCancelling = async (folder: string): Promise<void> => {
  const db = await openAsSuperuser(folder)
  try {
    await until(async () => {
      const [row] = await db.sql<{ told: boolean }[]>`
        select heartbeat > cancel_asked_at as told from works where state = 'running'`
      return row?.told === true
    }, 'it is known that the work is to be cancelled')
  } finally {
    await db.close()
  }
}
