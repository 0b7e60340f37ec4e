import { dateOf, isInForce, kindOf } from '@chartward/fhir'
import type { ResourceType } from '@chartward/policy'
import type { ChartLine } from '../../vault/chart/read-chart.ts'
import type { RecordView } from '../../vault/view.ts'
import { compareLines } from './order.ts'

/** What the overview has of one kind of thing: of which types, which lines to open, which records to show. */
export interface OverviewPart {
  readonly types: readonly ResourceType[]
  /** As many as are shown. */
  readonly most: number
  /** The lines of a type that may have to be shown, in the order in which they are opened. */
  readonly pick: (lines: readonly ChartLine[]) => readonly ChartLine[]
  /** Of opened records those to be shown: by all that they say, of which a line has but a part. */
  readonly choose: (views: readonly RecordView[], now: number) => readonly RecordView[]
}

/** What there is before what says no or is not understood; each newest first. */
const byDate = (lines: readonly ChartLine[]): ChartLine[] =>
  lines.toSorted((a, b) => Number(b.counts) - Number(a.counts) || compareLines(a, b))

const viewsByDate = (views: readonly RecordView[]): RecordView[] =>
  views
    .map((view) => ({ view, id: view.id, date: dateOf(view.type, view.values)?.value ?? null }))
    .toSorted((a, b) => Number(b.view.meaning.counts) - Number(a.view.meaning.counts) || compareLines(a, b))
    .map(({ view }) => view)

/** What may be in force: what counts, and what says no, of which only the record says whether that stands. */
const mayStand = ({ counts, standing, withheld }: ChartLine): boolean =>
  !withheld && (counts || standing === 'negated')

const stands = ({ type, values, meaning, withheld }: RecordView, now: number): boolean =>
  !withheld && isInForce(type, values, meaning, now)

const inForce = (types: readonly ResourceType[], most: number): OverviewPart => ({
  types,
  most,
  pick: (lines) => byDate(lines.filter(mayStand)),
  choose: (views, now) => viewsByDate(views.filter((view) => stands(view, now))),
})

/** A warning that nobody understands is one: an allergy is left out only where it is known to be none. */
const allergies: OverviewPart = {
  ...inForce(['AllergyIntolerance'], 50),
  pick: (lines) => byDate(lines.filter((line) => mayStand(line) || line.standing === 'unknown')),
  choose: (views, now) =>
    viewsByDate(views.filter((view) => stands(view, now) || view.meaning.standing === 'unknown')),
}

/**
 * LOINC codes of vital signs: https://hl7.org/fhir/R4/observation-vitalsigns.html, with the panels of a blood
 * pressure and its parts, and both codes of oxygen saturation.
 */
const VITALS: ReadonlySet<string> = new Set(
  '85354-9 55284-4 8480-6 8462-4 8867-4 9279-1 8310-5 59408-5 2708-6 29463-7 8302-2 39156-5 9843-4 85353-1'
    .split(' ')
    .map((code) => `http://loinc.org|${code}`),
)

/** The first of each vital sign. */
const oneOfEach = <Item>(items: readonly Item[], kindIn: (item: Item) => string | null): Item[] => {
  const first = new Map<string, Item>()
  for (const item of items) {
    const kind = kindIn(item)
    if (kind !== null && VITALS.has(kind) && !first.has(kind)) first.set(kind, item)
  }
  return [...first.values()]
}

/** Of each vital sign the newest value that can be relied on. */
const vitals: OverviewPart = {
  types: ['Observation'],
  most: VITALS.size,
  pick: (lines) =>
    oneOfEach(byDate(lines.filter(({ date }) => date !== null)), (line) => line.title?.kind ?? null),
  choose: (views) =>
    oneOfEach(viewsByDate(views.filter(({ meaning }) => meaning.counts)), ({ type, values }) =>
      kindOf(type, values),
    ),
}

export const OVERVIEW_PARTS = {
  allergies,
  problems: inForce(['Condition'], 30),
  medication: inForce(['MedicationRequest', 'MedicationStatement'], 30),
  vitals,
  visits: inForce(['Encounter'], 5),
  orders: inForce(['ServiceRequest'], 20),
} as const satisfies Readonly<Record<string, OverviewPart>>

export const OVERVIEW_TYPES: readonly ResourceType[] = Object.values(OVERVIEW_PARTS).flatMap(
  ({ types }) => types,
)
