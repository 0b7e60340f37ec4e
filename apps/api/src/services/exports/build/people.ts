import type { LeftOut, PersonFacts } from '@chartward/deid/records'
import { FIELD_CLASSES, type PatientId } from '@chartward/policy'
import { whyLeftOut } from './left-out.ts'
import type { Needles } from './needles.ts'
import { type BuildContext, readRecords, sourceRecordOf } from './read-records.ts'
import { PERSON_CLASSES } from './scope.ts'

/** What a build keeps in memory of each patient. */
export interface Person {
  readonly sourceId: string
  readonly facts: PersonFacts
  /** Why nothing of this person goes out, if anything is against it. */
  readonly leftOut: LeftOut | null
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/**
 * Reads every Patient once: the dates that ages are reckoned from, and what the finished files
 * are searched for.
 */
export const readPeople = async (
  context: BuildContext,
  ids: readonly PatientId[],
  needles: Needles,
): Promise<Map<PatientId, Person>> => {
  const people = new Map<PatientId, Person>()
  context.progress.phase('people', ids.length)
  for await (const batch of readRecords(context, 'Patient', ids, FIELD_CLASSES)) {
    context.progress.advance(batch.length)
    for (const record of batch) {
      const source = sourceRecordOf(record, null, PERSON_CLASSES)
      needles.add(source)
      const { birthDate, deceasedDateTime } = source.fields
      people.set(record.patientId, {
        sourceId: source.sourceId,
        leftOut: whyLeftOut(record),
        facts: { birthDate: textOf(birthDate), deceased: textOf(deceasedDateTime) },
      })
    }
  }
  return people
}

/** A patient whose Patient record is missing: nothing is known of the person's age, so nothing is claimed. */
export const UNKNOWN_PERSON: PersonFacts = { birthDate: null, deceased: null }
