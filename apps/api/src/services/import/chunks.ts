/** As many ids as one audit entry names: it holds 64 KiB. */
export const MOST_NAMED = 1000

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
