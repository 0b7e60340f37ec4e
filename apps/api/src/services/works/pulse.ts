import type { App } from '../../app.ts'
import type { Progress } from './kind.ts'
import { type Work, WorkTaken } from './work.ts'

/** How often it is written how far a work is. */
const BEAT_MS = 1_000

/**
 * The life of a work that runs: writes about once a second how far it is, and learns by the same statement
 * that it is to be cancelled, or in other hands. Both end `signal`.
 */
export class Pulse implements Progress<string> {
  readonly signal: AbortSignal
  readonly #app: App
  readonly #work: Pick<Work, 'id' | 'attempt'>
  readonly #ending = new AbortController()
  readonly #timer: NodeJS.Timeout
  #phase: string | null = null
  #isNewPhase = false
  #done = 0
  #total: number | null = null
  #beating: Promise<void> | null = null
  #cancelled = false

  constructor(app: App, work: Pick<Work, 'id' | 'attempt'>, stopping: AbortSignal) {
    this.#app = app
    this.#work = work
    this.signal = AbortSignal.any([stopping, this.#ending.signal])
    this.#timer = setInterval(() => this.#beatOnce(), BEAT_MS)
  }

  /** Whether it was asked that the work be cancelled. */
  get cancelled(): boolean {
    return this.#cancelled
  }

  phase(word: string, total: number | null): void {
    this.#phase = word
    this.#isNewPhase = true
    this.#done = 0
    this.#total = total
  }

  advance(parts: number): void {
    this.#done += parts
  }

  /** Writes what was said last, and nothing from then on. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#beating
    this.#beatOnce()
    await this.#beating
  }

  #beatOnce(): void {
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = null
    })
  }

  async #beat(): Promise<void> {
    const isNewPhase = this.#isNewPhase
    this.#isNewPhase = false
    const { id, attempt } = this.#work
    try {
      const [row] = await this.#app.db.sql<{ cancel: boolean }[]>`
        update works set phase = ${this.#phase}, done = ${this.#done}, total = ${this.#total}, heartbeat = now(),
          phase_at = case when ${isNewPhase} then now() else phase_at end
        where id = ${id} and attempt = ${attempt} and state = 'running'
        returning cancel_asked_at is not null as cancel`
      if (row === undefined) this.#ending.abort(new WorkTaken('the work is in other hands, or has ended'))
      else if (row.cancel) {
        this.#cancelled = true
        this.#ending.abort(new DOMException('the work was cancelled', 'AbortError'))
      }
    } catch (error) {
      this.#isNewPhase ||= isNewPhase
      this.#app.log.warn({ err: error, workId: id }, 'it could not be written how far a work is')
    }
  }
}
