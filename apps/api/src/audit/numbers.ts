import { type EntryWriter, mergeRanges, type NumberRange } from '@chartward/audit'

/** Most ranges of void numbers that one entry declares; what is left goes with the next. */
const MOST_RANGES = 100

/**
 * The numbers of one process's entries: dense from 1 on, so that one which is neither in the log nor declared
 * void was kept from it. A number is open until what became of its transaction is known. Where it failed, the
 * number is void, and the next entry says so; until such an entry is committed, no entry claims it settled.
 */
export class EntryNumbers {
  readonly #process: string
  #last = 0
  #claimed = 0
  /** What each claims settled, in ascending order of the numbers: a Map keeps the order of putting in. */
  readonly #open = new Map<number, number>()
  /** Void, and declared by no entry that is committed or under way. */
  #undeclared: NumberRange[] = []
  /** What entries under way declare, by their numbers. */
  readonly #declaring = new Map<number, readonly NumberRange[]>()

  constructor(process: string) {
    this.#process = process
  }

  /** The number given out last; 0 before the first. */
  get last(): number {
    return this.#last
  }

  /** Up to which number a committed entry has claimed that all is settled. */
  get claimed(): number {
    return this.#claimed
  }

  /** Gives out the next number, with what its entry says of those before it. */
  take(): EntryWriter {
    const number = ++this.#last
    const declared = this.#undeclared.slice(0, MOST_RANGES)
    this.#undeclared = this.#undeclared.slice(MOST_RANGES)
    const settled = this.#lowestUnsettled(number) - 1
    this.#open.set(number, settled)
    if (declared.length > 0) this.#declaring.set(number, declared)
    return { number, process: this.#process, settled, void: declared }
  }

  /** The number's transaction was committed. */
  committed(number: number): void {
    this.#claimed = Math.max(this.#claimed, this.#open.get(number) ?? 0)
    this.#open.delete(number)
    this.#declaring.delete(number)
  }

  /** The number's transaction failed, and with it what its entry declared. */
  failed(number: number): void {
    if (!this.#open.delete(number)) return
    this.#undeclared = mergeRanges([
      ...this.#undeclared,
      ...(this.#declaring.get(number) ?? []),
      [number, number],
    ])
    this.#declaring.delete(number)
  }

  #lowestUnsettled(before: number): number {
    const [open = before] = this.#open.keys()
    let lowest = Math.min(open, this.#undeclared[0]?.[0] ?? before)
    for (const [first] of this.#declaring.values()) lowest = Math.min(lowest, first?.[0] ?? lowest)
    return lowest
  }
}
