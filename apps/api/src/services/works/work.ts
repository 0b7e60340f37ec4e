import type { WorkFailure, WorkKindName } from '@chartward/contract'
import { schema } from '@chartward/db'
import { inArray } from 'drizzle-orm'

export const { works } = schema

/** A work as it is read. */
export type WorkRow = typeof works.$inferSelect

/** What whoever does it is given of it. */
export interface Work<K extends WorkKindName = WorkKindName>
  extends Pick<WorkRow, 'id' | 'subjectId' | 'askedBy' | 'askedAt' | 'attempt'> {
  readonly kind: K
}

/** Who does what was asked for: the entries of a work name it, and who asked as one of their facts. */
export const WORKER = { kind: 'service', name: 'do-work' } as const

/** Work that waits or runs. */
export const isOpen = inArray(works.state, ['waiting', 'running'])

/** Ends a work for good: another attempt would come to the same. */
export class WorkFailed extends Error {
  readonly failure: WorkFailure

  constructor(failure: WorkFailure) {
    super(`the work has failed: ${failure}`)
    this.name = 'WorkFailed'
    this.failure = failure
  }
}

/** Another has taken the work up, or it has ended: whoever still does it ends nothing. */
export class WorkTaken extends Error {
  override readonly name = 'WorkTaken'
}
