import type { Mutant } from '../mutant.ts'

const VOUCHING_TEST = 'apps/api/src/vouch/vouching.test.ts'

/** Rows that give somebody something. */
export const VOUCHING: readonly Mutant[] = [
  {
    name: 'a relationship that was taken away counts again once it is put back',
    file: 'apps/api/src/vouch/kinds.ts',
    from: "return row.narrowed === true && typeof row.id === 'string' ? row.id : null",
    to: "return row.narrowed === 'never' && typeof row.id === 'string' ? row.id : null",
    test: 'apps/api/src/services/import/care.test.ts',
    only: 'puts the relationship back',
  },
  {
    name: 'what an address is found by can be changed without its seal',
    file: 'apps/api/src/vouch/kinds.ts',
    from: "      'addressKey',\n",
    to: '',
    test: VOUCHING_TEST,
    only: 'gives an account no an address to sign in by',
  },
  {
    name: 'a row with a false seal counts',
    file: 'apps/api/src/vouch/vouching.ts',
    from: "if (hash === null) return this.#refuse(kind, row.id, 'bad-seal')",
    to: 'if (hash === null) return kind !== null',
    test: VOUCHING_TEST,
    only: 'does not count with|gives no role|makes no care relationship',
  },
  {
    name: 'a row that was put back to an earlier state counts',
    file: 'apps/api/src/vouch/vouching.ts',
    from: "return this.#refuse(kind, row.id, 'earlier-state')",
    to: 'return true',
    test: VOUCHING_TEST,
    only: 'does not count, though its seal holds',
  },
  {
    name: 'nobody misses a row that was taken away',
    file: 'apps/api/src/vouch/vouching.ts',
    from: 'return missing === undefined ||',
    to: 'return missing !== null ||',
    test: VOUCHING_TEST,
    only: 'that is missing leaves its person with nothing',
  },
  {
    name: 'a forged row is vouched for by its next change',
    file: 'apps/api/src/vouch/vouching.ts',
    from: 'if (!(await this.admits(kind, row as Sealed<K> & RowOf<K>))) {',
    to: 'if (kind === null) {',
    test: VOUCHING_TEST,
    only: 'vouched for by no later change',
  },
  {
    name: 'what is kept of rows is believed whoever put it there',
    file: 'apps/api/src/vouch/heads.ts',
    from: 'return sum.equals(state?.sum ?? NO_HEADS) ? { heads, next } : null',
    to: 'return { heads, next }',
    test: VOUCHING_TEST,
    only: 'put back too',
  },
  {
    name: 'a seal outlives its key where the row was seen before',
    file: 'apps/api/src/vouch/row-seals.ts',
    from: "if (this.#keyring.knowsKey('row-seals', before.keyId)) return before.hash",
    to: 'return before.hash',
    test: VOUCHING_TEST,
    only: 'counts no longer than its key',
  },
]
