import type { ChartFacet, ListRecordsOutput } from '@chartward/contract'
import type { RecordId, ResourceType } from '@chartward/policy'
import type { ChartLine } from '../../vault/chart/read-chart.ts'

/** Where a line stands in a list. */
interface Place {
  readonly date: number | null
  readonly id: RecordId
}

/** Newest first; of one moment the later made first (ids go by time); those without a date last. */
export const compareLines = (a: Place, b: Place): number => {
  if (a.date !== b.date) {
    if (a.date === null) return 1
    if (b.date === null) return -1
    return b.date - a.date
  }
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

/** In which part of a list a line stands: active ones, the rest, those that are withheld. */
type Part = 0 | 1 | 2
interface RankedPlace extends Place {
  readonly part: Part
}

const partOf = ({ counts, withheld }: Pick<ChartLine, 'counts' | 'withheld'>): Part =>
  withheld ? 2 : counts ? 0 : 1

/** Types of which a reader looks for what is so now, whenever it began. */
const ACTIVE_FIRST: ReadonlySet<ResourceType> = new Set<ResourceType>([
  'Condition',
  'AllergyIntolerance',
  'Flag',
  'CarePlan',
  'Goal',
  'MedicationRequest',
  'MedicationStatement',
  'ServiceRequest',
])

type Order = ListRecordsOutput['order']
type DatedOrder = Extract<Order, 'newest-first' | 'active-first'>

/** How the records of a type come where their index can be read. */
export const orderOf = (type: ResourceType): DatedOrder =>
  ACTIVE_FIRST.has(type) ? 'active-first' : 'newest-first'

/** By part, each part newest first; a list that is simply newest first is of one part. */
export const compareRanked = (a: RankedPlace, b: RankedPlace): number => a.part - b.part || compareLines(a, b)

export const placeIn = (order: DatedOrder, line: ChartLine): RankedPlace => ({
  id: line.id,
  date: line.date,
  part: order === 'active-first' ? partOf(line) : 0,
})

/**
 * A place in an order. The part is said too: a record that has moved to another part since then changes
 * nothing about what comes after this place.
 */
export const cursorOf = (order: Order, { date, id, part }: RankedPlace): string =>
  [order, ...(order === 'active-first' ? [part] : []), date ?? 'none', id].join('.')

/**
 * The place that a cursor names, or null for none and for one of another order: where an index has come to be
 * untrusted between two pages, the list begins anew rather than leave something out.
 */
export const placeOf = (cursor: string | undefined, orders: readonly Order[]): RankedPlace | null => {
  const parts = cursor?.split('.') ?? []
  const [order, part] = parts
  const [date, id] = parts.slice(-2)
  if (id === undefined || !orders.some((one) => one === order)) return null
  return {
    date: date === 'none' ? null : Number(date),
    id: recordIdOf(id),
    part: order !== 'active-first' || part === '0' ? 0 : part === '1' ? 1 : 2,
  }
}

/** The contract has checked its form. */
const recordIdOf = (id: string): RecordId => id as RecordId

type Summary = NonNullable<ListRecordsOutput['summary']>

/** Two points make a line that says nothing. */
const LEAST_POINTS = 3
const MOST_KINDS = 200

/** What the lines of a type come to: how many of each state, and of what there is a trend. */
export const summaryOf = (lines: readonly ChartLine[]): Summary => ({
  total: lines.length,
  undated: lines.filter(({ date, withheld }) => date === null && !withheld).length,
  withheld: lines.filter(({ withheld }) => withheld).length,
  states: statesOf(lines.filter(({ withheld }) => !withheld)),
  kinds: kindsOf(lines),
})

const statesOf = (lines: readonly ChartLine[]): ChartFacet[] => {
  const states = new Map<string, ChartFacet>()
  for (const { standing, state } of lines) {
    const key = `${standing} ${state}`
    states.set(key, { standing, state, count: (states.get(key)?.count ?? 0) + 1 })
  }
  return mostFirst([...states.values()])
}

/**
 * What is negated, taken back or not understood, or has no date, is no point of a trend: it is counted apart.
 */
const kindsOf = (lines: readonly ChartLine[]): Summary['kinds'] => {
  const kinds = new Map<string, Summary['kinds'][number]>()
  for (const { title, counts, date } of lines) {
    if (title === null || title.kind === null) continue
    const { kind, text } = title
    const known = kinds.get(kind) ?? { kind, title: text, count: 0, leftOut: 0 }
    const isPoint = counts && date !== null
    kinds.set(
      kind,
      isPoint ? { ...known, title: text, count: known.count + 1 } : { ...known, leftOut: known.leftOut + 1 },
    )
  }
  return mostFirst([...kinds.values()].filter(({ count }) => count >= LEAST_POINTS)).slice(0, MOST_KINDS)
}

const mostFirst = <Item extends { readonly count: number }>(items: readonly Item[]): Item[] =>
  items.toSorted((a, b) => b.count - a.count)
