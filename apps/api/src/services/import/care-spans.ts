import type { Transaction } from '@chartward/db'
import type { MappedRecord } from '@chartward/fhir'
import { newId } from '../../core/ids.ts'

/** From when to when a practitioner took part in a patient's care, over all encounters (or appointments, referrals) of a batch. */
export interface CareSpan {
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

/** The spans that a patient's records show, one per practitioner and kind. `practitioners` maps source ids to the directory's. */
export const careSpansOf = (
  records: readonly MappedRecord[],
  practitioners: ReadonlyMap<string, string>,
): CareSpan[] => {
  const spans = new Map<string, CareSpan>()
  for (const { type, links } of records) {
    const kind = KINDS[type]
    const start = instantOf(links.period?.start) ?? instantOf(links.period?.end)
    if (kind === undefined || start === null) continue
    const end = instantOf(links.period?.end) ?? start
    for (const sourceId of links.practitioners) {
      const practitionerId = practitioners.get(sourceId)
      if (practitionerId === undefined) continue
      const key = `${practitionerId} ${kind}`
      const before = spans.get(key)
      spans.set(key, {
        practitionerId,
        kind,
        startsAt: before !== undefined && before.startsAt < start ? before.startsAt : start,
        endsAt: before !== undefined && before.endsAt > end ? before.endsAt : end,
      })
    }
  }
  return [...spans.values()]
}

/** Adds the spans to the patient's care relationships; one that is there already is widened, never narrowed. */
export const storeCareSpans = async (
  tx: Transaction,
  patientId: string,
  spans: readonly CareSpan[],
  trusted: boolean,
): Promise<void> => {
  // Sent at once and answered in order: a patient with ten practitioners waits for the database once.
  await Promise.all(
    spans.map(
      ({ practitionerId, kind, startsAt, endsAt }) => tx.sql`
      insert into care_relationships (patient_id, id, practitioner_id, kind, trusted, starts_at, ends_at)
      values (${patientId}, ${newId()}, ${practitionerId}, ${kind}, ${trusted}, ${startsAt.toISOString()}, ${endsAt.toISOString()})
      on conflict (patient_id, practitioner_id, kind) where practitioner_id is not null do update
        set starts_at = least(care_relationships.starts_at, excluded.starts_at),
          ends_at = greatest(care_relationships.ends_at, excluded.ends_at),
          trusted = care_relationships.trusted or excluded.trusted
      where care_relationships.starts_at > excluded.starts_at or care_relationships.ends_at < excluded.ends_at
        or (excluded.trusted and not care_relationships.trusted)`,
    ),
  )
}
