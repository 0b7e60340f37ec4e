import type { App } from '../app.ts'
import type { JobName } from './queue.ts'

/** One kind of job. It may be run again after it was cut off at any point, also when it had done its work already. */
export interface JobKind {
  readonly name: JobName
  /** Does the work that the row `id` asks for. Rejects where it should be tried again. */
  run(given: { readonly app: App; readonly id: string; readonly signal: AbortSignal }): Promise<void>
}
