import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { FileSkipped, fileProblemOf } from './file-problem.ts'
import { BrokenStream, ImportRun } from './import-run.ts'
import type { ImportOptions, ImportProgress } from './options.ts'
import { RejectionLog } from './rejection-log.ts'
import { closeBrokenImports, holdRun } from './running.ts'
import { DEFAULT_SOURCE, fileToken } from './tokens.ts'

/** As many files as one entry names: it holds 64 KiB. */
const MOST_FILES_NAMED = 1000

const NOTHING = { type: null, id: null } as const

/** What is to be imported, by the name that it is reported under. */
export interface ImportFile {
  readonly name: string
  /** Its bytes, unzipped. The stream throws FileProblem, FileSkipped, or what the file system says. */
  readonly open: () => AsyncIterable<Uint8Array>
}

export interface ImportFilesOptions extends ImportOptions {
  readonly operator?: string
}

/**
 * Imports files as one: what stands in one of them may name what stands in another. The audit log keeps that
 * it was begun, what was rejected, and how it ended; where it can't be written any more, the import is broken
 * off. A file that can't be read is reported by its name, and the others go in. Has nothing left running when
 * it settles.
 */
export const importFiles = (
  app: App,
  files: readonly ImportFile[],
  options: ImportFilesOptions,
): Promise<ImportProgress> =>
  logged(app, files, options, async (run) => {
    for (const file of files) {
      try {
        await run.read(file.name, file.open())
      } catch (error) {
        options.signal?.throwIfAborted()
        if (error instanceof BrokenStream && error.cause instanceof FileSkipped) {
          run.skip({ file: file.name, line: 0, entry: null }, error.cause.code, error.cause.message, NOTHING)
          continue
        }
        const problem = fileProblemOf(error instanceof BrokenStream ? error.cause : error)
        if (problem === null) throw error
        run.reject({ file: file.name, line: 0, entry: null }, problem.code, problem.message)
      }
    }
  })

/** The same for one stream, whose own failure breaks the import off. */
export const importFile = (
  app: App,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: ImportFilesOptions,
): Promise<ImportProgress> =>
  logged(app, [{ name, open: () => chunks }], options, async (run) => {
    try {
      await run.read(name, chunks)
    } catch (error) {
      throw error instanceof BrokenStream ? error.cause : error
    }
  })

const logged = async (
  app: App,
  files: readonly ImportFile[],
  { operator, ...options }: ImportFilesOptions,
  read: (run: ImportRun) => Promise<void>,
): Promise<ImportProgress> => {
  await closeBrokenImports(app)
  const id = newId()
  const names = files.slice(0, MOST_FILES_NAMED).map(({ name }) => fileToken(app.keyring, name))
  const [file] = names
  const about = {
    actor: { kind: 'service', name: 'import' },
    resource: { type: 'Import', id },
    requestId: options.requestId ?? null,
    facts: {
      ...(files.length === 1 && file !== undefined ? { file } : { files: names }),
      source: options.source ?? DEFAULT_SOURCE,
      trusted: options.trusted,
      ...(operator === undefined ? {} : { operator }),
    },
  } as const
  // Held before its entry is there, so that nobody takes it for one that was killed.
  const release = await holdRun(app.db, id)
  try {
    await app.audit.commit({ ...about, action: 'import.started', outcome: 'success' })
    const rejections = new RejectionLog(app, about)
    const run = new ImportRun(app, {
      ...options,
      onProblem: (problem) => {
        options.onProblem?.(problem)
        if (problem.kind === 'rejected') rejections.add(problem)
      },
    })
    try {
      await read(run)
      const done = await run.finish()
      await rejections.written()
      const { lines, patients, created, updated, unchanged, rejected } = done
      const facts = { ...about.facts, lines, patients, created, updated, unchanged, rejected }
      const entry = { ...about, action: 'import.finished', outcome: 'success' } as const
      await app.audit.commit({ ...entry, count: created + updated, facts })
      return done
    } catch (error) {
      // Whoever called may close the database and wipe the keys next.
      await run.abandon()
      await rejections.written().catch(() => undefined)
      const brokenOff = { outcome: 'failure', reason: 'the import was broken off' } as const
      // Where it was the log that failed, its failure is the one to tell of.
      await app.audit.commit({ ...about, action: 'import.finished', ...brokenOff }).catch(() => undefined)
      throw error
    }
  } finally {
    await release()
  }
}
