/**
 * Where an `f` that is above 0 at `low` and not at `high` stops being so, by halving until no number lies
 * between.
 */
export const lastAbove = (f: (x: number) => number, low: number, high: number): number => {
  let [above, below] = [low, high]
  for (;;) {
    const middle = above + (below - above) / 2
    if (middle <= above || middle >= below) return middle
    if (f(middle) > 0) above = middle
    else below = middle
  }
}
