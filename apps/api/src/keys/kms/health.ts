import type { KmsProblem } from '@chartward/contract'

/** How a provider has answered this process. */
export interface ProviderHealth {
  /** As `KmsProvider.name`. */
  readonly name: string
  /** How long it took the last time that it was asked, a refusal included. */
  readonly latencyMs: number
  readonly lastAnswerAt: Date | null
  /** What was wrong the last time it was asked; null where nothing was. */
  readonly problem: KmsProblem | null
  /** Since when that is so. */
  readonly since: Date
}

/** Kept in memory, for this process: each has a way to its provider of its own. */
export class KmsHealth {
  readonly #clock: () => Date
  readonly #byName = new Map<string, ProviderHealth>()

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** Notes an answer that took so long, or a problem. Says whether that is news: a first answer is none. */
  note(name: string, took: number, problem: KmsProblem | null): boolean {
    const before = this.#byName.get(name)
    const now = this.#clock()
    const isNews = (before?.problem ?? null) !== problem
    this.#byName.set(name, {
      name,
      latencyMs: Math.round(took),
      lastAnswerAt: problem === null ? now : (before?.lastAnswerAt ?? null),
      problem,
      since: isNews ? now : (before?.since ?? now),
    })
    return isNews
  }

  /** Forgets those that have wrapped nothing any more. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#byName.keys()) if (!names.has(name)) this.#byName.delete(name)
  }

  values(): readonly ProviderHealth[] {
    return [...this.#byName.values()]
  }
}
