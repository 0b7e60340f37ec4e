import type { App } from '../../app.ts'
import type { Draft } from '../../audit/entry.ts'
import { newId } from '../../core/ids.ts'
import { type ImportOptions, type ImportProblem, type ImportProgress, importFhir } from './import-fhir.ts'
import { DEFAULT_SOURCE, fileToken } from './tokens.ts'

/** Beyond this many rejected lines of one file, the log holds their number and no more of them. */
const MOST_REJECTIONS_LOGGED = 1000

/**
 * Imports one file and keeps in the audit log that it was begun, what was rejected, and how it ended. Where
 * the log can't be written any more, the import is broken off. Has nothing left running when it settles.
 */
export const importFile = async (
  app: App,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  { operator, ...options }: ImportOptions & { readonly operator?: string },
): Promise<ImportProgress> => {
  const run = {
    actor: { kind: 'service', name: 'import' },
    resource: { type: 'Import', id: newId() },
    facts: {
      file: fileToken(app.keyring, name),
      source: options.source ?? DEFAULT_SOURCE,
      trusted: options.trusted,
      ...(operator === undefined ? {} : { operator }),
    },
  } as const
  await app.audit.commit({ ...run, action: 'import.started', outcome: 'success' })
  const rejections = new RejectionLog(app, run)
  try {
    const done = await importFhir(app, chunks, {
      ...options,
      onProblem: (problem) => {
        options.onProblem?.(problem)
        rejections.add(problem)
      },
    })
    await rejections.written()
    const { lines, patients, created, updated, unchanged, rejected } = done
    await app.audit.commit({
      ...run,
      action: 'import.finished',
      outcome: 'success',
      count: created + updated,
      facts: { ...run.facts, lines, patients, created, updated, unchanged, rejected },
    })
    return done
  } catch (error) {
    await rejections.written().catch(() => undefined)
    const brokenOff = { outcome: 'failure', reason: 'the import was broken off' } as const
    // Where it was the log that failed, its failure is the one to tell of.
    await app.audit.commit({ ...run, action: 'import.finished', ...brokenOff }).catch(() => undefined)
    throw error
  }
}

/** The audit entries of what was rejected, written while the import goes on. */
class RejectionLog {
  readonly #app: App
  readonly #run: Pick<Draft, 'actor' | 'resource' | 'facts'>
  readonly #writing: Promise<void>[] = []
  #failure: { readonly error: unknown } | null = null

  constructor(app: App, run: Pick<Draft, 'actor' | 'resource' | 'facts'>) {
    this.#app = app
    this.#run = run
  }

  /** Begins to write an entry. Throws once one before it could not be written, so that the import ends. */
  add({ line, code }: ImportProblem): void {
    if (this.#failure !== null) throw this.#failure.error
    if (this.#writing.length >= MOST_REJECTIONS_LOGGED) return
    const entry = this.#app.audit.commit({
      ...this.#run,
      action: 'import.rejected-resource',
      outcome: 'failure',
      reason: code,
      facts: { ...this.#run.facts, line },
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
