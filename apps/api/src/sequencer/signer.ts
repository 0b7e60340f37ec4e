import {
  AuditError,
  type Checkpoint,
  claimsSignatureOf,
  formatCheckpoint,
  formatVerifierKey,
  LogKeys,
  type NoteSigner,
  signCheckpointWith,
  verifyCheckpoint,
} from '@chartward/audit'
import { ed25519PublicKey, ed25519Sign } from '@chartward/crypto'
import type { Connection } from '@chartward/db'
import { type Enrolment, logKeysBy, readEnrolments } from '../audit/log/enrolments.ts'
import { type KeyFiles, readPins, readSeeds } from '../keys/key-files.ts'
import { LogFault } from './fault.ts'

/** For so long after a handover checkpoints carry the signature of the key before it too. */
export const BOTH_SIGN_MS = 30 * 24 * 60 * 60_000

export interface SignerOptions {
  /** The log's name, which is also its keys'. */
  readonly origin: string
  /** What is pinned of the log's keys, as `LogKeys.pinned` takes it. */
  readonly pinned: string
  /** The seeds of the signing keys that are at hand, 32 bytes each; asked again where one is missing. */
  readonly seeds: () => readonly Uint8Array[]
  readonly clock: () => Date
}

/**
 * Signs checkpoints of one log. Only the sequencer's process has the seeds. Which of them signs is what the
 * log says: the newest key whose entry is in the tree, and for thirty days the one before it too.
 */
export class Signer {
  readonly #options: SignerOptions
  #mine = new Map<string, NoteSigner>()
  #keys: LogKeys
  #seen = ''
  /** When each key that was handed to was, in milliseconds. */
  readonly #since = new Map<string, number>()

  constructor(options: SignerOptions) {
    this.#options = options
    this.#keys = LogKeys.pinned(options.pinned)
    this.#readSeeds()
  }

  get pinned(): string {
    return this.#options.pinned
  }

  /** Those that the log was handed to, as last read. */
  get keys(): LogKeys {
    return this.#keys
  }

  /** Reads from the log which keys it was handed to; what is built on it has to be committed, or locked. */
  async look(sql: Connection['sql']): Promise<readonly Enrolment[]> {
    const enrolments = await readEnrolments(sql)
    const seen = enrolments.map(({ index }) => index).join()
    if (seen === this.#seen) return enrolments
    const { keys, handovers } = await logKeysBy(this.#options.pinned, enrolments)
    for (const { statement, entry } of handovers)
      if (statement !== null) this.#since.set(statement.key, Date.parse(entry.at))
    this.#keys = keys
    this.#seen = seen
    return enrolments
  }

  /**
   * What a checkpoint says that any key of this log has signed, also one that was handed over from: whether
   * the log goes on from it is asked next. Throws AuditError.
   */
  async verify(note: string): Promise<Checkpoint> {
    const keys = new Set([...this.#keys.all.toReversed(), ...this.#mine.keys()])
    for (const key of keys) if (claimsSignatureOf(note, key)) return verifyCheckpoint(note, key)
    throw new AuditError('missing-signature', 'the checkpoint is not signed by a key of this log')
  }

  /**
   * The signed note (C2SP tlog-checkpoint) over a tree head. Throws LogFault where the log was handed to a
   * key that is not at hand.
   */
  sign(size: number, root: Uint8Array): string {
    const { all } = this.#keys
    const key = this.#keys.keyAt(size)
    if (!this.#mine.has(key)) this.#readSeeds()
    const signer = this.#mine.get(key)
    if (signer === undefined) throw new LogFault('signing-key-missing')
    const before = this.#mine.get(all[all.indexOf(key) - 1] ?? '')
    const age = this.#options.clock().getTime() - (this.#since.get(key) ?? Number.NEGATIVE_INFINITY)
    const signers = before !== undefined && age < BOTH_SIGN_MS ? [signer, before] : [signer]
    return signCheckpointWith(formatCheckpoint({ origin: this.#options.origin, size, root }), signers)
  }

  #readSeeds(): void {
    const { origin: name, seeds } = this.#options
    this.#mine = new Map(
      seeds().map((seed) => {
        const publicKey = ed25519PublicKey(seed)
        const sign = (message: Uint8Array) => ed25519Sign(seed, message)
        return [formatVerifierKey(name, publicKey), { name, publicKey, sign }]
      }),
    )
  }
}

/**
 * The signer of whoever has the key folder. Throws CryptoError for a key file that can't be used, AuditError
 * `malformed-key` for a pinned key that is none, and LogFault where the folder has no signing key.
 */
export const openSigner = (files: KeyFiles, origin: string, clock: () => Date = () => new Date()): Signer => {
  const pinned = readPins(files, origin)
  if (pinned === null) throw new LogFault('signing-key-missing')
  return new Signer({ origin, pinned, seeds: () => readSeeds(files.signing), clock })
}
