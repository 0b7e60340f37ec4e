/**
 * Figures that two programs work out in another order of additions: equal to so much of their size, or of 1.
 */
const TOLERANCE = 1e-9
/** Figures that both find by iteration. */
export const ESTIMATE_TOLERANCE = 1e-6

export const closeTo = (a: number, b: number, tolerance = TOLERANCE): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b))

/** a <= b, but for rounding. */
export const atMost = (a: number, b: number): boolean => a <= b || closeTo(a, b)
