/** The middle, the least and the most of several measurements. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN
  return { median: (lower + upper) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN }
}

/**
 * Measures several things in turn, `rounds` times over, in the opposite order every other round: what the
 * machine does meanwhile, and what warms up, meets all of them alike. Gives each one's measurements in order
 * of the rounds.
 */
export const alternate = async <K extends string, M>(
  rounds: number,
  measures: Readonly<Record<K, () => Promise<M>>>,
): Promise<Record<K, M[]>> => {
  const names = Object.keys(measures) as K[]
  const found = Object.fromEntries(names.map((name) => [name, [] as M[]])) as Record<K, M[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) found[name].push(await measures[name]())
  }
  return found
}
