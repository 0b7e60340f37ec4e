import type { Model } from '../../format/model.ts'
import type { Problem, Sensitive } from '../../problem.ts'

/** A seeded generator (mulberry32): numbers from 0 to below 1, the same in every run. */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A sensitive attribute `name` with the value of each row, by number; `values` of them, in order, of them a
 * tree of `groups`.
 */
export const sensitiveOf = (
  name: string,
  codes: readonly number[],
  values: number,
  groups: readonly (readonly number[])[] | null = null,
): Sensitive => ({
  name,
  values: Array.from({ length: values }, (_, value) => `${name}-${value}`),
  codes: Int32Array.from(codes),
  ranks: Int32Array.from({ length: values }, (_, value) => value),
  groups: groups === null ? null : groups.map((level) => Int32Array.from(level)),
})

/** A table of sensitive attributes alone: models look at nothing else. */
export const problemOf = (
  models: readonly Model[],
  sensitive: readonly Sensitive[],
  { rows = sensitive[0]?.codes.length ?? 0, patients = null as readonly number[] | null, limit = 1 } = {},
): Problem => ({
  rows,
  attributes: [],
  sensitive,
  patients: patients === null ? null : Int32Array.from(patients),
  models,
  suppressionLimit: limit,
})
