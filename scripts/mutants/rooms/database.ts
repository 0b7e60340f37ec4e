import type { Mutant } from '../mutant.ts'

const DATABASE_TEST = 'packages/db/src/guards.test.ts'
const CONNECTION_TEST = 'packages/db/src/connection-loss.test.ts'

/** Connections, transactions, and the guards of the database itself. */
export const DATABASE: readonly Mutant[] = [
  {
    name: 'the database is spoken to over TLS 1.2',
    file: 'packages/db/src/tls.ts',
    from: "minVersion: 'TLSv1.3'",
    to: "minVersion: 'TLSv1.2'",
    test: 'apps/api/src/cli/database-tls.test.ts',
    only: 'over TLS 1.2',
  },
  {
    name: 'whoever may write to the database rewrites a chart’s index',
    sql: 'drop trigger chart_segments_append_only on chart_segments',
    test: DATABASE_TEST,
    only: 'a segment of a chart’s index',
  },
  {
    name: 'the application sees every patient, whatever its transaction names',
    sql: 'alter policy in_scope on record_versions using (true) with check (true)',
    test: DATABASE_TEST,
    only: 'the patients that it names',
  },
  {
    name: 'tokens of claims are seen of every patient',
    sql: 'alter table claim_tokens no force row level security',
    test: 'packages/db/src/patient-rows.test.ts',
    only: 'has row-level security, forced',
  },
  {
    name: 'an audit entry can be changed by the owner',
    sql: 'drop trigger audit_entries_append_only on audit_entries',
    test: DATABASE_TEST,
    only: 'append-only tables',
  },
  {
    name: 'the application can write the order of the log',
    sql: 'grant insert on audit_leaves to chartward_app',
    test: DATABASE_TEST,
    only: 'can not write the order',
  },
  {
    name: 'a doubtful commit counts as a failed one',
    file: 'packages/db/src/transaction.ts',
    from: "committing && !isRefusal(error) ? 'doubtful' : 'rolled-back'",
    to: "'rolled-back'",
    test: 'packages/db/src/transaction.test.ts',
    only: 'in doubt',
  },
  {
    name: 'rows that are swallowed in bulk count as stored',
    file: 'packages/db/src/copy.ts',
    from: "if (onConflict === '' && count !== copied) throw new RowsNotStored()",
    to: '',
    test: 'packages/db/src/transaction.test.ts',
    only: 'swallow',
  },
  {
    name: 'whoever waits for a connection may wait for ever',
    file: 'packages/db/src/database.ts',
    from: 'wait_timeout: wait,',
    to: 'wait_timeout: wait * 0,',
    test: CONNECTION_TEST,
    only: 'is refused in time',
  },
  {
    name: 'a server that is gone without a word is waited for',
    file: 'packages/db/src/database.ts',
    from: 'response_timeout: response }',
    to: 'response_timeout: response * 0 }',
    test: CONNECTION_TEST,
    only: 'without a word under a statement',
  },
]
