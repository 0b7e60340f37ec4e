import type { MappedRecord } from '@chartward/fhir'
import type { Place } from './problem.ts'

/** A record as it came in, and where it stands: what is reported of it names that place. */
export interface Sourced extends Place {
  readonly record: MappedRecord
}
