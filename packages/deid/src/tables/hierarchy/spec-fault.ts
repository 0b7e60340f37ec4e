import type { HierarchySpec } from '../format/plan.ts'
import { DATE_LEVELS } from './date.ts'

const isMultiple = (coarse: number, fine: number): boolean => {
  const ratio = coarse / fine
  return ratio > 1 && Math.abs(ratio - Math.round(ratio)) < 1e-9
}

const steps = <T>(items: readonly T[], good: (before: T, after: T) => boolean): boolean =>
  items.every((item, at) => {
    const before = items[at - 1]
    return before === undefined || good(before, item)
  })

const intervalFault = (spec: Extract<HierarchySpec, { kind: 'interval' }>): string | null => {
  const { widths, origin = 0, bottom, top } = spec
  if (widths.length === 0) return 'give at least one width'
  if (![...widths, origin, bottom ?? 0, top ?? 0].every(Number.isFinite)) return 'give finite numbers'
  if (!widths.every((width) => width > 0)) return 'give widths above 0'
  if (!steps(widths, (fine, coarse) => isMultiple(coarse, fine)))
    return 'give widths from fine to coarse, each a multiple of the one before'
  return bottom !== undefined && top !== undefined && bottom >= top ? 'give a bottom below the top' : null
}

const orderFault = ({ values, fanouts }: Extract<HierarchySpec, { kind: 'order' }>): string | null => {
  if (values.length === 0) return 'list the values in their order'
  if (new Set(values).size < values.length) return 'list each value once'
  return fanouts.every((fanout) => Number.isSafeInteger(fanout) && fanout >= 2)
    ? null
    : 'give fanouts that are whole numbers of 2 or more'
}

/**
 * What is wrong with a hierarchy's specification, as an advice, or null. Whether it fits the values shows
 * when it is built.
 */
export const specFault = (spec: HierarchySpec): string | null => {
  switch (spec.kind) {
    case 'csv':
      return spec.file === '' ? 'name the file' : null
    case 'interval':
      return intervalFault(spec)
    case 'date':
      if (spec.levels.length === 0) return 'give at least one level'
      return steps(spec.levels, (fine, coarse) => DATE_LEVELS.indexOf(coarse) > DATE_LEVELS.indexOf(fine))
        ? null
        : `give each level once, from fine to coarse: ${DATE_LEVELS.join(', ')}`
    case 'prefix':
      return spec.lengths.length > 0 &&
        spec.lengths.every((length) => Number.isSafeInteger(length) && length >= 1) &&
        steps(spec.lengths, (long, short) => short < long)
        ? null
        : 'give lengths of 1 or more, from long to short'
    case 'order':
      return orderFault(spec)
  }
}
