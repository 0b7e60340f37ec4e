import type { Connection } from '@chartward/db'
import { getTableName } from 'drizzle-orm'
import type { SystemKeyPurpose } from '../../keys/system-keys.ts'
import { KIND_NAMES, KINDS } from '../../vouch/kinds.ts'

/**
 * Where what was made with a key says which key that was: in an envelope's header, as the key's id beside a
 * MAC, in a row's seal, or as the version of a token's key.
 */
export interface Use {
  readonly table: string
  readonly column: string
  readonly by: 'envelope' | 'id' | 'seal' | 'version'
}

const envelopes = (table: string, ...columns: string[]): Use[] =>
  columns.map((column) => ({ table, column, by: 'envelope' }))
const versions = (table: string, column = 'key_version'): Use => ({ table, column, by: 'version' })

/**
 * Null: what is made with keys of this purpose does not say by which. A column that is missing here lets its
 * key be retired too early: whoever seals something new adds it, here and in the database's function
 * `system_key_in_use`, which has the same list and refuses to let such a key go.
 */
export const USES: Readonly<Record<SystemKeyPurpose, readonly Use[] | null>> = {
  'factor-secrets': envelopes('totp_factors', 'secret'),
  'credential-hashes': [...envelopes('passwords', 'hash'), ...envelopes('recovery_codes', 'hash')],
  'audit-notes': envelopes('audit_notes', 'content'),
  reasons: [
    ...envelopes('role_assignments', 'reason', 'end_reason'),
    ...envelopes('role_versions', 'reason'),
    ...envelopes('approvals', 'reason', 'decision_reason'),
    ...envelopes('export_requests', 'purpose'),
    ...envelopes('break_glass_grants', 'reason', 'note'),
    ...envelopes('covers', 'reason'),
    ...envelopes('people_changes', 'reason'),
    ...envelopes('passkeys', 'name'),
    ...envelopes('lockdown_acts', 'reason'),
    ...envelopes('legal_holds', 'reason'),
    ...envelopes('key_rotations', 'reason'),
  ],
  directory: envelopes('directory_entries', 'content'),
  exports: envelopes('release_chunks', 'content'),
  uploads: [...envelopes('upload_pieces', 'content'), ...envelopes('people_changes', 'content', 'plan')],
  mails: envelopes('mails', 'content'),
  'attempt-counters': null,
  integrity: [
    { table: 'record_versions', column: 'integrity_key_id', by: 'id' },
    { table: 'chart_segments', column: 'integrity_key_id', by: 'id' },
  ],
  'row-seals': KIND_NAMES.map((kind) => ({
    table: getTableName(KINDS[kind].table),
    column: 'seal',
    by: 'seal',
  })),
  tokens: null,
  'source-ids': [versions('source_ids'), versions('source_bases'), versions('directory_entries')],
  'blind-index': [
    versions('search_tokens'),
    versions('claim_tokens'),
    versions('directory_entries', 'npi_key_version'),
  ],
}

const KEY_OF: Readonly<Record<Use['by'], (column: string) => string>> = {
  envelope: (column) => `envelope_key(${column})::text`,
  id: (column) => `${column}::text`,
  seal: (column) => `encode(substring(${column} from 2 for 16), 'hex')::uuid::text`,
  version: (column) => `${column}::text`,
}

/** Rows that name no key though their column could: a token that is not there has no version. */
const NAMED: Readonly<Record<string, string>> = { npi_key_version: 'npi_token is not null' }

/**
 * How much stands that was made with each key of a purpose, by the key's id or version; null where that can't
 * be told. Read with all patients in scope, else what is hidden is taken for none.
 */
export const countUses = async (
  { sql }: Connection,
  purpose: SystemKeyPurpose,
): Promise<ReadonlyMap<string, number> | null> => {
  const uses = USES[purpose]
  if (uses === null) return null
  const counted = uses.map(
    ({ table, column, by }) =>
      `select ${KEY_OF[by](column)} as key, count(*)::int as rows from ${table}
       where ${column} is not null and ${NAMED[column] ?? 'true'} group by 1`,
  )
  const rows = await sql.unsafe<{ key: string; rows: number }[]>(
    `select key, sum(rows)::int as rows from (${counted.join(' union all ')}) counted group by 1`,
  )
  return new Map(rows.map(({ key, rows: n }) => [key, n]))
}

/** How much stands that was made with one key, by what its purpose's rows say of it. */
export const usesOf = (
  counted: ReadonlyMap<string, number>,
  key: { readonly id: string; readonly version: number },
): number => (counted.get(key.id) ?? 0) + (counted.get(String(key.version)) ?? 0)
