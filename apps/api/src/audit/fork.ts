import {
  type Checkpoint,
  equalBytes,
  fromBase64,
  HASH_LENGTH,
  parseVerifierKey,
  toBase64,
  verifyNote,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'

/*
 * That a log goes on from before its last checkpoint, signed by the log's own key: written where the
 * database was restored to an older state and what it lacks can't be put back. It names what is left behind,
 * from where the log goes on, and the leaf of the entry `audit.forked`, the first of the new half. The first
 * line keeps it apart from checkpoints, which the same key signs.
 */

const HEADER = 'chartward-fork/v1'

export interface Fork {
  readonly origin: string
  /** The last checkpoints of the half that is left behind: of the log store, and of the sequencer. */
  readonly left: readonly Pick<Checkpoint, 'size' | 'root'>[]
  /** What both halves have in common. */
  readonly from: Pick<Checkpoint, 'size' | 'root'>
  /** The leaf hash of the entry that says so, at index `from.size`. */
  readonly leaf: Uint8Array
}

/** The file's name, in the folder of the signing key. */
export const FORK_FILE = 'log-fork'

const headText = ({ size, root }: Pick<Checkpoint, 'size' | 'root'>): string => `${size} ${toBase64(root)}`

/** The text that is signed. */
export const formatFork = ({ origin, left, from, leaf }: Fork): string =>
  [HEADER, origin, headText(from), toBase64(leaf), ...left.map(headText), ''].join('\n')

const parseHead = (line: string | undefined): Pick<Checkpoint, 'size' | 'root'> | null => {
  const [, size, root] = /^(0|[1-9]\d{0,14}) ([A-Za-z0-9+/]{43}=)$/.exec(line ?? '') ?? []
  return size === undefined || root === undefined ? null : { size: Number(size), root: fromBase64(root) }
}

/** What the log's key has signed, or null where the note is not such a one. */
export const verifyFork = async (note: string, verifierKey: string): Promise<Fork | null> => {
  const text = await verifyNote(note, verifierKey).catch(() => null)
  const [header, origin, from, leaf, ...left] = (text ?? '').split('\n')
  const heads = left.slice(0, -1).map(parseHead)
  const start = parseHead(from)
  if (header !== HEADER || origin !== parseVerifierKey(verifierKey).name || start === null) return null
  if (heads.length === 0 || !/^[A-Za-z0-9+/]{43}=$/.test(leaf ?? '')) return null
  const hash = fromBase64(leaf ?? '')
  if (hash.length !== HASH_LENGTH) return null
  return { origin, from: start, leaf: hash, left: heads.flatMap((head) => (head === null ? [] : [head])) }
}

/**
 * Whether `fork` leaves behind what `kept` was signed over, exactly, and the database's log has the entry of
 * the fork where it says: a log that is merely older has not.
 */
export const isForkFrom = async (
  sql: Connection['sql'],
  fork: Fork,
  kept: Pick<Checkpoint, 'size' | 'root'>,
): Promise<boolean> => {
  const leaves = fork.left.some(({ size, root }) => size === kept.size && equalBytes(root, kept.root))
  if (!leaves) return false
  const [leaf] = await sql<{ leaf_hash: Buffer }[]>`
    select leaf_hash from audit_leaves where index = ${fork.from.size}`
  return leaf !== undefined && equalBytes(leaf.leaf_hash, fork.leaf)
}
