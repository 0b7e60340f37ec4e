import type { FieldPath } from './catalog/index.ts'

/** How a field is shown: as it is; in that part which the catalog declares for it; as a mask. */
export type FieldGrant = 'clear' | 'partly' | 'masked'

/**
 * A map that has no way to be written to. Scopes of many requests share one, so that a plain Map behind a
 * read-only type would let one stray cast widen what everyone sees.
 */
export class FieldGrants implements ReadonlyMap<FieldPath, FieldGrant> {
  readonly #grants: ReadonlyMap<FieldPath, FieldGrant>
  /** Whether what no field is declared for is shown beside them. */
  readonly whole: boolean

  constructor(entries: Iterable<readonly [FieldPath, FieldGrant]>, whole = false) {
    this.#grants = new Map(entries)
    this.whole = whole
    Object.freeze(this)
  }

  get size(): number {
    return this.#grants.size
  }

  get(path: FieldPath): FieldGrant | undefined {
    return this.#grants.get(path)
  }

  has(path: FieldPath): boolean {
    return this.#grants.has(path)
  }

  entries() {
    return this.#grants.entries()
  }

  keys() {
    return this.#grants.keys()
  }

  values() {
    return this.#grants.values()
  }

  [Symbol.iterator]() {
    return this.#grants.entries()
  }

  forEach(
    visit: (grant: FieldGrant, path: FieldPath, grants: ReadonlyMap<FieldPath, FieldGrant>) => void,
  ): void {
    for (const [path, grant] of this.#grants) visit(grant, path, this)
  }
}

export const NO_FIELDS = new FieldGrants([])
