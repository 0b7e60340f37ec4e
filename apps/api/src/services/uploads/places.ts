import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'

/** As many uploads as one process takes in at a time, whoever they are from. */
const MOST_AT_ONCE = 3

/** Who is uploading to this process at the moment: a person once, and no more than a few together. */
export class Places {
  readonly #taken = new Set<UserId>()

  /** Runs `use` in a place. Throws TOO_MANY_REQUESTS where there is none. */
  async within<T>(userId: UserId, use: () => Promise<T>): Promise<T> {
    if (this.#taken.has(userId))
      throw new ChartwardError(
        'TOO_MANY_REQUESTS',
        'You are uploading a file already. Wait until it is sent.',
      )
    if (this.#taken.size >= MOST_AT_ONCE)
      throw new ChartwardError('TOO_MANY_REQUESTS', 'Others are uploading files. Try again in some minutes.')
    this.#taken.add(userId)
    try {
      return await use()
    } finally {
      this.#taken.delete(userId)
    }
  }
}
