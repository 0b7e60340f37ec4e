import type { App } from '../../app.ts'
import type { Draft } from '../../audit/entry.ts'
import type { ImportProblem } from './problem.ts'
import { fileToken } from './tokens.ts'

/** Beyond this many rejected lines of one import, the log holds their number and no more of them. */
const MOST_REJECTIONS_LOGGED = 1000

/** The audit entries of what was rejected, written while the import goes on. */
export class RejectionLog {
  readonly #app: App
  readonly #run: Pick<Draft, 'actor' | 'resource' | 'facts' | 'requestId'>
  readonly #writing: Promise<void>[] = []
  #failure: { readonly error: unknown } | null = null

  constructor(app: App, run: Pick<Draft, 'actor' | 'resource' | 'facts' | 'requestId'>) {
    this.#app = app
    this.#run = run
  }

  /** Begins to write an entry. Throws once one before it could not be written, so that the import ends. */
  add({ file, line, code }: ImportProblem): void {
    if (this.#failure !== null) throw this.#failure.error
    if (this.#writing.length >= MOST_REJECTIONS_LOGGED) return
    const { files: _all, ...facts } = this.#run.facts ?? {}
    const entry = this.#app.audit.commit({
      ...this.#run,
      action: 'import.rejected-resource',
      outcome: 'failure',
      reason: code,
      // What is wrong with a patient whom no place in the files stands for has none.
      facts: file === '' ? facts : { ...facts, file: fileToken(this.#app.keyring, file), line },
    })
    this.#writing.push(
      entry.then(
        () => undefined,
        (error: unknown) => {
          this.#failure ??= { error }
        },
      ),
    )
  }

  /** Waits for the entries. Rejects where one of them could not be written. */
  async written(): Promise<void> {
    await Promise.all(this.#writing)
    if (this.#failure !== null) throw this.#failure.error
  }
}
