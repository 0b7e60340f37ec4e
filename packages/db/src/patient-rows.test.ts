import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'

/**
 * Tables that name a patient in each row and have no row-level security, and why: every other has it, forced,
 * with a policy for the application. An exception that is none any more fails too.
 */
const WITHOUT: Readonly<Record<string, string>> = {
  audit_entries: 'the log is searched across patients by whoever may audit, and written by everybody',
  audit_entry_patients: 'the same log, one row per patient of a list',
  break_glass_grants: 'decisions read them for whoever asks, and reviewers across patients',
  care_relationships: 'decisions read them to learn whose patients are whose, before any patient is named',
}

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

interface Row {
  readonly name: string
  readonly forced: boolean
  readonly policies: number
}

const tables = (): Promise<Row[]> =>
  db.open('chartward_owner', 1).sql<Row[]>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid and 'chartward_app'::regrole = any(p.polroles)) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where c.relkind in ('r', 'p') and not c.relispartition
      and (c.relname = 'patients' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'patient_id' and not a.attisdropped))`

describe('a table whose rows are of patients', () => {
  it('has row-level security, forced, unless it is listed with its reason', async () => {
    const found = await tables()
    expect(found.length).toBeGreaterThan(8)
    const without = found.filter(({ forced, policies }) => !forced || policies === 0).map(({ name }) => name)
    expect(without.toSorted()).toEqual(Object.keys(WITHOUT).toSorted())
  })

  it('would be seen without it', async () => {
    await db.open('chartward_owner', 1).sql`create table planted (patient_id uuid not null)`
    expect(await tables()).toContainEqual({ name: 'planted', forced: false, policies: 0 })
    await db.open('chartward_owner', 1).sql`drop table planted`
  })
})
