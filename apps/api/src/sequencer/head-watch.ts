import type { Logger } from '../core/log.ts'

/**
 * Tells another sequencer, which moves the head on, from whoever else holds it locked: while entries wait, a
 * head that stays where it is stops the log, and what is not in the log yet can still be altered by whoever
 * owns the database.
 */
export class HeadWatch {
  readonly #log: Logger
  readonly #limitMs: number
  #size: number | null = null
  #since = 0

  constructor(log: Logger, limitMs: number) {
    this.#log = log
    this.#limitMs = limitMs
  }

  /**
   * Entries wait, and the head, at `size`, is locked by somebody else. Says so in the log each time the limit
   * has gone by.
   */
  locked(size: number): void {
    const now = performance.now()
    if (this.#size !== size) {
      this.#size = size
      this.#since = now
      return
    }
    if (now - this.#since < this.#limitMs) return
    this.#since = now
    this.#log.error(
      { size, limitMs: this.#limitMs },
      'entries wait, and the head of the log is locked by somebody who does not move it on',
    )
  }

  free(): void {
    this.#size = null
  }
}
