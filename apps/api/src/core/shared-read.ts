/** As many questions as one statement asks; more wait for the next. */
const BATCH = 256
/** Statements under way at once. The second keeps a slow one from holding up everybody. */
const LANES = 2

interface Waiting<Q, A> {
  readonly question: Q
  readonly resolve: (answer: A) => void
  readonly reject: (error: unknown) => void
}

/**
 * Reads of many callers in one statement: what is asked within one turn of the event loop, or while the statements before are
 * under way, is asked of the database together. No answer is kept, and each was read after its question was asked.
 * Where a statement fails, all who asked in it are told so.
 */
export class SharedRead<Q, A> {
  readonly #load: (questions: readonly Q[]) => Promise<readonly A[]>
  #waiting: Waiting<Q, A>[] = []
  #lanes = 0

  /** `load` answers every question, in their order. */
  constructor(load: (questions: readonly Q[]) => Promise<readonly A[]>) {
    this.#load = load
  }

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject })
      if (this.#lanes < LANES) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#lanes += 1
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, BATCH))
    this.#lanes -= 1
  }

  async #answer(batch: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.#load(batch.map(({ question }) => question))
      if (answers.length !== batch.length) throw new Error('a shared read must answer every question')
      batch.forEach(({ resolve }, i) => {
        // The length was compared: there is an answer at i, which may be undefined by its type.
        resolve(answers[i] as A)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
