import type { HierarchySpec } from '../format/plan.ts'
import { numberOf } from '../table/number.ts'
import { bandLabel, bandOf, bandStart } from '../transforms/band.ts'
import { hierarchyFault, quoted } from './fault.ts'
import { hierarchyInOrder } from './from-order.ts'
import type { Hierarchy } from './hierarchy.ts'

type IntervalSpec = Extract<HierarchySpec, { kind: 'interval' }>

interface Measured {
  readonly text: string
  /** Null for the empty value. */
  readonly number: number | null
}

const measure = (text: string): Measured => {
  const number = numberOf(text)
  if (number === null && text !== '') throw hierarchyFault(`The value ${quoted(text)} is not a number.`)
  return { text, number }
}

const byNumber = (a: Measured, b: Measured): number => {
  const [left, right] = [a.number ?? Number.NEGATIVE_INFINITY, b.number ?? Number.NEGATIVE_INFINITY]
  if (left !== right) return left - right
  return a.text < b.text ? -1 : 1
}

/**
 * Bands of numbers: "[20, 25)", and beyond the bounds "< 20" and ">= 90"; a band is cut at a bound. A coarse
 * band is counted in fine ones, so that fractions can't make a level that splits a group. An empty value
 * stays apart from numbers until the top.
 */
export const intervalHierarchy = (spec: IntervalSpec, values: readonly string[]): Hierarchy => {
  const { widths, origin = 0, bottom = Number.NEGATIVE_INFINITY, top = Number.POSITIVE_INFINITY } = spec
  const [finest = 1] = widths
  const measured = values.map(measure).sort(byNumber)
  const labelOf = (number: number, width: number): string => {
    if (number < bottom) return `< ${bottom}`
    if (number >= top) return `>= ${top}`
    const steps = Math.round(width / finest)
    const first = Math.floor(bandOf(number, origin, finest) / steps) * steps
    return bandLabel(
      Math.max(bottom, bandStart(first, origin, finest)),
      Math.min(top, bandStart(first + steps, origin, finest)),
    )
  }
  return hierarchyInOrder(
    measured.map(({ text }) => text),
    widths.map((width) => measured.map(({ number }) => (number === null ? '' : labelOf(number, width)))),
  )
}
