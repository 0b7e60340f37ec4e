import { schema, type Transaction } from '@chartward/db'
import type { MappedRecord } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import type { NewRow, RowOf } from '../../vouch/kinds.ts'

const { careRelationships } = schema

/**
 * From when to when a practitioner took part in a patient's care, over all encounters (or appointments,
 * referrals) of a batch.
 */
interface CareSpan {
  readonly practitionerId: string
  readonly kind: 'encounter' | 'appointment' | 'referral'
  readonly startsAt: Date
  readonly endsAt: Date
}

const KINDS: Readonly<Partial<Record<MappedRecord['type'], CareSpan['kind']>>> = {
  Encounter: 'encounter',
  Appointment: 'appointment',
  ServiceRequest: 'referral',
}

const instantOf = (text: string | null | undefined): Date | null => {
  const date = text === null || text === undefined ? null : new Date(text)
  return date === null || Number.isNaN(date.getTime()) ? null : date
}

/**
 * An end that is still to come is not known yet: it counts up to now, or no time at all where the start
 * is to come too.
 */
const knownEnd = (start: Date, end: Date, now: Date): Date => {
  const latest = start > now ? start : now
  return end > latest ? latest : end
}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Dates stand clear in the database, so they say no more than the day (UTC): from its first moment, and until
 * its last one is over, so that nothing counts for less time than the encounter itself.
 */
const startOfDay = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS)
const afterDay = (at: Date): Date => new Date(startOfDay(at).getTime() + DAY_MS)

/**
 * The spans that a patient's records show at `now`, one per practitioner and kind. `practitioners` maps
 * source ids to the directory's.
 */
export const careSpansOf = (
  records: readonly MappedRecord[],
  practitioners: ReadonlyMap<string, string>,
  now: Date,
): CareSpan[] => {
  const spans = new Map<string, CareSpan>()
  for (const { type, links } of records) {
    const kind = KINDS[type]
    const start = instantOf(links.period?.start) ?? instantOf(links.period?.end)
    if (kind === undefined || start === null) continue
    const startsAt = startOfDay(start)
    const endsAt = afterDay(knownEnd(start, instantOf(links.period?.end) ?? start, now))
    for (const sourceId of links.practitioners) {
      const practitionerId = practitioners.get(sourceId)
      if (practitionerId === undefined) continue
      const key = `${practitionerId} ${kind}`
      const before = spans.get(key)
      spans.set(key, {
        practitionerId,
        kind,
        startsAt: before !== undefined && before.startsAt < startsAt ? before.startsAt : startsAt,
        endsAt: before !== undefined && before.endsAt > endsAt ? before.endsAt : endsAt,
      })
    }
  }
  return [...spans.values()]
}

/**
 * Adds the spans to the patient's care relationships and gives the ids of those that are new or changed.
 * A relationship is widened, never narrowed, by spans that are trusted as it is; an untrusted span
 * leaves a trusted relationship alone, and a trusted one takes the place of untrusted dates, none of
 * which were to count.
 */
export const storeCareSpans = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  patientId: PatientId,
  spans: readonly CareSpan[],
  trusted: boolean,
): Promise<string[]> => {
  if (spans.length === 0) return []
  const rows = await tx.orm
    .select()
    .from(careRelationships)
    .where(and(eq(careRelationships.patientId, patientId), isNotNull(careRelationships.practitionerId)))
    .for('update')
  const known = new Map(rows.map((row) => [keyOf(row), row]))
  const fresh = spans.filter((span) => !known.has(keyOf(span))).map((span) => ({ id: newId(), ...span }))
  await vouching.insert(
    tx,
    'care-relationship',
    fresh.map((span) => ({ ...span, patientId, trusted, underGiver: false })),
  )
  const widened: string[] = []
  for (const span of spans) {
    const before = known.get(keyOf(span))
    const wider = before === undefined ? null : widerThan(before, span, trusted)
    if (before === undefined || wider === null) continue
    await vouching.change(tx, 'care-relationship', eq(careRelationships.id, before.id), wider)
    widened.push(before.id)
  }
  return [...fresh.map(({ id }) => id), ...widened]
}

const keyOf = ({ practitionerId, kind }: { practitionerId: string | null; kind: string }): string =>
  `${practitionerId} ${kind}`

/** What a relationship becomes by a span, or null where it stays as it is. */
const widerThan = (
  known: RowOf<'care-relationship'>,
  { startsAt, endsAt }: CareSpan,
  trusted: boolean,
): Pick<NewRow<'care-relationship'>, 'startsAt' | 'endsAt' | 'trusted'> | null => {
  if (known.trusted !== trusted) return trusted ? { startsAt, endsAt, trusted } : null
  const start = known.startsAt < startsAt ? known.startsAt : startsAt
  const end = known.endsAt === null || known.endsAt > endsAt ? known.endsAt : endsAt
  const isWider = start < known.startsAt || end?.getTime() !== known.endsAt?.getTime()
  return isWider ? { startsAt: start, endsAt: end, trusted } : null
}
