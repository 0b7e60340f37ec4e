import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

/*
 * What may be changed in place, by whom: written from what the code has to change, and not from the grants.
 * Ids, owners, roles, secrets, wrapped keys and what a request asked for are written once. No login may
 * change a whole table.
 */
const VOUCHED = ['row_version', 'seal']
const CHANGED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  chartward_app: {
    account_links: ['used_at', 'revoked_at', ...VOUCHED],
    approvals: ['status', 'decided_by', 'decision_reason', 'decided_at', ...VOUCHED],
    attempt_counters: ['failures', 'run', 'window_started_at', 'last_at', 'locked_until'],
    backups: [
      'finished_at',
      'deleted_at',
      'state',
      'failure',
      'bytes',
      'rows',
      'sha256',
      'log_size',
      'log_root',
      ...VOUCHED,
    ],
    break_glass_grants: [
      'ended_at',
      'ended_by',
      'end_reason',
      'verdict',
      'note',
      'reviewed_by',
      'reviewed_at',
      'escalated',
      ...VOUCHED,
    ],
    care_lists: ['content', 'digest', 'standing', 'narrowed', 'looked_up', ...VOUCHED],
    care_relationships: ['trusted', 'starts_at', 'ends_at', 'ended_by', 'narrowed', ...VOUCHED],
    covers: ['ended_at', 'ended_by', ...VOUCHED],
    directory_entries: [
      'npi_token',
      'npi_key_version',
      'content_tag',
      'content',
      'trusted',
      'earlier',
      'updated_at',
    ],
    custom_roles: ['in_force', 'retired_at', 'retired_by', ...VOUCHED],
    export_requests: ['status', 'as_of', 'manifest', 'built_at', 'expires_at', 'failure', ...VOUCHED],
    factor_resets: ['token_hash', 'session_id', 'used_at', 'ended_at', 'ended_by', ...VOUCHED],
    installation: ['initialised_at'],
    legal_holds: ['lift_asked_by', 'lifted_by', 'lifted_at', ...VOUCHED],
    invitations: ['accepted_at', 'revoked_at', ...VOUCHED],
    keks: ['used_at'],
    key_rotations: [
      'state',
      'phase',
      'phase_at',
      'ended_at',
      'worked_ms',
      'done',
      'skipped',
      'total',
      'blocked',
    ],
    known_devices: ['used_at', 'expires_at', 'ended_at', 'end_reason', ...VOUCHED],
    log_followers: ['next_index', 'updated_at'],
    mails: ['user_id', 'kind', 'content', 'state', 'settled_at', 'failure'],
    patient_accounts: ['state', 'opened_at', 'ended_at', 'ended_by', ...VOUCHED],
    people_changes: ['content', 'reason', 'approval_id', 'work_id', 'plan', 'plan_hash', ...VOUCHED],
    passkeys: ['sign_count', 'backed_up', 'name', 'last_used_at', 'disabled', ...VOUCHED],
    passwords: ['hash', ...VOUCHED],
    // A shred: triggers let the wrapped bytes go with the state, and the application do nothing else.
    patient_keys: ['state', 'wrapped'],
    records: ['version'],
    recovery_codes: ['used_at', 'hash', ...VOUCHED],
    role_assignments: ['role_version', 'ends_at', 'ended_by', 'end_reason', ...VOUCHED],
    secret_rates: ['minute', 'tried'],
    sessions: [
      'token_hash',
      'stage',
      'last_active_at',
      'idle_expires_at',
      'factor_at',
      'networks',
      'browsers',
      'ended_at',
      'ended_by',
      'end_reason',
      ...VOUCHED,
    ],
    shreds: [
      'state',
      'decided_by',
      'decided_at',
      'destroyed',
      'final_at',
      'final_is_bound',
      'ledger_index',
      'ledger_hash',
      'certificate',
      ...VOUCHED,
    ],
    source_ids: ['token', 'key_version', 'content', 'trusted', 'earlier'],
    system_keys: ['used_at'],
    totp_factors: ['last_step', 'confirmed_at', 'disabled', ...VOUCHED],
    users: [
      'email',
      'address_key',
      'display_name',
      'status',
      'practitioner_id',
      'last_seen_at',
      'deactivated_at',
      'department',
      'manager_id',
      'employee_number',
      ...VOUCHED,
    ],
    works: [
      'state',
      'attempt',
      'started_at',
      'ended_at',
      'cancel_asked_at',
      'cancel_asked_by',
      'result',
      'failure',
      'phase',
      'done',
      'total',
      'phase_at',
      'heartbeat',
      ...VOUCHED,
    ],
  },
  chartward_sequencer: {
    audit_gaps: ['named_at'],
    audit_head: ['*'],
    audit_hourly: ['*'],
    audit_pending_cursor: ['*'],
    audit_writers: ['seen', 'settled', 'updated_at'],
    log_followers: ['next_index', 'updated_at'],
    row_heads_state: ['*'],
  },
  chartward_auditor: {},
  chartward_backup: {},
}

const DELETED: Readonly<Record<string, readonly string[]>> = {
  chartward_app: [
    'attempt_counters',
    'care_due',
    'care_tokens',
    'chart_segments',
    'claim_tokens',
    'passkey_challenges',
    'release_chunks',
    'search_tokens',
    'secret_rates',
    'source_ids',
    'upload_pieces',
  ],
  chartward_sequencer: ['audit_gaps', 'audit_pending_0', 'audit_pending_1', 'audit_pending_2', 'row_heads'],
  chartward_auditor: [],
  chartward_backup: [],
}

/** What the login of rotations may change beside all that the application may. */
const REKEYED: Readonly<Record<string, readonly string[]>> = {
  audit_notes: ['content'],
  chart_segments: ['content'],
  keks: ['state', 'wrapped'],
  patient_accounts: ['content'],
  patient_keys: ['kek_id'],
  record_versions: ['identity', 'contact', 'clinical', 'narrative', 'billing', 'unmapped'],
  system_keys: ['state', 'kek_id', 'wrapped'],
  totp_factors: ['secret'],
}

const updatable = async (role: string): Promise<Record<string, string[]>> => {
  const { sql } = db.open('chartward_owner', 1)
  const rows = await sql<{ table: string; column: string; whole: boolean }[]>`
    select c.relname as table, a.attname as column, has_table_privilege(${role}, c.oid, 'UPDATE') as whole
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and has_column_privilege(${role}, c.oid, a.attnum, 'UPDATE')
    order by 1, 2`
  const byTable = Map.groupBy(rows, ({ table }) => table)
  return Object.fromEntries(
    [...byTable].map(([table, columns]) => [
      table,
      columns.some(({ whole }) => whole) ? ['*'] : columns.map(({ column }) => column),
    ]),
  )
}

describe.each(Object.keys(CHANGED))('%s', (role) => {
  it('changes these columns and no other', async () => {
    const wanted = Object.entries(CHANGED[role] ?? {}).map(([table, columns]) => [table, columns.toSorted()])
    expect(await updatable(role)).toEqual(Object.fromEntries(wanted))
  })

  it('deletes from these tables and no other', async () => {
    const { sql } = db.open('chartward_owner', 1)
    const rows = await sql<{ table: string }[]>`
      select relname as table from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and has_table_privilege(${role}, oid, 'DELETE')
      order by 1`
    expect(rows.map(({ table }) => table)).toEqual(DELETED[role])
  })
})

describe('the application', () => {
  it.each(['keks', 'system_keys'])('overwrites no key of %s', async (table) => {
    const { sql } = db.open('chartward_app', 1)
    await expect(sql`update ${sql(table)} set wrapped = ''`).rejects.toMatchObject({ code: '42501' })
  })

  it('puts no ciphertext and no wrapped key in the place of another', async () => {
    const { sql } = db.open('chartward_app', 1)
    for (const [table, columns] of Object.entries(REKEYED))
      for (const column of columns)
        await expect(
          sql`update ${sql(table)} set ${sql(column)} = ${sql(column)}`,
          `${table}.${column}`,
        ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the login of rotations', () => {
  it('changes what the application may, and ciphertexts and wrapped keys besides', async () => {
    const wanted = new Map(Object.entries(CHANGED.chartward_app ?? {}).map(([table, own]) => [table, own]))
    for (const [table, columns] of Object.entries(REKEYED))
      wanted.set(table, [...(wanted.get(table) ?? []), ...columns])
    const sorted = [...wanted].map(([table, columns]) => [table, columns.toSorted()])
    expect(await updatable('chartward_rekey')).toEqual(Object.fromEntries(sorted))
  })
})
