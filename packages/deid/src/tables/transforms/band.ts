/** Twelve significant digits: what is left of 0.1 + 0.2 once the error of binary fractions is cut off. */
const clean = (value: number): number => Number(value.toPrecision(12))

/** Where band `index` begins, in steps of `width` from `origin`. */
export const bandStart = (index: number, origin: number, width: number): number =>
  clean(origin + index * width)

/**
 * The band that holds the value: bandStart(index) <= value < bandStart(index + 1), as the printed bounds have
 * it.
 */
export const bandOf = (value: number, origin: number, width: number): number => {
  const index = Math.floor((value - origin) / width)
  if (value < bandStart(index, origin, width)) return index - 1
  return value >= bandStart(index + 1, origin, width) ? index + 1 : index
}

export const bandLabel = (from: number, to: number): string => `[${from}, ${to})`
