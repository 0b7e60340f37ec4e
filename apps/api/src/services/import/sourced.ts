import type { MappedRecord } from '@chartward/fhir'

/**
 * A record as it came in, and the line of the file that it stands on: what is reported of it names that line.
 */
export interface Sourced {
  readonly record: MappedRecord
  readonly line: number
}
