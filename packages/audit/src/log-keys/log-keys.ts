import { type Checkpoint, claimedCheckpoint, verifyCheckpoint } from '../checkpoint.ts'
import { AuditError } from '../errors.ts'
import { parseVerifierKey } from '../signed-note.ts'
import { verifyKeyStatement } from './statement.ts'

interface LogKey {
  readonly verifierKey: string
  /** The leaf that enrolled it: it signs every tree that holds this leaf. -1 for the first. */
  readonly index: number
}

/** Far more rotations than a log will see, and few enough to be read. */
const MAX_KEYS = 1_000

/**
 * The keys that sign a log's checkpoints, from the one that a reader has pinned: each later one was handed
 * over to by the one before it, in an entry of the log. A checkpoint counts if the newest key whose entry is
 * in its tree has signed it. So a key that has been handed over from is good for the trees before that alone,
 * and whoever has stolen it can sign no tree that a reader who knows of the handover takes.
 */
export class LogKeys {
  readonly origin: string
  readonly #keys: LogKey[]

  constructor(keys: readonly LogKey[]) {
    this.#keys = [...keys]
    this.origin = parseVerifierKey(this.newest).name
  }

  /**
   * From what a reader keeps: a verifier key, and for each later key a line of its own with the leaf that
   * enrolled it after a space (`pins` of another time). Throws `malformed-key`.
   */
  static pinned(text: string): LogKeys {
    const [first = '', ...later] = text.trim().split(/\r?\n/)
    const keys: LogKey[] = [{ verifierKey: first, index: -1 }]
    const { name } = parseVerifierKey(first)
    if (later.length > MAX_KEYS) throw malformed('it has too many lines')
    for (const line of later) {
      const [verifierKey = '', index = '', ...rest] = line.split(' ')
      if (rest.length > 0 || !/^\d{1,15}$/.test(index))
        throw malformed('a later line is not a key and a leaf')
      if (parseVerifierKey(verifierKey).name !== name) throw malformed('its lines are of more than one log')
      if (Number(index) <= (keys.at(-1)?.index ?? 0)) throw malformed('its lines are not in order')
      keys.push({ verifierKey, index: Number(index) })
    }
    return new LogKeys(keys)
  }

  /** The key that signs now, as far as is known. */
  get newest(): string {
    return this.#keys.at(-1)?.verifierKey ?? ''
  }

  /** Every key, the first one first. */
  get all(): readonly string[] {
    return this.#keys.map(({ verifierKey }) => verifierKey)
  }

  /** What a reader keeps from now on, so that no key before the newest is believed for a later tree. */
  get pins(): string {
    return this.#keys
      .map(({ verifierKey, index }) => (index < 0 ? verifierKey : `${verifierKey} ${index}`))
      .join('\n')
  }

  /** The key that signs a tree of `size` leaves. */
  keyAt(size: number): string {
    return this.#keys.findLast(({ index }) => index < size)?.verifierKey ?? ''
  }

  /**
   * Takes the key that leaf `index` enrols by this note; leaves come in order. False where it is not the next
   * one: of another purpose or log, or not handed over to by the newest.
   */
  async enrol(index: number, note: string): Promise<boolean> {
    const statement = await statementOf(note)
    if (statement === null || statement.purpose !== 'checkpoint' || statement.origin !== this.origin)
      return false
    const known = this.#keys.findIndex((key) => key.verifierKey === statement.key)
    // One that was pinned with its leaf is there already.
    if (known > 0) return this.#keys[known]?.index === index && this.all[known - 1] === statement.previous
    if (statement.previous !== this.newest || index <= (this.#keys.at(-1)?.index ?? 0)) return false
    if (known === 0 || this.#keys.length > MAX_KEYS) return false
    this.#keys.push({ verifierKey: statement.key, index })
    return true
  }

  /** What a checkpoint says that the key of its tree has signed. Throws AuditError as `verifyCheckpoint`. */
  async verify(note: string): Promise<Checkpoint> {
    return verifyCheckpoint(note, this.keyAt(claimedCheckpoint(note).size))
  }
}

const statementOf = async (note: string) => {
  try {
    return await verifyKeyStatement(note)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

const malformed = (why: string): AuditError => new AuditError('malformed-key', `not a verifier key: ${why}`)
