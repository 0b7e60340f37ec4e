/** A node of the lattice that was counted but not yet looked into: levels of the first axes. */
export interface OpenNode {
  readonly bound: number
  readonly levels: readonly number[]
}

/** Open nodes, the least bound first; among equals the deeper, then the older. */
export class OpenNodes {
  readonly #heap: { node: OpenNode; age: number }[] = []
  #age = 0

  /** The least bound of all, or infinity where there is none. */
  get least(): number {
    return this.#heap[0]?.node.bound ?? Number.POSITIVE_INFINITY
  }

  #before(a: number, b: number): boolean {
    const left = this.#heap[a]
    const right = this.#heap[b]
    if (left === undefined || right === undefined) return left !== undefined
    if (left.node.bound !== right.node.bound) return left.node.bound < right.node.bound
    const deeper = left.node.levels.length - right.node.levels.length
    return deeper === 0 ? left.age < right.age : deeper > 0
  }

  #swap(a: number, b: number): void {
    const left = this.#heap[a]
    const right = this.#heap[b]
    if (left === undefined || right === undefined) return
    this.#heap[a] = right
    this.#heap[b] = left
  }

  push(node: OpenNode): void {
    let at = this.#heap.push({ node, age: this.#age++ }) - 1
    while (at > 0 && this.#before(at, (at - 1) >> 1)) {
      this.#swap(at, (at - 1) >> 1)
      at = (at - 1) >> 1
    }
  }

  pop(): OpenNode | null {
    const top = this.#heap[0]
    const last = this.#heap.pop()
    if (top === undefined || last === undefined) return null
    if (this.#heap.length === 0) return top.node
    this.#heap[0] = last
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      const least = this.#before(left + 1, left) ? left + 1 : left
      if (left >= this.#heap.length || !this.#before(least, at)) return top.node
      this.#swap(at, least)
      at = least
    }
  }
}
