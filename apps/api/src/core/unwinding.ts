/** How something that has been begun is ended. */
type Step = () => Promise<unknown> | void

/**
 * Resolves when `work` has come to its end, or after `ms` without it: what is left of it is nobody's then.
 */
const atMost = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}

/** What has been begun, to be ended in the opposite order: what came later may stand on what came before. */
export class Unwinding {
  readonly #steps: Step[] = []

  /**
   * Notes how to end what has just been begun. One that may wait for something that is gone is left to itself
   * after `mostMs`: then it must be such that a kill does no harm to it.
   */
  add(step: Step, mostMs?: number): void {
    this.#steps.push(mostMs === undefined ? step : () => atMost(mostMs, Promise.resolve(step())))
  }

  /**
   * Ends all of it. A step that fails keeps none of the others from being done; then the first
   * failure is thrown.
   */
  async run(): Promise<void> {
    const failures: unknown[] = []
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}

/**
 * Runs `begin`. Where it rejects, what it has begun is ended first, and what it rejected with is
 * what is thrown.
 */
export const unwindOnFailure = async <T>(begin: (unwinding: Unwinding) => Promise<T>): Promise<T> => {
  const unwinding = new Unwinding()
  try {
    return await begin(unwinding)
  } catch (error) {
    await unwinding.run().catch(() => undefined)
    throw error
  }
}

/** The same, and ends what was begun also where all went well. */
export const withUnwinding = <T>(work: (unwinding: Unwinding) => Promise<T>): Promise<T> =>
  unwindOnFailure(async (unwinding) => {
    const result = await work(unwinding)
    await unwinding.run()
    return result
  })
