/** Finds every pattern in a text in one pass over it (Aho and Corasick 1975). */
export interface Automaton {
  /** Calls `found` with the index of each pattern and the offset after its last UTF-16 unit. */
  search(text: string, found: (pattern: number, end: number) => void): void
}

class Nodes {
  #unit = new Uint16Array(1024)
  #child = new Int32Array(1024)
  #sibling = new Int32Array(1024)
  readonly #pattern: number[] = [-1]
  count = 1

  #grow(): void {
    if (this.count < this.#unit.length) return
    const size = this.#unit.length * 2
    const larger = <A extends Uint16Array | Int32Array>(into: A, from: A): A => {
      into.set(from)
      return into
    }
    this.#unit = larger(new Uint16Array(size), this.#unit)
    this.#child = larger(new Int32Array(size), this.#child)
    this.#sibling = larger(new Int32Array(size), this.#sibling)
  }

  /** The child of `node` by `unit`, or 0: no node has the root for a child. */
  step(node: number, unit: number): number {
    let next = this.#child[node] ?? 0
    while (next !== 0 && this.#unit[next] !== unit) next = this.#sibling[next] ?? 0
    return next
  }

  insert(text: string, pattern: number): void {
    let node = 0
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      let next = this.step(node, unit)
      if (next === 0) {
        this.#grow()
        next = this.count++
        this.#unit[next] = unit
        this.#sibling[next] = this.#child[node] ?? 0
        this.#child[node] = next
        this.#pattern[next] = -1
      }
      node = next
    }
    this.#pattern[node] = pattern
  }

  patternAt(node: number): number {
    return this.#pattern[node] ?? -1
  }

  *childrenOf(node: number): Generator<readonly [child: number, unit: number]> {
    for (let next = this.#child[node] ?? 0; next !== 0; next = this.#sibling[next] ?? 0)
      yield [next, this.#unit[next] ?? 0]
  }
}

/**
 * Patterns are compared unit by unit, so both sides are to be folded alike. Empty ones and repetitions never
 * match.
 */
export const buildAutomaton = (patterns: readonly string[]): Automaton => {
  const nodes = new Nodes()
  patterns.forEach((pattern, index) => {
    if (pattern !== '') nodes.insert(pattern, index)
  })
  const fail = new Int32Array(nodes.count)
  /** The nearest node on the chain of failures where a pattern ends: what ends here too, but began later. */
  const suffix = new Int32Array(nodes.count)
  const follow = (from: number, unit: number): number => {
    let node = from
    for (;;) {
      const next = nodes.step(node, unit)
      if (next !== 0 || node === 0) return next
      node = fail[node] ?? 0
    }
  }
  const queue: number[] = [0]
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] ?? 0
    for (const [child, unit] of nodes.childrenOf(node)) {
      const failure = node === 0 ? 0 : follow(fail[node] ?? 0, unit)
      fail[child] = failure
      suffix[child] = nodes.patternAt(failure) >= 0 ? failure : (suffix[failure] ?? 0)
      queue.push(child)
    }
  }
  return {
    search: (text, found) => {
      let node = 0
      for (let at = 0; at < text.length; at++) {
        node = follow(node, text.charCodeAt(at))
        for (
          let end = nodes.patternAt(node) >= 0 ? node : (suffix[node] ?? 0);
          end !== 0;
          end = suffix[end] ?? 0
        )
          found(nodes.patternAt(end), at + 1)
      }
    },
  }
}
