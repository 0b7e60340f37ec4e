import { equalBytes } from '../bytes.ts'
import { type Checkpoint, claimedCheckpoint } from '../checkpoint.ts'
import { AuditError } from '../errors.ts'
import { leafHash as hashLeaf, parseEntry } from '../leaf.ts'
import { LogKeys } from '../log-keys/log-keys.ts'
import { enrolmentNote, isHandover } from '../log-keys/statement.ts'
import { type BundleLine, type Manifest, parseLine, parseManifest } from './format.ts'
import { Gaps } from './gaps.ts'
import { TwinTrees } from './twin-trees.ts'

export type LogProblemCode =
  | 'malformed-manifest'
  | 'manifest-mismatch'
  | 'bad-signature'
  | 'missing-entry'
  | 'duplicated-entry'
  | 'out-of-order'
  | 'malformed-entry'
  | 'leaf-hash-mismatch'
  | 'root-mismatch'
  | 'truncated'
  | 'trailing-data'
  | 'key-not-enrolled'

export interface LogProblem {
  /** The leaf it is about; null where it is about the whole, or about a line that names no leaf. */
  index: number | null
  code: LogProblemCode
  /** What is wrong, without a value from any entry. */
  detail: string
}

export interface LogVerification {
  /** True only if there is no problem at all. */
  ok: boolean
  /**
   * What the signed checkpoint says; null where its signature was not verified, because nobody
   * vouches for it then.
   */
  origin: string | null
  size: number | null
  root: Uint8Array | null
  /** Lines after the manifest. */
  lines: number
  /** The first 1,000 problems. */
  problems: LogProblem[]
  /** All problems. */
  problemCount: number
  /** The first leaf that the signature does not vouch for as read here; null where it vouches for all. */
  firstUnvouched: number | null
  /** What to keep in the place of the verifier key, where the log has been handed to later keys; or null. */
  pins: string | null
}

/** What is kept; the rest is counted, so that memory does not grow with the damage. */
const MAX_PROBLEMS = 1_000

/** More handovers than a log will see; what comes beyond is no key. */
const MAX_HANDOVERS = 1_000

/**
 * Verifies a log bundle as it streams by, in flat memory, and names every problem it finds. `lines` come with
 * or without their newline. Damage in the bundle never throws; AuditError `malformed-key` says that
 * `verifierKey` is none: it is one, or the lines of `LogKeys.pins`. Where the log was handed to later keys,
 * its entries say to which, and the newest has to have signed.
 */
export const verifyLogBundle = async (
  lines: AsyncIterable<string>,
  verifierKey: string,
): Promise<LogVerification> => {
  LogKeys.pinned(verifierKey)
  let verifier: BundleVerifier | null = null
  for await (const line of lines) {
    if (verifier === null) verifier = BundleVerifier.open(line, verifierKey)
    else verifier.read(line)
    // Without a manifest no line can be placed.
    if (verifier.hopeless) break
  }
  return (verifier ?? BundleVerifier.open('', verifierKey)).close()
}

class BundleVerifier {
  readonly #problems: LogProblem[] = []
  #problemCount = 0
  readonly #trees = new TwinTrees()
  readonly #gaps = new Gaps((from, to) => {
    const detail = from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`
    this.#report(from, 'missing-entry', detail)
  })
  readonly #keys: LogKeys
  #note = ''
  #signed: Checkpoint | null = null
  /** What the checkpoint claims: whether it is signed is known when all keys are. */
  #head: Checkpoint | null = null
  readonly #handovers: { readonly index: number; readonly note: string }[] = []
  #lines = 0
  #next = 0

  constructor(verifierKey: string) {
    this.#keys = LogKeys.pinned(verifierKey)
  }

  /** True where there is nothing to compare the lines with. */
  get hopeless(): boolean {
    return this.#head === null
  }

  static open(line: string, verifierKey: string): BundleVerifier {
    const verifier = new BundleVerifier(verifierKey)
    const manifest = parseManifest(line)
    if (manifest === null)
      verifier.#report(null, 'malformed-manifest', 'the first line is not a log manifest')
    else verifier.#openCheckpoint(manifest)
    return verifier
  }

  #openCheckpoint(manifest: Manifest): void {
    this.#note = manifest.checkpoint
    try {
      this.#head = claimedCheckpoint(manifest.checkpoint)
    } catch (error) {
      this.#report(null, 'bad-signature', auditError(error).message)
    }
    if (this.#head !== null && (this.#head.size !== manifest.size || this.#head.origin !== manifest.origin)) {
      this.#report(null, 'manifest-mismatch', 'the manifest names another log or size than its checkpoint')
    }
  }

  read(line: string): void {
    this.#lines++
    const parsed = parseLine(line)
    const size = this.#head?.size ?? 0
    if (parsed === null) {
      const code = this.#next >= size ? 'trailing-data' : 'malformed-entry'
      this.#report(null, code, `line ${this.#lines + 1} is not a line of a log bundle`)
      return
    }
    const { index } = parsed
    if (index >= size) {
      this.#report(index, 'trailing-data', `entry ${index} is beyond the checkpoint's ${size} entries`)
      return
    }
    const hash = this.#inspect(parsed)
    if (index === this.#next) {
      this.#trees.append(index, hash, parsed.leafHash)
    } else if (index > this.#next) {
      this.#gaps.add(this.#next, index - 1)
      this.#trees.break()
    } else {
      if (this.#gaps.take(index)) this.#report(index, 'out-of-order', `entry ${index} comes after later ones`)
      else this.#report(index, 'duplicated-entry', `entry ${index} is there again`)
      return
    }
    this.#next = index + 1
  }

  /** Checks a line for itself, and gives the leaf hash that its entry really has. */
  #inspect({ index, bytes, lost, leafHash }: BundleLine): Uint8Array | null {
    if (leafHash === null)
      this.#report(index, 'malformed-entry', `the leaf hash of entry ${index} is not well formed`)
    if (lost) this.#report(index, 'missing-entry', `entry ${index} is lost, only its leaf hash is left`)
    else if (bytes === null) this.#report(index, 'malformed-entry', `entry ${index} is not strict base64`)
    if (bytes === null) return null
    const hash = hashLeaf(bytes)
    if (leafHash !== null && !equalBytes(hash, leafHash)) {
      this.#report(index, 'leaf-hash-mismatch', `entry ${index} does not hash to its leaf hash`)
      return hash
    }
    try {
      const note = enrolmentNote(parseEntry(bytes))
      if (note !== null && isHandover(note) && this.#handovers.length < MAX_HANDOVERS)
        this.#handovers.push({ index, note })
    } catch (error) {
      this.#report(index, 'malformed-entry', `entry ${index}: ${auditError(error).message}`)
    }
    return hash
  }

  async close(): Promise<LogVerification> {
    this.#gaps.close()
    await this.#verifySignature()
    const firstUnvouched = this.#compare()
    return {
      ok: this.#problemCount === 0,
      origin: this.#signed?.origin ?? null,
      size: this.#signed?.size ?? null,
      root: this.#signed?.root ?? null,
      lines: this.#lines,
      problems: this.#problems,
      problemCount: this.#problemCount,
      firstUnvouched: this.#signed === null ? 0 : firstUnvouched,
      pins: this.#signed !== null && this.#keys.all.length > 1 ? this.#keys.pins : null,
    }
  }

  /** By the newest key that the entries hand over to, beginning with the one that the reader has. */
  async #verifySignature(): Promise<void> {
    if (this.#head === null) return
    for (const { index, note } of this.#handovers.toSorted((a, b) => a.index - b.index)) {
      if (await this.#keys.enrol(index, note)) continue
      const detail = `entry ${index} hands the log to a key, and is not signed by the key before it`
      this.#report(index, 'key-not-enrolled', detail)
    }
    try {
      this.#signed = await this.#keys.verify(this.#note)
    } catch (error) {
      this.#report(null, 'bad-signature', auditError(error).message)
      // Before all others: it is what they rest on, and must not be the one that is too many.
      const [last] = this.#problems.splice(-1)
      if (last !== undefined) this.#problems.unshift(last)
    }
  }

  #compare(): number | null {
    if (this.#head === null) return 0
    const { size, root } = this.#head
    if (this.#next < size) {
      this.#report(this.#next, 'truncated', `the bundle ends before entry ${this.#next} of ${size}`)
      return 0
    }
    const { matches, complete, firstUnvouched } = this.#trees.compare(root)
    if (!matches && complete) {
      const detail =
        'the entries do not hash to the root of the checkpoint, and their leaf hashes do not say which changed'
      this.#report(null, 'root-mismatch', detail)
    }
    return firstUnvouched
  }

  #report(index: number | null, code: LogProblemCode, detail: string): void {
    this.#problemCount++
    if (this.#problems.length < MAX_PROBLEMS || code === 'bad-signature')
      this.#problems.push({ index, code, detail })
  }
}

/** Anything but an AuditError is a defect or a failing runtime, and not a finding about the bundle. */
const auditError = (error: unknown): AuditError => {
  if (error instanceof AuditError) return error
  throw error
}
