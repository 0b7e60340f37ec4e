import type { ReadOptions } from '@chartward/fhir'
import type { ImportProblem } from './problem.ts'

export interface ImportProgress {
  readonly lines: number
  readonly bytes: number
  readonly patients: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly rejected: number
}

export interface ImportOptions extends ReadOptions {
  /** Whose ids the resources have: another source's Patient/1 is another patient. */
  readonly source?: string
  /** Whose resources those are that name no server: a base as `normalBase` gives it. */
  readonly base?: string
  /**
   * Whether what the source had sent before is applied again, and an older version in the place of a newer.
   */
  readonly asGiven?: boolean
  /** Whether encounters make care relationships that count, and what is there already may be changed. */
  readonly trusted: boolean
  /** The request that asked for it, which all its entries name; left out for an operator's. */
  readonly requestId?: string
  /** How many patients are stored side by side; fewer where people wait for answers of the same process. */
  readonly patientsAtOnce?: number
  /** Who is on record as the author of the versions, such as `service:import`. */
  readonly author: string
  /** Where what waits for its patient is kept, sealed; a folder for nothing else. */
  readonly spoolFolder?: string
  readonly onProblem?: (problem: ImportProblem) => void
  readonly onProgress?: (progress: ImportProgress) => void
  readonly signal?: AbortSignal
}
