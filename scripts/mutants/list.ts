import type { Mutant } from './mutant.ts'

/**
 * The lines on which safety rests, each with the tests that must turn red without it. Whoever adds a
 * safeguard adds its mutant.
 */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a read answers before its entry is committed',
    file: 'apps/api/src/guard/guard.ts',
    from: "if (mode === 'read') await app.audit.commit(entry.draft('success', null))",
    to: "if (mode === 'read') void app.audit.commit(entry.draft('success', null))",
    test: 'apps/api/src/guard/guard.test.ts',
    only: 'answer of a read waits',
  },
  {
    name: 'the application sees every patient, whatever its transaction names',
    sql: 'alter policy in_scope on records using (true) with check (true)',
    test: 'packages/db/src/guards.test.ts',
  },
]
