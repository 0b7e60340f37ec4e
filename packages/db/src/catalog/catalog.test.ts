import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { compareCatalog, type Difference, manifestOf } from './compare-catalog.ts'
import { readManifest } from './manifest.ts'
import { readCatalog } from './read-catalog.ts'

let db: TestDatabase
let owner: Database
let auditor: Database

beforeAll(async () => {
  db = await createTestDatabase()
  owner = db.open('chartward_owner', 1)
  auditor = db.open('chartward_auditor', 1)
})
afterAll(() => db.drop())

class Undone extends Error {}

/** What is found while `statements` have been run, which are undone then. */
const found = async (statements: string): Promise<Difference[]> => {
  const differences: Difference[] = []
  await owner.sql
    .begin(async (sql) => {
      await sql.unsafe(statements)
      differences.push(...compareCatalog(await readCatalog({ sql }), readManifest()))
      throw new Undone()
    })
    .catch((error) => {
      if (!(error instanceof Undone)) throw error
    })
  return differences
}

/** A partition that is neither the first nor the last. */
const month = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 2))
  .toISOString()
  .slice(0, 7)
  .replace('-', '_')
const PARTITION = `audit_entries_${month}`
const TRIGGER = `create function planted() returns trigger language plpgsql as 'begin return null; end';`

/** What somebody with the owner's or a superuser's login does, and an object that is named for it. */
const SABOTAGES: readonly (readonly [statement: string, what: Difference['what'], object: string])[] = [
  [
    'drop trigger audit_entries_append_only on audit_entries',
    'gone',
    'trigger public.audit_entries.audit_entries_append_only',
  ],
  [
    'drop trigger audit_entries_enqueue on audit_entries',
    'gone',
    'trigger public.audit_entries.audit_entries_enqueue',
  ],
  [
    'alter table audit_entries disable trigger audit_entries_enqueue',
    'changed',
    'trigger public.audit_entries.audit_entries_enqueue',
  ],
  [
    'alter table record_versions enable replica trigger record_versions_append_only',
    'changed',
    'trigger public.record_versions.record_versions_append_only',
  ],
  [
    `drop trigger ${PARTITION}_no_truncate on ${PARTITION}`,
    'gone',
    `trigger public.${PARTITION}.${PARTITION}_no_truncate`,
  ],
  [
    `${TRIGGER} create trigger planted before insert on audit_entries for each row execute function planted()`,
    'added',
    'trigger public.audit_entries.planted',
  ],
  [
    `${TRIGGER} create trigger planted before insert on ${PARTITION} for each row execute function planted()`,
    'added',
    `trigger public.${PARTITION}.planted`,
  ],
  [
    'create rule planted as on insert to audit_entries do instead nothing',
    'added',
    'rule public.audit_entries.planted',
  ],
  [
    'grant update, delete on audit_entries to chartward_app',
    'changed',
    'grant on table public.audit_entries to chartward_app',
  ],
  [
    `grant delete on ${PARTITION} to chartward_app`,
    'added',
    `grant on table public.${PARTITION} to chartward_app`,
  ],
  [
    'grant update (mac) on record_versions to chartward_app',
    'added',
    'grant on column public.record_versions.mac to chartward_app',
  ],
  ['grant select on users to public', 'added', 'grant on table public.users to everybody'],
  [
    'grant select on audit_entries to chartward_auditor with grant option',
    'changed',
    'grant on table public.audit_entries to chartward_auditor',
  ],
  ['grant create on schema public to chartward_app', 'changed', 'grant on schema public to chartward_app'],
  [
    'grant execute on function audit_make_partitions(integer) to public',
    'added',
    'grant on function public.audit_make_partitions(months_ahead integer) to everybody',
  ],
  [
    'alter default privileges in schema public grant select on tables to chartward_auditor',
    'added',
    'default grant to chartward_auditor',
  ],
  [
    'revoke insert on audit_entries from chartward_app',
    'changed',
    'grant on table public.audit_entries to chartward_app',
  ],
  ['alter table records disable row level security', 'changed', 'table public.records'],
  ['alter table records no force row level security', 'changed', 'table public.records'],
  [
    'alter policy in_scope on record_versions using (true)',
    'changed',
    'policy public.record_versions.in_scope',
  ],
  [
    'create policy planted on patients for all to chartward_app using (true)',
    'added',
    'policy public.patients.planted',
  ],
  ['drop policy in_scope on patient_keys', 'gone', 'policy public.patient_keys.in_scope'],
  [
    `create or replace function row_in_scope(patient uuid) returns boolean language sql stable as 'select true'`,
    'changed',
    'function public.row_in_scope(patient uuid)',
  ],
  [
    `create or replace function refuse_rewrite() returns trigger language plpgsql as 'begin return new; end'`,
    'changed',
    'function public.refuse_rewrite()',
  ],
  [
    'alter function audit_enqueue() owner to chartward_sequencer',
    'changed',
    'function public.audit_enqueue()',
  ],
  ['alter table audit_leaves owner to chartward_app', 'changed', 'table public.audit_leaves'],
  ['alter schema public owner to chartward_app', 'changed', 'schema public'],
  [
    'alter table approvals drop constraint approvals_two_people',
    'gone',
    'constraint public.approvals.approvals_two_people',
  ],
  [
    'alter table audit_leaves drop constraint audit_leaves_pkey',
    'gone',
    'constraint public.audit_leaves.audit_leaves_pkey',
  ],
  ['alter table sessions alter column user_id drop not null', 'changed', 'column public.sessions.user_id'],
  [
    `alter table care_relationships alter column trusted set default true`,
    'changed',
    'column public.care_relationships.trusted',
  ],
  ['alter table audit_notes set unlogged', 'changed', 'table public.audit_notes'],
  [`alter table audit_entries detach partition ${PARTITION}`, 'changed', `table public.${PARTITION}`],
  [`drop table ${PARTITION}`, 'gone', `table public.${PARTITION}`],
  [
    'alter table users rename to hidden; create view users as select * from hidden',
    'changed',
    'table public.users',
  ],
  ['create table planted (id int)', 'added', 'table public.planted'],
  ['alter role chartward_app superuser', 'changed', 'login chartward_app'],
  ['alter role chartward_app bypassrls', 'changed', 'login chartward_app'],
  ['grant chartward_auditor to chartward_app', 'added', 'membership of chartward_app in chartward_auditor'],
  [
    'alter role chartward_app set session_replication_role = replica',
    'added',
    'setting session_replication_role of chartward_app',
  ],
  [
    'alter role chartward_app set search_path = planted, public',
    'added',
    'setting search_path of chartward_app',
  ],
  [
    `create function planted() returns event_trigger language plpgsql as 'begin end'; create event trigger planted on ddl_command_end execute function planted()`,
    'added',
    'event trigger planted',
  ],
  ['alter table sessions disable trigger all', 'added', 'trigger public.sessions.'],
]

describe('the catalog', () => {
  it('of a freshly migrated database is the manifest: else run `pnpm --filter @chartward/db manifest`', async () => {
    expect(manifestOf(await readCatalog(auditor))).toEqual(readManifest())
    expect(compareCatalog(await readCatalog(auditor), readManifest())).toEqual([])
  })

  it.each(SABOTAGES)('%s is named', async (statement, what, object) => {
    const differences = await found(statement)
    expect(differences.some((one) => one.what === what && one.object.startsWith(object))).toBe(true)
  })

  it('is read alike in the schema that a job queue adds, in which nobody else may do anything', async () => {
    const queue = `create schema pgboss; create table pgboss.job (id int); grant select on pgboss.job to chartward_app;`
    expect(await found(queue)).toEqual([])
    expect(await found(`${queue} grant select on pgboss.job to chartward_auditor`)).toEqual([
      { object: 'grant on table pgboss.job to chartward_auditor', what: 'added' },
    ])
    expect(await found(`${queue} alter table pgboss.job owner to chartward_app`)).toEqual([
      { object: 'table pgboss.job', what: 'added' },
    ])
  })

  it('has a partition of every month between the first and the last', () => {
    const manifest = { 'table public.audit_entries_<month>': 'x' }
    const rows = ['2026_11', '2026_12', '2027_02'].map((name) => ({
      object: `table public.audit_entries_${name}`,
      definition: 'x',
    }))
    expect(compareCatalog(rows, manifest)).toEqual([
      { object: 'table public.audit_entries_2027_01', what: 'gone' },
    ])
    expect(compareCatalog([], manifest)).toEqual([
      { object: 'table public.audit_entries_<month>', what: 'gone' },
    ])
  })
})
