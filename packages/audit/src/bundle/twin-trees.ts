import { equalBytes } from '../bytes.ts'
import { MerkleFrontier } from '../merkle/frontier.ts'

/**
 * Two trees over the same leaves: one of the hashes made anew from the entries, one of the leaf hashes that
 * the bundle claims. They are one tree, and cost one, until an entry differs from its claim. Then, if the
 * claimed tree has the signed root, the claims are what was signed and just the entries that differ from
 * them are in doubt.
 */
export class TwinTrees {
  #computed: MerkleFrontier | null = new MerkleFrontier()
  #claimed: MerkleFrontier | null = this.#computed
  #firstDifference: number | null = null

  /** The next leaf; null where its hash can't be known, which leaves that tree without a root. */
  append(index: number, computed: Uint8Array | null, claimed: Uint8Array | null): void {
    const agree = computed !== null && claimed !== null && equalBytes(computed, claimed)
    if (!agree) {
      this.#firstDifference ??= index
      if (this.#claimed === this.#computed) this.#claimed = this.#computed?.clone() ?? null
    }
    const one = this.#claimed === this.#computed
    this.#computed = grown(this.#computed, computed)
    this.#claimed = one ? this.#computed : grown(this.#claimed, claimed)
  }

  /** A leaf is missing, hash and all: neither tree has a root any more. */
  break(): void {
    this.#computed = null
    this.#claimed = null
  }

  /** What the trees say of the signed root, once all leaves are in. */
  compare(root: Uint8Array): { matches: boolean; complete: boolean; firstUnvouched: number | null } {
    if (isRoot(this.#computed, root)) return { matches: true, complete: true, firstUnvouched: null }
    if (isRoot(this.#claimed, root))
      return { matches: true, complete: true, firstUnvouched: this.#firstDifference }
    const complete = this.#computed !== null || this.#claimed !== null
    // One root over everything does not say where: no leaf is tied to the signature.
    return { matches: false, complete, firstUnvouched: 0 }
  }
}

const grown = (tree: MerkleFrontier | null, hash: Uint8Array | null): MerkleFrontier | null => {
  if (hash === null) return null
  tree?.append(hash)
  return tree
}

const isRoot = (tree: MerkleFrontier | null, root: Uint8Array): boolean =>
  tree !== null && equalBytes(tree.root(), root)
