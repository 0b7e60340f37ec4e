import type { Transaction } from '@chartward/db'
import type { App } from '../../../app.ts'
import type { Draft } from '../../../audit/entry.ts'

/** What one transaction has made anew. */
export interface Batch {
  /** Where the next one goes on; null where this was the last. */
  readonly after: string | null
  readonly done: number
  /** Left as it was: it does not open, or somebody wrote it meanwhile. */
  readonly skipped: number
  /** What the entry says of it; null where nothing was done. */
  readonly tell: (Pick<Draft, 'action' | 'resource'> & Partial<Draft>) | null
}

/**
 * Makes anew a batch of what was made with earlier keys, in the caller's transaction with the login of
 * rotations, beginning after `after` (null from the start). Each thing is put in the place of what was read,
 * or not at all: it may run twice, or be cut off.
 */
export type Rewrite = (tx: Transaction, app: App, after: string | null) => Promise<Batch>

/** Before the first id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Where the next batch goes on, by the last id of this one. */
export const afterOf = (rows: readonly { readonly id: string }[], limit: number): string | null =>
  rows.length < limit ? null : (rows.at(-1)?.id ?? null)
