import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Database, openDatabase } from '@chartward/db'

/**
 * Logs into the embedded server as the superuser who owns it: what an attacker with the database machine has.
 */
const openAsSuperuser = async (folder: string): Promise<Database> => {
  const passwords: Record<string, string> = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8'))
  const [, , , port] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  const url = `postgres://chartward_owner:${passwords.chartward_owner}@127.0.0.1:${port}/chartward`
  return openDatabase({ url, connections: 1, name: 'superuser' })
}

/**
 * Makes every session's last code older than the five minutes for which it counts, without waiting for them.
 */
export const ageFactors = async (folder: string): Promise<void> => {
  const db = await openAsSuperuser(folder)
  try {
    await db.sql`update sessions set factor_at = factor_at - interval '6 minutes' where ended_at is null`
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
