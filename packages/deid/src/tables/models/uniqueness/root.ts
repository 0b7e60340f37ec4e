/** Bisections at most: far more than the bits of a double. */
const MOST_STEPS = 200

/**
 * A root of `f` between `low` and `high`, whose values there have opposite signs. Ridders (IEEE Trans.
 * Circuits and Systems 26(11), 1979): as quick as Newton's iteration, but each step at least halves the
 * bracket, so that it can't diverge and needs no derivative.
 */
export const rootBetween = (f: (x: number) => number, low: number, high: number): number => {
  let [a, b] = [low, high]
  let [fa, fb] = [f(a), f(b)]
  if (fa === 0) return a
  if (fb === 0) return b
  for (let step = 0; step < MOST_STEPS; step++) {
    const middle = a + (b - a) / 2
    const fm = f(middle)
    if (fm === 0 || middle === a || middle === b || Math.abs(b - a) <= 1e-14 * Math.max(1, Math.abs(middle)))
      return middle
    const x = middle + ((middle - a) * Math.sign(fa - fb) * fm) / Math.sqrt(fm * fm - fa * fb)
    const fx = f(x)
    if (fx === 0) return x
    if (Math.sign(fm) !== Math.sign(fx)) [a, fa, b, fb] = [middle, fm, x, fx]
    else if (Math.sign(fa) !== Math.sign(fx)) [b, fb] = [x, fx]
    else [a, fa] = [x, fx]
  }
  return a + (b - a) / 2
}
