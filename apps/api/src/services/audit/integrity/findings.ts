import type { IntegrityCode, IntegrityProblem } from '@chartward/contract'
import type { EntryId } from '@chartward/policy'

/** What is kept; the rest is counted, so that memory does not grow with the damage. */
const MAX_PROBLEMS = 1_000

/** The problems found so far. */
export class Findings {
  readonly problems: IntegrityProblem[] = []
  readonly #codes = new Set<IntegrityCode>()
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Whether one of these has been found. */
  has(codes: readonly IntegrityCode[]): boolean {
    return codes.some((code) => this.#codes.has(code))
  }

  add(
    code: IntegrityCode,
    detail: string,
    { index = null, entryId = null }: { index?: number | null; entryId?: EntryId | null } = {},
  ): void {
    this.#count++
    this.#codes.add(code)
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ index, entryId, code, detail })
  }
}
