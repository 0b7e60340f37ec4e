import { dateFields } from '@chartward/fhir/show'
import { numberOf } from '@chartward/policy'
import type { TrendLine, TrendPoint } from '../../components/charts/line-trend.tsx'
import { fhirDate } from '../../lib/fhir/dates.ts'
import { isObject, objectsIn, textOf } from '../../lib/fhir/json.ts'
import { numberText } from '../../lib/fhir/numbers.ts'
import { conceptCode, conceptText, quantityText, quantityUnit } from '../../lib/fhir/text.ts'

/** Two points make a line that says nothing. */
const MIN_POINTS = 3
/** As many lines as can be told apart in one chart. */
const MOST_LINES = 3

interface Measured {
  readonly key: string
  readonly label: string
  readonly unit: string
  /** Null for what is known only to be under or over a number. */
  readonly value: number | null
  /** Every digit as it was sent, with its unit. */
  readonly shown: string
}

/** One observation of the series, with all that was measured in it. */
export interface TrendRow {
  readonly id: string
  readonly at: number
  readonly when: string
  readonly measured: readonly Measured[]
}

export interface Trend {
  /** Newest first: everything that has a number, drawn or not. */
  readonly rows: readonly TrendRow[]
  /** What was measured, each once. */
  readonly columns: readonly TrendLine[]
  readonly unit: string
  readonly lines: readonly TrendLine[]
  /** Oldest first. */
  readonly points: readonly TrendPoint[]
  /** How many of the values no line shows: only a limit, of another unit, or of a line that is too short. */
  readonly notDrawn: number
}

interface Observed {
  readonly id: string
  readonly values: Readonly<Record<string, unknown>>
}

/** When it was measured: a moment, else the beginning of a period, else when it was made known. */
const measuredAt = (values: Observed['values']): string | null => {
  const field = dateFields('Observation').find((name) => textOf(values[name]) ?? isObject(values[name]))
  const value = field === undefined ? undefined : values[field]
  return textOf(isObject(value) ? (value.start ?? value.end) : value)
}

const measuredOf = (concept: unknown, quantity: unknown): Measured[] => {
  const code = conceptCode(concept) ?? conceptText(concept)
  if (code === null || !isObject(quantity)) return []
  const value = numberOf(quantity.value)
  const shown = quantityText(quantity, concept)
  if (value === null || shown === null) return []
  const unit = quantityUnit(quantity, concept) ?? ''
  const isLimit = quantity.comparator !== undefined
  return [{ key: code, label: conceptText(concept) ?? code, unit, value: isLimit ? null : value, shown }]
}

const measuredIn = ({ code, valueQuantity, valueInteger, component }: Observed['values']): Measured[] => [
  ...measuredOf(code, numberText(valueInteger) === null ? valueQuantity : { value: valueInteger }),
  ...objectsIn(component).flatMap((part) => measuredOf(part.code, part.valueQuantity)),
]

/**
 * A measurement over time, of observations newest first: each of its numbers in rows, and as lines what can
 * be drawn together: numbers of one unit, the one that most have, in lines of three points or more. What is
 * masked or has no time is no number of a series.
 */
export const trendOf = (items: readonly Observed[]): Trend => {
  const rows = items.flatMap(({ id, values }): TrendRow[] => {
    const moment = measuredAt(values)
    const at = Date.parse(moment ?? '')
    const measured = Number.isNaN(at) ? [] : measuredIn(values)
    return measured.length === 0 ? [] : [{ id, at, when: fhirDate(moment) ?? '', measured }]
  })
  const all = rows.flatMap(({ measured }) => measured)
  const columns = [...new Map(all.map(({ key, label }) => [key, { key, label }])).values()]
  const drawable = all.filter(({ value }) => value !== null)
  const [unit = ''] =
    [...Map.groupBy(drawable, (one) => one.unit)].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? []
  const isDrawn = (line: TrendLine) => (one: Measured) =>
    one.key === line.key && one.unit === unit && one.value !== null
  const lines = columns.filter((line) => all.filter(isDrawn(line)).length >= MIN_POINTS).slice(0, MOST_LINES)
  const points = rows.toReversed().flatMap(({ at, when, measured }): TrendPoint[] => {
    const values = lines.flatMap((line) => {
      const found = measured.find(isDrawn(line))
      return found === undefined || found.value === null
        ? []
        : [[line.key, { value: found.value, shown: found.shown }] as const]
    })
    return values.length === 0 ? [] : [{ at, when, values: Object.fromEntries(values) }]
  })
  const drawn = points.reduce((sum, { values }) => sum + Object.keys(values).length, 0)
  return { rows, columns, unit, lines, points, notDrawn: all.length - drawn }
}
