import { EMPTY_ROOT, type NodeId, nodeHash } from '@chartward/audit'

/** The interior nodes (level 1 and up) that leaf `index` completes, lowest first. */
export const completedBy = (index: number): NodeId[] => {
  const nodes: NodeId[] = []
  let at = index
  for (let level = 1; at % 2 === 1; level++) {
    at = (at - 1) / 2
    nodes.push({ level, index: at })
  }
  return nodes
}

/**
 * Grows a Merkle tree of which some hashes can't be known. `settle` says which hash a completed node goes on
 * with: where a leaf below is lost that is the stored one, so that a single loss does not hide what became
 * of all others.
 */
export class TreeWalk {
  #size = 0
  readonly #edge: (Uint8Array | null)[] = []

  append(
    leafHash: Uint8Array | null,
    settle: (node: NodeId, computed: Uint8Array | null) => Uint8Array | null,
  ): void {
    let hash = leafHash
    for (const node of completedBy(this.#size)) hash = settle(node, parentOf(this.#edge.pop() ?? null, hash))
    this.#edge.push(hash)
    this.#size++
  }

  /** The root (RFC 9162 section 2.1.1), or null where a lost leaf keeps it from being known. */
  root(): Uint8Array | null {
    const last = this.#edge.at(-1)
    if (last === undefined) return EMPTY_ROOT
    return this.#edge
      .slice(0, -1)
      .reduceRight<Uint8Array | null>((right, left) => parentOf(left, right), last)
  }
}

const parentOf = (left: Uint8Array | null, right: Uint8Array | null): Uint8Array | null =>
  left === null || right === null ? null : nodeHash(left, right)
