interface Gap {
  from: number
  /** Inclusive. */
  to: number
}

/** More than a person will read; beyond it the memory of a verifier must not grow with the damage. */
const MAX_GAPS = 1_000

/**
 * Indices that were stepped over and may still come late. At most 1,000 ranges are remembered; what is
 * forgotten is reported at once.
 */
export class Gaps {
  #gaps: Gap[] = []
  readonly #onMissing: (from: number, to: number) => void

  constructor(onMissing: (from: number, to: number) => void) {
    this.#onMissing = onMissing
  }

  add(from: number, to: number): void {
    if (this.#gaps.length < MAX_GAPS) this.#gaps.push({ from, to })
    else this.#onMissing(from, to)
  }

  /** Whether `index` was missing until now; it no longer is. */
  take(index: number): boolean {
    const at = this.#gaps.findIndex((gap) => gap.from <= index && index <= gap.to)
    const gap = this.#gaps[at]
    if (gap === undefined) return false
    this.#gaps.splice(at, 1)
    if (gap.from < index) this.add(gap.from, index - 1)
    if (index < gap.to) this.add(index + 1, gap.to)
    return true
  }

  /** Reports all that never came, in order. */
  close(): void {
    for (const { from, to } of this.#gaps.sort((a, b) => a.from - b.from)) this.#onMissing(from, to)
    this.#gaps = []
  }
}
