import { type Checkpoint, equalBytes, leafHash, MerkleFrontier } from '@chartward/audit'
import { isOwnEntry } from '../../../audit/entry.ts'
import { type CopyRow, CopyWalk } from '../container/copy-rows.ts'
import { type Frame, parseSection, type Section } from '../container/frames.ts'
import { type Artifact, readArtifact } from '../container/read-artifact.ts'
import { BackupError } from '../errors.ts'
import { KEY_TABLES, LOGICAL_TABLES } from '../tables.ts'

/** What a backup turns out to hold, once all of it has been read. */
export interface Inspected {
  /** Rows that were read, table by table; of patients who changed meanwhile, more than are restored. */
  readonly read: Readonly<Record<string, number>>
  readonly entries: number
}

export interface InspectOptions {
  readonly identities: readonly string[]
  /** The MAC key of audit entries: each of the backup's is checked. */
  readonly appendKey: Uint8Array
  /** Checkpoints that the backup's log has to agree with, as far as it goes. */
  readonly witnesses: readonly Checkpoint[]
}

const KEYS: ReadonlySet<string> = new Set(KEY_TABLES)
const UUID_BYTES = 16

const wrong = (what: string) =>
  new BackupError('content', `${what} This backup can not be restored: take another one.`)

/**
 * Reads all of a backup and touches nothing: that it is whole and was not changed since it was signed, that
 * its rows are whole, that each audit entry is one that the application wrote, and that the log is the one
 * that the manifest, and every witness, was signed over. Rejects with BackupError.
 */
export const inspectArtifact = async (artifact: Artifact, options: InspectOptions): Promise<Inspected> => {
  const inspection = new Inspection(artifact, options)
  return readArtifact(artifact, options.identities, (frames) => inspection.run(frames))
}

class Inspection {
  readonly #artifact: Artifact
  readonly #options: InspectOptions
  readonly #read: Record<string, number> = {}
  readonly #tree = new MerkleFrontier()
  #entries = 0
  #section: Section | null = null
  #walk: CopyWalk | null = null

  constructor(artifact: Artifact, options: InspectOptions) {
    this.#artifact = artifact
    this.#options = options
  }

  async run(frames: AsyncIterable<Frame>): Promise<Inspected> {
    for await (const { type, bytes } of frames) {
      if (type === 'D') {
        if (this.#walk === null) throw wrong('Rows stand in no table.')
        this.#walk.add(bytes)
        continue
      }
      this.#end()
      if (type === 'S') this.#begin(parseSection(bytes))
      else if (type === 'F' && bytes.length % UUID_BYTES !== 0) throw wrong('Ids are cut off.')
    }
    if (this.#artifact.manifest.kind === 'logical') this.#checkLog()
    return { read: this.#read, entries: this.#entries }
  }

  #begin(section: Section): void {
    const { table, columns } = section
    const allowed = this.#artifact.manifest.kind === 'keyring' ? KEYS : LOGICAL_TABLES
    if (!allowed.has(table)) throw wrong(`A backup of this kind holds no table ${table}.`)
    this.#section = section
    this.#walk = new CopyWalk(columns.length, this.#reader(section))
  }

  #reader({ table, columns }: Section): ((row: CopyRow) => void) | null {
    const at = (name: string): number => columns.indexOf(name)
    if (table === 'audit_entries') {
      const [bytes, hash, mac] = [at('bytes'), at('leaf_hash'), at('mac')]
      return (row) => this.#entry(row[bytes] ?? null, row[hash] ?? null, row[mac] ?? null)
    }
    if (table === 'audit_leaves') {
      const [index, hash] = [at('index'), at('leaf_hash')]
      return (row) => this.#leaf(row[index] ?? null, row[hash] ?? null)
    }
    return null
  }

  #entry(bytes: Buffer | null, hash: Buffer | null, mac: Buffer | null): void {
    if (bytes === null || hash === null || mac === null) throw wrong('An audit entry is not whole.')
    if (!equalBytes(leafHash(bytes), hash)) throw wrong('An audit entry does not fit its leaf.')
    // What is kept from the log for its MAC stays so, and is in no leaf; the sequencer looks at each again.
    if (isOwnEntry(this.#options.appendKey, bytes, mac)) this.#entries++
  }

  #leaf(index: Buffer | null, hash: Buffer | null): void {
    if (index === null || hash === null || Number(index.readBigInt64BE()) !== this.#tree.size)
      throw wrong('Leaves of the audit log are missing.')
    this.#witness()
    this.#tree.append(hash)
  }

  #witness(): void {
    for (const { size, root } of this.#options.witnesses)
      if (size === this.#tree.size && !equalBytes(root, this.#tree.root()))
        throw new BackupError(
          'log-differs',
          `The backup's audit log is another than the one that was signed at ${size} entries: one of the two was forged. Nothing was changed.`,
        )
  }

  #end(): void {
    if (this.#walk === null || this.#section === null) return
    this.#walk.end()
    const { table } = this.#section
    this.#read[table] = (this.#read[table] ?? 0) + this.#walk.rows
    this.#walk = null
    this.#section = null
  }

  #checkLog(): void {
    const { size, root } = this.#artifact.manifest.log
    this.#witness()
    if (this.#tree.size !== size || Buffer.from(this.#tree.root()).toString('hex') !== root)
      throw wrong('The audit log in it is not the one of its manifest.')
    if (this.#entries < size) throw wrong('Audit entries in it were not written by this installation.')
  }
}
