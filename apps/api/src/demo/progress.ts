/** What one of each costs, in milliseconds on the machine that it was measured on: for how much is left. */
const COST = { patients: 55, acts: 4 } as const

export interface ProgressView {
  /** What is being done, in words. */
  readonly what: string
  /** Of all there is to do, in percent. */
  readonly percent: number
  /** In seconds; null before anything tells how fast it goes. */
  readonly secondsLeft: number | null
}

/** How far the making of a demo has come. */
export class Progress {
  readonly #now: () => number
  readonly #begun: number
  readonly #all: number
  #done = 0
  #what = 'Starting the database'

  /** `now` gives milliseconds that never go back. */
  constructor(of: { readonly patients: number; readonly acts: number }, now: () => number) {
    this.#now = now
    this.#begun = now()
    this.#all = of.patients * COST.patients + of.acts * COST.acts
  }

  imported(patients: number, of: number): void {
    this.#done = Math.min(patients, of) * COST.patients
    this.#what = `Loading synthetic patients: ${patients} of ${of}`
  }

  /** `before` patients stand loaded. */
  acted(acts: number, of: number, day: string, before: number): void {
    this.#done = before * COST.patients + acts * COST.acts
    this.#what = `Making up what happened until ${day}: ${acts} of ${of} acts`
  }

  get view(): ProgressView {
    const share = this.#all === 0 ? 0 : Math.min(this.#done / this.#all, 1)
    const elapsed = this.#now() - this.#begun
    return {
      what: this.#what,
      percent: Math.floor(share * 100),
      secondsLeft: share < 0.02 ? null : Math.ceil((elapsed / share - elapsed) / 1000),
    }
  }
}
