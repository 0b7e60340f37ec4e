import { PERMISSIONS, type Permission, type UserId } from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'

/**
 * Separation of duties where only the verb learns whom its act is about: in a row that it reads. The
 * verb asks, in its transaction; no success of a permission that is for others in this way is written
 * where it has not.
 */
export class Separation {
  readonly #actorId: UserId | null
  readonly #permission: Permission
  #kept = false

  constructor(actorId: UserId | null, permission: Permission) {
    this.#actorId = actorId
    this.#permission = permission
  }

  /** Throws SECOND_PERSON_REQUIRED where one of the users whom the act is about is the actor. */
  require(other: UserId, ...more: readonly UserId[]): void {
    if ([other, ...more].some((id) => id === this.#actorId))
      throw new ChartwardError('SECOND_PERSON_REQUIRED')
    this.#kept = true
  }

  /** The same of an act that is about as many people as hold something, who may be none. */
  requireNotAmong(others: readonly UserId[]): void {
    const [first, ...more] = others
    if (first === undefined) this.#kept = true
    else this.require(first, ...more)
  }

  /** Throws where the permission demands that the verb asks, and it has not. */
  assertKept(): void {
    if (this.#kept || PERMISSIONS[this.#permission].forOthers !== 'row') return
    const cause = new Error(`${this.#permission} was used without asking whom it is about`)
    throw new ChartwardError('INTERNAL', undefined, { cause })
  }
}
