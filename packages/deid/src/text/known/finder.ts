/**
 * Calls `found` with the index of each pattern and the offset after its last unit, in order of those offsets.
 */
export type Finder = (text: string, found: (pattern: number, end: number) => void) => void

interface Node {
  readonly next: Map<number, Node>
  /** The node of the longest proper suffix; the root's is the root itself. */
  fail: Node | null
  pattern: number
  /** The nearest node along `fail` that ends a pattern. */
  shorter: Node | null
}

const node = (): Node => ({ next: new Map(), fail: null, pattern: -1, shorter: null })

/**
 * All patterns in one pass over the text (Aho and Corasick 1975): time is linear in the text, however many
 * there are. The verifier has an automaton of its own, so that a fault in one is not a fault in both.
 */
export const createFinder = (patterns: readonly string[]): Finder => {
  const root = node()
  patterns.forEach((pattern, index) => {
    let at = root
    for (let unit = 0; unit < pattern.length; unit++) {
      const code = pattern.charCodeAt(unit)
      let next = at.next.get(code)
      if (next === undefined) {
        next = node()
        at.next.set(code, next)
      }
      at = next
    }
    if (at !== root && at.pattern < 0) at.pattern = index
  })
  const step = (from: Node, code: number): Node => {
    for (let at: Node | null = from; at !== null; at = at.fail) {
      const next = at.next.get(code)
      if (next !== undefined) return next
    }
    return root
  }
  const queue: Node[] = [root]
  for (let at = 0; at < queue.length; at++) {
    const parent = queue[at]
    if (parent === undefined) break
    for (const [code, child] of parent.next) {
      const fail = parent.fail === null ? root : step(parent.fail, code)
      child.fail = fail
      child.shorter = fail.pattern >= 0 ? fail : fail.shorter
      queue.push(child)
    }
  }
  return (text, found) => {
    let at = root
    for (let unit = 0; unit < text.length; unit++) {
      at = step(at, text.charCodeAt(unit))
      for (let end: Node | null = at.pattern >= 0 ? at : at.shorter; end !== null; end = end.shorter)
        found(end.pattern, unit + 1)
    }
  }
}
