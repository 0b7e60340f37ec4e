import { BUNDLE_WIDTH, equalBytes, leafHash, type MerkleFrontier } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { LogHead } from '../audit/log/head.ts'
import { storedEntries } from '../audit/log/stored-entries.ts'
import { type LogStore, StoreConflict } from '../audit/store/log-store.ts'
import { frontierAt, requireExtends } from './check-head.ts'
import { LogFault } from './fault.ts'
import type { Signer } from './signer.ts'

/**
 * Bundles written in one go: with an empty folder beside a long log, sequencing must not wait for all of
 * them.
 */
const MOST_BUNDLES = 64

/**
 * Brings the log store up to the log. What it writes is hashed: it leaves alone what the store has already,
 * and lets no root be signed that the bytes on disk do not hash to. Every rejection but LogFault is the
 * disk's or the database's, and may be tried again.
 */
export class StoreWriter {
  readonly #store: LogStore
  readonly #signer: Signer
  /** The store's checkpoint as last seen; undefined before the first look. */
  #note: string | null | undefined
  #signed = 0
  /** Over the full bundles of the store, and the entries that its checkpoint covers beyond them. */
  #tree: MerkleFrontier | null = null
  #tail: readonly Uint8Array[] = []

  constructor(store: LogStore, signer: Signer) {
    this.#store = store
    this.#signer = signer
  }

  /** Throws LogFault where the tree of `head` does not go on from what the store holds. */
  async require(sql: Connection['sql'], head: LogHead): Promise<void> {
    await this.#look(sql, head)
  }

  /**
   * Writes what is full of the bundles of `head`, which is committed; says whether all of it is there now.
   */
  async fill(sql: Connection['sql'], head: LogHead): Promise<boolean> {
    const tree = await this.#look(sql, head)
    for (let written = 0; tree.size + BUNDLE_WIDTH <= head.size; written++) {
      if (written === MOST_BUNDLES) return false
      const entries = await this.#upTo(sql, tree, tree.size + BUNDLE_WIDTH)
      await this.#put(tree.size, entries)
      for (const bytes of entries) tree.append(leafHash(bytes))
      this.#tail = []
    }
    return true
  }

  /**
   * Stores the rest of the entries of `head`, then `note`, which is signed over it: both are durable when it
   * resolves.
   */
  async store(sql: Connection['sql'], head: LogHead, note: string): Promise<void> {
    while (!(await this.fill(sql, head)));
    const tree = await this.#look(sql, head)
    const entries = await this.#upTo(sql, tree, head.size)
    if (!equalBytes(grown(tree, entries).root(), head.root)) throw new LogFault('entry-lost')
    if (entries.length > 0) await this.#put(tree.size, entries)
    try {
      await this.#store.putCheckpoint(note, head.size, this.#note ?? null)
    } catch (error) {
      // Somebody else has stored a checkpoint meanwhile: whether this log goes on from it is seen next time.
      if (error instanceof StoreConflict) this.#note = undefined
      throw error
    }
    await this.#store.tidy(this.#signed, head.size)
    this.#note = note
    this.#signed = head.size
    this.#tail = entries
  }

  /** The tree over the store's full bundles. Looks again only where the store's checkpoint is another one. */
  async #look(sql: Connection['sql'], head: LogHead): Promise<MerkleFrontier> {
    const note = await this.#store.checkpoint()
    if (this.#tree !== null && note === this.#note) return this.#tree
    this.#tree = null
    const signed = note === null ? null : await requireExtends(sql, head, note, this.#signer, 'store')
    const size = signed?.size ?? 0
    const full = size - (size % BUNDLE_WIDTH)
    const tree = await frontierAt(sql, full)
    const tail = size === full ? [] : await this.#store.entries(full / BUNDLE_WIDTH, size - full)
    if (tail === null) throw new LogFault('store-changed')
    if (signed !== null && !equalBytes(grown(tree, tail).root(), signed.root))
      throw new LogFault('store-changed')
    this.#note = note
    this.#signed = size
    this.#tree = tree
    this.#tail = tail
    return tree
  }

  /** The entries from the tree's end up to `to`: what the store has of them comes from there. */
  async #upTo(sql: Connection['sql'], tree: MerkleFrontier, to: number): Promise<Uint8Array[]> {
    return [...this.#tail, ...(await sequencedEntries(sql, tree.size + this.#tail.length, to))]
  }

  async #put(from: number, entries: readonly Uint8Array[]): Promise<void> {
    try {
      await this.#store.putEntries(from / BUNDLE_WIDTH, entries)
    } catch (error) {
      if (error instanceof StoreConflict) throw new LogFault('store-changed')
      throw error
    }
  }
}

const grown = (tree: MerkleFrontier, entries: readonly Uint8Array[]): MerkleFrontier => {
  const next = tree.clone()
  for (const bytes of entries) next.append(leafHash(bytes))
  return next
}

/** The bytes of leaves `from` up to, and without, `to`: those that were sequenced, or LogFault. */
const sequencedEntries = async (sql: Connection['sql'], from: number, to: number): Promise<Uint8Array[]> => {
  if (from >= to) return []
  const leaves = await sql<{ entry_id: EntryId; leaf_hash: Buffer }[]>`
    select entry_id, leaf_hash from audit_leaves where index >= ${from} and index < ${to} order by index`
  const stored = await storedEntries(
    sql,
    leaves.map(({ entry_id }) => entry_id),
  )
  const entries = leaves.map(({ entry_id, leaf_hash }) => {
    const bytes = stored.get(entry_id)?.bytes
    if (bytes === undefined || !equalBytes(leafHash(bytes), leaf_hash)) throw new LogFault('entry-lost')
    return bytes
  })
  if (entries.length !== to - from) throw new LogFault('leaves-mismatch')
  return entries
}
