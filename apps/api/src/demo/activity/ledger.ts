import { type Database, openDatabase } from '@chartward/db'
import { isOwnEntry } from '../../audit/entry.ts'
import { folderDisk } from '../../audit/store/disk.ts'
import { LogStore } from '../../audit/store/log-store.ts'
import type { Logger } from '../../core/log.ts'
import { type KeyFiles, readAppendKey } from '../../keys/key-files.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import { followStep } from '../../sequencer/follow/step.ts'
import { SEQUENCER_FOLLOWERS } from '../../sequencer/followers.ts'
import { KeptCheckpoint } from '../../sequencer/kept-checkpoint.ts'
import { publishIfDue } from '../../sequencer/publish.ts'
import { sequenceRound } from '../../sequencer/round.ts'
import { openSigner } from '../../sequencer/signer.ts'
import { StoreWriter } from '../../sequencer/store-writer.ts'
import { HeadSeals } from '../../vouch/head-seals.ts'

export interface LedgerOptions {
  /** The login `chartward_sequencer`. */
  readonly url: string
  readonly files: KeyFiles
  readonly keyFolder: string
  /** Null where the log is kept in the database alone. */
  readonly logStore: string | null
  readonly origin: string
  readonly clock: () => Date
  readonly log: Logger
}

/**
 * The sequencer's own steps, taken at moments at which nothing is under way: what has been appended comes
 * into the log in the order of its ids, and so of its time, with a checkpoint of that time. The sequencer's
 * process goes on from there.
 */
export class Ledger {
  readonly #db: Database
  readonly #context: SequencerContext

  constructor(db: Database, context: SequencerContext) {
    this.#db = db
    this.#context = context
  }

  static async open(options: LedgerOptions): Promise<Ledger> {
    const { url, files, keyFolder, logStore, origin, clock, log } = options
    const appendKey = readAppendKey(files)
    const signer = openSigner(files, origin, clock)
    const kept = await KeptCheckpoint.open(folderDisk(keyFolder))
    const store = logStore === null ? null : new StoreWriter(new LogStore(folderDisk(logStore)), signer)
    const db = openDatabase({ url, connections: 2, name: 'chartward-demo-log' })
    return new Ledger(db, {
      db,
      log,
      clock,
      signer,
      kept,
      store,
      isOwn: (bytes, mac) => isOwnEntry(appendKey, bytes, mac),
      heads: new HeadSeals(appendKey),
    })
  }

  /** Takes into the log what has been appended, and signs it. */
  async write(): Promise<void> {
    for (;;) {
      const round = await sequenceRound(this.#context)
      if (round === null || round.taken === 0) break
    }
    await publishIfDue(this.#context)
  }

  /** Shows the followers of the log all of it: counts and rows are those of the whole log. */
  async follow(): Promise<void> {
    for (const follower of SEQUENCER_FOLLOWERS) {
      while ((await followStep(this.#context, follower, this.#context)).more);
    }
  }

  close(): Promise<void> {
    return this.#db.close()
  }
}
