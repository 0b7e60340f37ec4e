/** Where the focus was, in a form that outlives the element that had it. */

/** As much of an element as is needed to find one's way: the browser's own, or a test's. */
export interface Place<Node> {
  readonly parentElement: Node | null
  readonly children: ArrayLike<Node>
  readonly isConnected: boolean
  /** Of what kind it is. */
  readonly localName: string
}

/** From the element outwards: each, and which child of the next one it was. */
export interface Trail<Node> {
  readonly steps: readonly { readonly node: Node; readonly place: number }[]
}

export const trailOf = <Node extends Place<Node>>(start: Node): Trail<Node> => {
  const steps: { node: Node; place: number }[] = []
  for (let node: Node | null = start; node !== null; node = node.parentElement) {
    const parent: Node | null = node.parentElement
    steps.push({ node, place: parent === null ? 0 : Array.from(parent.children).indexOf(node) })
  }
  return { steps }
}

const atPath = <Node extends Place<Node>>(
  from: Node | undefined,
  path: readonly number[],
): Node | undefined => path.reduce<Node | undefined>((node, place) => node?.children[place], from)

/**
 * What comes next after an element that is gone: the same thing in what has taken its place, such as the
 * button of the next row; else the first thing that takes the focus in what follows, or in the nearest of
 * its kind before it, in the innermost part of the page that is still there; then in what follows that part.
 * It goes no further than `end`, and gives null where nothing was found up to there.
 */
export const nextAfter = <Node extends Place<Node>>(
  { steps }: Trail<Node>,
  end: Node,
  takesFocus: (node: Node) => boolean,
): Node | null => {
  const first = (node: Node): Node | null => {
    if (takesFocus(node)) return node
    for (const child of Array.from(node.children)) {
      const found = first(child)
      if (found !== null) return found
    }
    return null
  }
  for (const [depth, { node: around }] of steps.entries()) {
    const inner = steps[depth - 1]
    if (inner === undefined || !around.isConnected) continue
    const children = Array.from(around.children)
    const still = children.indexOf(inner.node)
    const gone = still < 0
    const path = steps.slice(0, depth - 1).map(({ place }) => place)
    const alike = gone ? atPath(children[inner.place], path.toReversed()) : undefined
    if (alike !== undefined && takesFocus(alike)) return alike
    const after = children.slice(gone ? inner.place : still + 1)
    const before = gone
      ? children.slice(0, inner.place).filter(({ localName }) => localName === inner.node.localName)
      : []
    for (const child of [...after, ...before.toReversed()]) {
      const found = first(child)
      if (found !== null) return found
    }
    if (around === end) return null
  }
  return null
}
