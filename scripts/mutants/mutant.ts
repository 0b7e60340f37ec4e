/**
 * A safeguard taken out, by name, and the tests that must turn red for it: a check that nothing would miss is
 * no check. `file` and `test` are paths from the root, of one package.
 */
export type Mutant = {
  /** What is no longer kept. */
  readonly name: string
  readonly test: string
  /** Only the tests whose names hold this (a regular expression), so that one mutant costs seconds. */
  readonly only?: string
} & (
  | {
      readonly file: string
      /** Stands exactly once in the file. */
      readonly from: string
      readonly to: string
    }
  /** A safeguard of the database: what its owner runs in the database that the test's are copied from. */
  | { readonly sql: string }
)

/** What became of a mutant: `killed` is the only good end. */
export type Outcome = 'killed' | 'survived' | 'not-there' | 'unsound' | 'not-loaded' | 'broken'

export const MEANING: Readonly<Record<Outcome, string>> = {
  killed: 'its tests turned red',
  survived: 'its tests stayed green: nothing guards it',
  'not-there': 'its line is not in the file, or more than once: mend the list',
  unsound: 'its tests are red without it too, or there is none of that name: mend the list',
  'not-loaded': 'its tests do not load the file: mend the list',
  broken: 'the tests did not run at all: it is no mutant but a syntax error',
}
