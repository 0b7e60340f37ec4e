import { dateFields } from '@chartward/fhir/show'
import { numberOf } from '@chartward/policy'
import { isObject, objectsIn, textOf } from '../../lib/fhir/json.ts'
import { conceptCode, conceptText, quantityText, quantityUnit } from '../../lib/fhir/text.ts'

export interface TrendPoint {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Where it is drawn. */
  readonly value: number
  /** What is said of it: every digit as it was sent. */
  readonly shown: string
}

export interface TrendSeries {
  readonly code: string
  readonly label: string
  readonly unit: string
  /** Oldest first. */
  readonly points: readonly TrendPoint[]
}

/** Two points make a line that says nothing. */
const MIN_POINTS = 3

interface Observed {
  readonly values: Readonly<Record<string, unknown>>
  readonly meaning: { readonly standing: string; readonly counts: boolean }
}

/** When it was measured: a moment, else the beginning of a period, else when it was made known. */
const measuredAt = (values: Observed['values']): number => {
  const field = dateFields('Observation').find((name) => textOf(values[name]) ?? isObject(values[name]))
  const value = field === undefined ? undefined : values[field]
  return Date.parse(textOf(isObject(value) ? (value.start ?? value.end) : value) ?? '')
}

/**
 * The numeric observations among the rows, by code and unit, as series of three points or more, longest
 * first. Left out is what is masked or unreadable, what has no time, what is only known to be under or over a
 * number, and every observation that is not as it reads: taken back, negated, not understood.
 */
export const trendSeries = (rows: readonly Observed[]): readonly TrendSeries[] => {
  const series = new Map<string, { label: string; unit: string; points: TrendPoint[] }>()
  const add = (at: number, concept: unknown, quantity: unknown) => {
    const code = conceptCode(concept)
    const value = isObject(quantity) ? numberOf(quantity.value) : null
    if (code === null || !isObject(quantity) || value === null) return
    if (quantity.comparator !== undefined) return
    const unit = quantityUnit(quantity, concept) ?? ''
    const key = `${code} ${unit}`
    const entry = series.get(key) ?? { label: conceptText(concept) ?? code, unit, points: [] }
    entry.points.push({ at, value, shown: quantityText(quantity, concept) ?? String(value) })
    series.set(key, entry)
  }
  for (const { values, meaning } of rows) {
    const at = measuredAt(values)
    if (Number.isNaN(at) || meaning.standing !== 'said' || !meaning.counts) continue
    add(at, values.code, values.valueQuantity)
    for (const part of objectsIn(values.component)) add(at, part.code, part.valueQuantity)
  }
  return [...series]
    .map(([code, { label, unit, points }]) => ({
      code,
      label,
      unit,
      points: points.toSorted((a, b) => a.at - b.at),
    }))
    .filter(({ points }) => points.length >= MIN_POINTS)
    .toSorted((a, b) => b.points.length - a.points.length)
}

/**
 * How many of the rows say no more of their value than that it is under or over a number: no line shows them.
 */
export const onlyLimits = (rows: readonly Observed[]): number =>
  rows.filter(
    ({ values: { valueQuantity } }) => isObject(valueQuantity) && valueQuantity.comparator !== undefined,
  ).length
