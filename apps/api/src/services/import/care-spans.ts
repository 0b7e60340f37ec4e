import type { CareLink, RecordLinks, SaidPeriod } from '@chartward/fhir'
import { type Calendar, type Days, NEVER } from '../../core/days.ts'

type CareKind = NonNullable<RecordLinks['kind']>

/** From when to when a record lets somebody take part in a patient's care; open where `to` is null. */
interface CareSpan {
  readonly from: Date
  readonly to: Date | null
}

/** When a record is looked at. */
interface CareTime {
  readonly calendar: Calendar
  readonly now: Date
  /** When it was first seen: since then care that goes on is known of, if the record says no date. */
  readonly seen: Date
}

interface Bounds {
  readonly start: Days | null
  readonly end: Days | null
}

/** An end before its own start is a slip: the start's days count. */
const boundsOf = ({ start: from, end: to }: SaidPeriod, calendar: Calendar): Bounds => {
  const start = from === null ? null : calendar.daysOf(from)
  const end = to === null ? null : calendar.daysOf(to)
  return { start, end: start !== null && end !== null && end.to <= start.from ? start : end }
}

const first = (a: Date, b: Date): Date => new Date(Math.min(a.getTime(), b.getTime()))
const last = (a: Date, b: Date): Date => new Date(Math.max(a.getTime(), b.getTime()))

const latest = (days: readonly (Days | null)[]): Days | null =>
  days.reduce((a, b) => (a === null || (b !== null && b.from > a.from) ? b : a), null)
const earliest = (days: readonly (Days | null)[]): Days | null =>
  days.reduce((a, b) => (a === null || (b !== null && b.to < a.to) ? b : a), null)

/**
 * When a link gives care, in whole days of the installation's time zone, since dates stand clear in the
 * database; null where it gives none. All its periods hold. What goes on is open until an end is said; else
 * the days of the start count, and an end that is still to come counts up to now.
 */
export const careSpanOf = (
  { periods, status }: CareLink,
  { calendar, now, seen }: CareTime,
): CareSpan | null => {
  if (status === 'barred') return null
  const isOpen = status === 'open'
  const bounds = periods.map((period) => boundsOf(period, calendar))
  const end = earliest(bounds.map((one) => one.end))
  const start = latest(bounds.map((one) => one.start)) ?? end ?? (isOpen ? calendar.dayOf(seen) : null)
  if (start === null) return null
  const { from } = start
  if (isOpen) return end === null || end.to >= NEVER ? { from, to: null } : spanned(from, end.to)
  const known = calendar.dayOf(last(from, now)).to
  return spanned(from, first((end ?? start).to, known))
}

/** Null where nothing is left, as for a participant whose own period lies outside the record's. */
const spanned = (from: Date, to: Date): CareSpan | null => (to > from ? { from, to } : null)

/** A span by which somebody is to have a relationship, and whether it may count. */
export interface NamedSpan extends CareSpan {
  readonly practitionerId: string
  readonly kind: CareKind
  readonly trusted: boolean
}

const unionOf = (spans: readonly CareSpan[]): CareSpan | null =>
  spans.reduce<CareSpan | null>(
    (a, { from, to }) =>
      a === null
        ? { from, to }
        : {
            from: first(a.from, from),
            to: a.to === null || to === null ? null : last(a.to, to),
          },
    null,
  )

/**
 * The relationships that a patient's spans come to, per practitioner and kind. Trusted ones alone where there
 * are any. Those that have begun are one, since a relationship counts for a time after its end; of those to
 * come each is its own, so that nothing counts before it begins.
 */
export const relationshipsOf = (spans: readonly NamedSpan[], now: Date): NamedSpan[] =>
  [...Map.groupBy(spans, (span) => `${span.practitionerId} ${span.kind}`).values()].flatMap((all) => {
    const trusted = all.some((span) => span.trusted)
    const counted = all.filter((span) => span.trusted === trusted)
    const [{ practitionerId, kind } = { practitionerId: '', kind: 'encounter' as const }] = counted
    const begun = unionOf(counted.filter(({ from }) => from <= now))
    const later = counted.filter(({ from }) => from > now).sort((a, b) => a.from.getTime() - b.from.getTime())
    const merged: CareSpan[] = begun === null ? [] : [begun]
    for (const span of later) {
      const before = merged.at(-1)
      const joins =
        before !== undefined && before.from > now && (before.to === null || span.from <= before.to)
      if (joins) merged.splice(-1, 1, unionOf([before, span]) ?? before)
      else merged.push({ from: span.from, to: span.to })
    }
    return merged.map((span) => ({ ...span, practitionerId, kind, trusted }))
  })
