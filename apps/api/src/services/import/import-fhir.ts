import type { App } from '../../app.ts'
import { BrokenStream, ImportRun } from './import-run.ts'
import type { ImportOptions, ImportProgress } from './options.ts'

export type { ImportOptions, ImportProgress } from './options.ts'
export type { ImportProblem } from './problem.ts'

/**
 * Imports FHIR R4 from a stream of bytes (decompressed): Bundles or resources, each patient's in one
 * transaction. Idempotent by resource id. What can't be stored is reported by line and the rest goes on.
 * Memory follows the longest line, not the stream. Aborted or killed, it has stored whole patients'
 * batches; run again, it stores the rest. Has nothing left running when it settles. What the stream throws
 * goes through.
 */
export const importFhir = async (
  app: App,
  chunks: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportProgress> => {
  const run = new ImportRun(app, options)
  try {
    await run.read('', chunks)
    return await run.finish()
  } catch (error) {
    throw error instanceof BrokenStream ? error.cause : error
  } finally {
    // Whoever called may close the database and wipe the keys next.
    await run.abandon()
  }
}
