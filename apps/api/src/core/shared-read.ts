import { ChartwardError } from './errors.ts'

/** Statements under way at once. The second keeps a slow one from holding up everybody. */
const LANES = 2

interface Waiting<Q, A> {
  readonly question: Q
  readonly resolve: (answer: A) => void
  readonly reject: (error: unknown) => void
}

export interface SharedReadLimits {
  /** As many questions as one statement asks; more wait for the next. */
  readonly batch?: number
  /** As many as wait at most; whoever asks then is refused. */
  readonly mostWaiting?: number
  /**
   * How long a statement may take, in milliseconds, before those who asked are refused and its lane goes on.
   */
  readonly timeoutMs?: number
}

/**
 * Reads of many callers in one statement: what is asked within one turn of the event loop, or while the
 * statements before are under way, is asked of the database together. No answer is kept, and each was read
 * after its question was asked. Where a statement fails, all who asked in it are told so; where it takes too
 * long, or too many wait, it is UNAVAILABLE. A load gives what it has read as it is: what may be wrong with
 * one row is for the one who asked for it to find.
 */
export class SharedRead<Q, A> {
  readonly #load: (questions: readonly Q[]) => Promise<readonly A[]>
  readonly #limits: Required<SharedReadLimits>
  #waiting: Waiting<Q, A>[] = []
  #lanes = 0

  /** `load` answers every question, in their order. */
  constructor(
    load: (questions: readonly Q[]) => Promise<readonly A[]>,
    { batch = 256, mostWaiting = 1024, timeoutMs = 5000 }: SharedReadLimits = {},
  ) {
    this.#load = load
    this.#limits = { batch, mostWaiting, timeoutMs }
  }

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#limits.mostWaiting) {
        reject(new ChartwardError('UNAVAILABLE'))
        return
      }
      this.#waiting.push({ question, resolve, reject })
      if (this.#lanes < LANES) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#lanes += 1
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, this.#limits.batch))
    this.#lanes -= 1
  }

  async #answer(batch: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.#inTime(this.#load(batch.map(({ question }) => question)))
      if (answers.length !== batch.length) throw new Error('a shared read must answer every question')
      batch.forEach(({ resolve }, i) => {
        // The length was compared: there is an answer at i, which may be undefined by its type.
        resolve(answers[i] as A)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  /** What comes of a statement after its time is dropped: nobody waits for it any more. */
  #inTime(answers: Promise<readonly A[]>): Promise<readonly A[]> {
    return new Promise((resolve, reject) => {
      const late = () => reject(new ChartwardError('UNAVAILABLE'))
      const timer = setTimeout(late, this.#limits.timeoutMs)
      answers.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }
}
