import type { Database } from '@chartward/db'
import type { Logger } from '../core/log.ts'
import type { HeadSeals } from '../vouch/head-seals.ts'
import type { KeptCheckpoint } from './kept-checkpoint.ts'
import type { Signer } from './signer.ts'
import type { StoreWriter } from './store-writer.ts'

/** What every part of the sequencer works with. */
export interface SequencerContext {
  /** The login `chartward_sequencer`. */
  readonly db: Database
  readonly signer: Signer
  readonly kept: KeptCheckpoint
  /** Null where the operator has named no folder for the log. */
  readonly store: StoreWriter | null
  /** Whether the application wrote these bytes. */
  readonly isOwn: (bytes: Uint8Array, mac: Uint8Array) => boolean
  /** The MACs of what the follower of rows keeps. */
  readonly heads: HeadSeals
  readonly clock: () => Date
  readonly log: Logger
}
