import type { Transaction } from '@chartward/db'
import type { MappedRecord } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import { newId } from '../../core/ids.ts'

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
  patientId: PatientId,
  spans: readonly CareSpan[],
  trusted: boolean,
): Promise<string[]> => {
  if (spans.length === 0) return []
  const rows = await tx.sql<{ id: string }[]>`
    insert into care_relationships as known (patient_id, id, practitioner_id, kind, trusted, starts_at, ends_at)
    select ${patientId}, id, practitioner_id, kind, ${trusted}, starts_at::timestamptz, ends_at::timestamptz
    from unnest(${spans.map(() => newId())}::uuid[], ${spans.map(({ practitionerId }) => practitionerId)}::uuid[],
      ${spans.map(({ kind }) => kind)}::text[], ${spans.map(({ startsAt }) => startsAt.toISOString())}::text[],
      ${spans.map(({ endsAt }) => endsAt.toISOString())}::text[])
      as span (id, practitioner_id, kind, starts_at, ends_at)
    on conflict (patient_id, practitioner_id, kind) where practitioner_id is not null do update
      set starts_at = case when known.trusted = excluded.trusted
            then least(known.starts_at, excluded.starts_at) else excluded.starts_at end,
        ends_at = case when known.trusted = excluded.trusted
            then greatest(known.ends_at, excluded.ends_at) else excluded.ends_at end,
        trusted = excluded.trusted
    where (known.trusted = excluded.trusted and (known.starts_at > excluded.starts_at or known.ends_at < excluded.ends_at))
      or (excluded.trusted and not known.trusted)
    returning id`
  return rows.map(({ id }) => id)
}
