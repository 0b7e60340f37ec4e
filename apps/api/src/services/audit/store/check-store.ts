import {
  AuditError,
  BUNDLE_WIDTH,
  type Checkpoint,
  equalBytes,
  type LogKeys,
  leafHash,
  MerkleFrontier,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'
import { type Fork, isForkFrom, verifyFork } from '../../../audit/fork.ts'
import { readLogKeys } from '../../../audit/log/enrolments.ts'
import { readHead } from '../../../audit/log/head.ts'
import type { LogStore } from '../../../audit/store/log-store.ts'
import { bundlesOf, databaseLeaves, differenceAt, keysInStore } from './walk-store.ts'

/** What may not fit between a log store and the database, or in the store itself. */
export type StoreProblemCode =
  | 'store-empty'
  | 'store-checkpoint-invalid'
  | 'bundle-missing'
  | 'store-root-mismatch'
  | 'history-mismatch'
  | 'store-surplus'
  | 'published-invalid'
  | 'store-behind'
  | 'database-behind'
  | 'fork'
  | 'fork-invalid'
  | 'leaf-missing'
  | 'leaf-differs'
  | 'entry-missing'
  | 'entry-differs'

const DETAILS: Readonly<Record<StoreProblemCode, string>> = {
  'store-empty': 'the folder has no checkpoint',
  'store-checkpoint-invalid': "the folder's checkpoint was not signed by this log and key",
  'bundle-missing':
    'the bundle with this entry, and those behind it, is missing in the folder, or is not whole',
  'store-root-mismatch': 'the entries in the folder do not hash to the root that was signed',
  'history-mismatch': 'an earlier checkpoint in the folder is not one over its entries',
  'store-surplus': 'the folder holds an unsigned entry that the database does not have there',
  'published-invalid': "the database's checkpoint was not signed by this log and key, or there is none",
  'store-behind': 'the database has published more entries than the folder holds',
  'database-behind': 'the database has fewer entries than the folder',
  fork: "the database's checkpoint was signed over other entries than those in the folder",
  'fork-invalid': "the fork's note is not of this log, or does not leave behind just what is in the folder",
  'leaf-missing': 'the folder has this entry, and the database has no leaf for it',
  'leaf-differs': "the database's leaf is not that of the entry in the folder",
  'entry-missing': 'the entry has been deleted in the database; the folder has it',
  'entry-differs': "the database's bytes of this entry are not those in the folder",
}

export interface StoreProblem {
  readonly code: StoreProblemCode
  /** The entry's place in the log; null for what concerns all of it. */
  readonly index: number | null
  readonly detail: string
}

export interface StoreReport {
  readonly ok: boolean
  /** What the folder's checkpoint was signed over; null where none can be read. */
  readonly signed: Checkpoint | null
  /** Whether the folder by itself is what was signed: where the database differs, that one was changed. */
  readonly storeHolds: boolean
  /** From where on a signed fork has left the folder's entries behind; null without one. */
  readonly leftFrom: number | null
  /** The first thousand. */
  readonly problems: readonly StoreProblem[]
  readonly problemCount: number
}

const MOST_PROBLEMS = 1_000
/** Codes that are about the folder itself. */
const OF_STORE: ReadonlySet<StoreProblemCode> = new Set([
  'store-empty',
  'store-checkpoint-invalid',
  'bundle-missing',
  'store-root-mismatch',
  'history-mismatch',
])

class Findings {
  readonly problems: StoreProblem[] = []
  count = 0
  storeHolds = true

  add(code: StoreProblemCode, index: number | null = null): void {
    this.count++
    if (OF_STORE.has(code)) this.storeHolds = false
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ code, index, detail: DETAILS[code] })
  }
}

const verified = (note: string | null, keys: LogKeys): Promise<Checkpoint | null> =>
  note === null
    ? Promise.resolve(null)
    : keys.verify(note).catch((error: unknown) => {
        if (error instanceof AuditError) return null
        throw error
      })

/**
 * Compares each entry, leaf and checkpoint of a log store with the database, in both directions, and the
 * store with what was signed, in flat memory and beside a running sequencer. `sql` is of any login that may
 * read the log; the key comes from wherever the reader trusts it. `forkNote` is for the folder of the half
 * that a signed fork has left behind: it has to be exactly what the note names, and to agree with the
 * database up to where the two part.
 */
export const checkStore = async (
  sql: Connection['sql'],
  store: LogStore,
  verifierKey: string,
  forkNote: string | null = null,
): Promise<StoreReport> => {
  const findings = new Findings()
  // In this order: nothing is published before it is stored, nor stored before it is committed.
  const before = await readHead(sql)
  const note = await store.checkpoint()
  const size = (await readHead(sql))?.size ?? 0
  let keys = await readLogKeys(sql, verifierKey)
  let fork: Fork | null = null
  const signers = new Set(keys.all)
  let signed = await verified(note, keys)
  if (note !== null && signed === null) {
    // The database may lack, or hide, to which keys the log was handed: the folder says so too.
    keys = await keysInStore(store, note, verifierKey)
    for (const key of keys.all) signers.add(key)
    signed = await verified(note, keys)
  }
  if (signed === null) findings.add(note === null ? 'store-empty' : 'store-checkpoint-invalid')
  else if (forkNote !== null) {
    fork = await forkOf(sql, forkNote, signers, signed)
    if (fork === null) findings.add('fork-invalid')
    else await walk(sql, store, { signed, published: null, keys, common: fork.from, findings })
  } else {
    const published = await verified(before?.checkpoint ?? null, keys)
    if (published === null) findings.add('published-invalid')
    else if (published.size > signed.size) findings.add('store-behind', signed.size)
    if (size < signed.size) findings.add('database-behind', size)
    await walk(sql, store, { signed, published, keys, common: null, findings })
    await checkSurplus(sql, store, signed.size, findings)
  }
  const { problems, count, storeHolds } = findings
  return {
    ok: count === 0,
    signed,
    storeHolds,
    leftFrom: fork?.from.size ?? null,
    problems,
    problemCount: count,
  }
}

/** What the note says, if a key of the log signed it, the database has it, and it leaves `signed` behind. */
const forkOf = async (
  sql: Connection['sql'],
  note: string,
  signers: ReadonlySet<string>,
  signed: Checkpoint,
): Promise<Fork | null> => {
  for (const key of signers) {
    const fork = await verifyFork(note, key)
    if (fork !== null && (await isForkFrom(sql, fork, signed))) return fork
  }
  return null
}

type Head = Pick<Checkpoint, 'size' | 'root'>

interface Walk {
  readonly signed: Checkpoint
  readonly published: Checkpoint | null
  readonly keys: LogKeys
  /** What the database has of the folder's entries; null where that is all of them. */
  readonly common: Head | null
  readonly findings: Findings
}

const walk = async (
  sql: Connection['sql'],
  store: LogStore,
  { signed, published, keys, common, findings }: Walk,
): Promise<void> => {
  let tree: MerkleFrontier | null = new MerkleFrontier()
  for await (const { from, to, entries } of bundlesOf(store, signed.size)) {
    if (entries === null) {
      findings.add('bundle-missing', from)
      tree = null
      continue
    }
    const earlier = await store.earlierCheckpoint(from / BUNDLE_WIDTH)
    const kept = await verified(earlier, keys)
    if (earlier !== null && (kept === null || kept.size < from || kept.size > to))
      findings.add('history-mismatch', from)
    const leaves = await databaseLeaves(sql, from, to)
    for (const [i, bytes] of entries.entries()) {
      const index = from + i
      checkRoot(tree, kept, 'history-mismatch', findings)
      checkRoot(tree, published, 'fork', findings)
      checkRoot(tree, common, 'fork-invalid', findings)
      const difference = differenceAt(bytes, leaves.get(index))
      if (difference !== null && index < (common?.size ?? signed.size)) findings.add(difference, index)
      tree?.append(leafHash(bytes))
    }
  }
  checkRoot(tree, published, 'fork', findings)
  checkRoot(tree, common, 'fork-invalid', findings)
  checkRoot(tree, signed, 'store-root-mismatch', findings)
}

/** Compares the tree so far with a checkpoint over as many entries. */
const checkRoot = (
  tree: MerkleFrontier | null,
  checkpoint: Head | null,
  code: StoreProblemCode,
  findings: Findings,
): void => {
  if (tree === null || checkpoint === null || tree.size !== checkpoint.size) return
  if (!equalBytes(tree.root(), checkpoint.root)) findings.add(code, checkpoint.size)
}

const checkSurplus = async (
  sql: Connection['sql'],
  store: LogStore,
  size: number,
  findings: Findings,
): Promise<void> => {
  for await (const { index, bytes } of store.beyond(size)) {
    const leaf = (await databaseLeaves(sql, index, index + 1)).get(index)
    if (differenceAt(bytes, leaf) !== null) findings.add('store-surplus', index)
  }
}
