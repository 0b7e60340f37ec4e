import type { Connection } from '@chartward/db'
import { FORK_FILE, isForkFrom, verifyFork } from '../audit/fork.ts'
import type { LogHead } from '../audit/log/head.ts'
import { type Disk, replaceDurably } from '../audit/store/disk.ts'
import { requireExtends } from './check-head.ts'
import { LogFault } from './fault.ts'
import type { Signer } from './signer.ts'

/** The file's name, in the folder of the signing key. */
const FILE = 'log-checkpoint'

/**
 * The last checkpoint that this sequencer has signed, or seen published by another, in a file beside its
 * signing key: an older copy of the database, and another history, contradict it.
 */
export class KeptCheckpoint {
  readonly #disk: Disk
  #note: string | null
  #size = 0

  constructor(disk: Disk, note: string | null) {
    this.#disk = disk
    this.#note = note
  }

  /** `disk` is the folder of the signing key. */
  static async open(disk: Disk): Promise<KeptCheckpoint> {
    const bytes = await disk.read(FILE)
    return new KeptCheckpoint(disk, bytes === null ? null : Buffer.from(bytes).toString('utf8'))
  }

  /** As signed; null where none was ever kept. */
  get note(): string | null {
    return this.#note
  }

  /**
   * Throws LogFault where the tree of `head` does not go on from what was kept, unless the log's own key has
   * signed that it goes on from before that (`audit/fork.ts`): then what the new half has signed is kept.
   */
  async require(sql: Connection['sql'], head: LogHead, signer: Signer): Promise<void> {
    if (this.#note === null) return
    try {
      const { size } = await requireExtends(sql, head, this.#note, signer, 'kept')
      this.#size = size
    } catch (error) {
      if (!(error instanceof LogFault) || !(await this.#takeFork(sql, head, this.#note, signer))) throw error
    }
  }

  async #takeFork(sql: Connection['sql'], head: LogHead, note: string, signer: Signer): Promise<boolean> {
    const bytes = await this.#disk.read(FORK_FILE)
    const fork =
      bytes === null
        ? null
        : await verifyFork(Buffer.from(bytes).toString('utf8'), signer.keys.keyAt(head.size))
    const kept = await signer.verify(note).catch(() => null)
    if (fork === null || kept === null || head.checkpoint === null) return false
    if (!(await isForkFrom(sql, fork, kept))) return false
    const { size } = await requireExtends(sql, head, head.checkpoint, signer, 'checkpoint')
    await replaceDurably(this.#disk, FILE, Buffer.from(head.checkpoint))
    this.#note = head.checkpoint
    this.#size = size
    return true
  }

  /**
   * Keeps a verified checkpoint over `size` entries, durably, unless a later one is kept; `require` comes
   * first.
   */
  async keep(note: string, size: number): Promise<void> {
    if (note === this.#note || (this.#note !== null && size < this.#size)) return
    await replaceDurably(this.#disk, FILE, Buffer.from(note))
    this.#note = note
    this.#size = size
  }
}
