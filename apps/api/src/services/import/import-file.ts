import { createHash } from 'node:crypto'
import type { App } from '../../core/app.ts'
import { newId } from '../../core/ids.ts'
import { type ImportOptions, type ImportProgress, importFhir } from './import-fhir.ts'

/** Beyond this many rejected lines of one file, the log holds their number and no more of them. */
const MOST_REJECTIONS_LOGGED = 1000

/**
 * Imports one file and keeps in the audit log that it was begun, what was rejected, and how it ended. The file's name is kept as a
 * hash: names of files can hold names of people.
 */
export const importFile = async (
  app: App,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportProgress> => {
  const run = {
    actor: { kind: 'service', name: 'import' },
    resource: { type: 'Import', id: newId() },
    facts: { file: createHash('sha256').update(name).digest('hex'), trusted: options.trusted },
  } as const
  await app.audit.commit({ ...run, action: 'import.started', outcome: 'success' })
  const rejections: Promise<unknown>[] = []
  let rejected = 0
  try {
    const done = await importFhir(app, chunks, {
      ...options,
      onProblem: (problem) => {
        options.onProblem?.(problem)
        rejected += 1
        if (rejected > MOST_REJECTIONS_LOGGED) return
        const { line, code } = problem
        rejections.push(
          app.audit.commit({
            ...run,
            action: 'import.rejected-resource',
            outcome: 'failure',
            reason: code,
            facts: { ...run.facts, line },
          }),
        )
      },
    })
    await Promise.all(rejections)
    const { lines, patients, created, updated, unchanged } = done
    await app.audit.commit({
      ...run,
      action: 'import.finished',
      outcome: 'success',
      count: created + updated,
      facts: { ...run.facts, lines, patients, created, updated, unchanged, rejected: done.rejected },
    })
    return done
  } catch (error) {
    await Promise.allSettled(rejections)
    await app.audit.commit({
      ...run,
      action: 'import.finished',
      outcome: 'failure',
      reason: 'the import was broken off',
    })
    throw error
  }
}
