import { dirname } from 'node:path'
import {
  AuditError,
  BUNDLE_WIDTH,
  equalBytes,
  formatEntryBundle,
  parseEntryBundle,
  tilePath,
} from '@chartward/audit'
import { type Disk, replaceDurably } from './disk.ts'

/** A file of the store is there already and says something else: what is written is never written over. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict'
}

const CHECKPOINT = 'checkpoint'
const ROOT = '.'

const fullPath = (bundle: number): string => `tile/entries/${tilePath(bundle)}`
const partialFolder = (bundle: number): string => `${fullPath(bundle)}.p`
const bundlePath = (bundle: number, width: number): string =>
  width === BUNDLE_WIDTH ? fullPath(bundle) : `${partialFolder(bundle)}/${width}`
const historyPath = (bundle: number): string => `checkpoints/${tilePath(bundle)}`

/**
 * The log outside the database, in the layout of C2SP tlog-tiles:
 *
 *     checkpoint                        the last signed checkpoint: the one file that is replaced
 *     checkpoints/x001/067              the first one that was signed with 1,067 full bundles or more
 *     tile/entries/x001/067             256 entries, the exact bytes of each behind its length
 *     tile/entries/x001/068.p/12        the bundle that is not full yet, 12 entries wide
 *
 * A file has its name only once it is whole and durable, so that whatever is killed, what can be read is what
 * was written. The store believes nobody: whoever reads it verifies the checkpoint and hashes the entries.
 */
export class LogStore {
  readonly #disk: Disk
  readonly #folders = new Set<string>([ROOT])

  constructor(disk: Disk) {
    this.#disk = disk
  }

  /** The last checkpoint, as signed; null in a folder that has none. */
  async checkpoint(): Promise<string | null> {
    return this.#text(CHECKPOINT)
  }

  /** The checkpoint that was kept when `bundle` became the first that is not full, or null. */
  async earlierCheckpoint(bundle: number): Promise<string | null> {
    return this.#text(historyPath(bundle))
  }

  /** The first `count` entries of a bundle, exactly; null where they are not there, or not whole. */
  async entries(bundle: number, count: number): Promise<Uint8Array[] | null> {
    for (const width of await this.#widths(bundle, count)) {
      const bytes = await this.#disk.read(bundlePath(bundle, width))
      const entries = bytes === null ? null : parsed(bytes)
      if (entries?.length === width) return entries.slice(0, count)
    }
    return null
  }

  /**
   * Entries that were stored beyond the first `size`, where whoever stored them was killed before the
   * checkpoint over them was.
   */
  async *beyond(size: number): AsyncIterable<{ readonly index: number; readonly bytes: Uint8Array }> {
    for (let at = size; ; ) {
      const bundle = Math.floor(at / BUNDLE_WIDTH)
      const start = bundle * BUNDLE_WIDTH
      const widest = (await this.entries(bundle, BUNDLE_WIDTH)) ?? (await this.#widestPartial(bundle))
      yield* widest.slice(at - start).map((bytes, i) => ({ index: at + i, bytes }))
      if (widest.length < BUNDLE_WIDTH) return
      at = start + BUNDLE_WIDTH
    }
  }

  /**
   * Writes a bundle, full or partial, durably; does nothing where it is there. Rejects with StoreConflict.
   */
  async putEntries(bundle: number, entries: readonly Uint8Array[]): Promise<void> {
    await this.#putOnce(bundlePath(bundle, entries.length), formatEntryBundle(entries))
  }

  /**
   * Puts `note`, signed over `size` entries that the store holds, in the place of `expected`, durably.
   * Rejects with StoreConflict where another has been put there meanwhile.
   */
  async putCheckpoint(note: string, size: number, expected: string | null): Promise<void> {
    if ((await this.checkpoint()) !== expected)
      throw new StoreConflict('another checkpoint was stored meanwhile')
    const full = Math.floor(size / BUNDLE_WIDTH)
    const bytes = Buffer.from(note)
    if (full > 0 && (await this.earlierCheckpoint(full)) === null)
      await this.#putOnce(historyPath(full), bytes)
    await this.#replace(CHECKPOINT, bytes)
  }

  /**
   * Takes away the partial files of the bundle that `before` entries ended in, as far as the checkpoint over
   * `size` has made them needless. A folder that lets nothing be deleted keeps them: they do no harm.
   */
  async tidy(before: number, size: number): Promise<void> {
    const bundle = Math.floor(before / BUNDLE_WIDTH)
    const needed = Math.min(size - bundle * BUNDLE_WIDTH, BUNDLE_WIDTH)
    for (const width of await this.#partialWidths(bundle)) {
      if (width < needed) await this.#disk.remove(bundlePath(bundle, width)).catch(() => undefined)
    }
  }

  async #text(path: string): Promise<string | null> {
    const bytes = await this.#disk.read(path)
    return bytes === null ? null : Buffer.from(bytes).toString('utf8')
  }

  /** Widths of a bundle's files that hold `count` entries or more, the narrowest first; the full one last. */
  async #widths(bundle: number, count: number): Promise<number[]> {
    if (count === BUNDLE_WIDTH) return [BUNDLE_WIDTH]
    const partial = (await this.#partialWidths(bundle)).filter((width) => width >= count)
    return [...partial.sort((a, b) => a - b), BUNDLE_WIDTH]
  }

  async #partialWidths(bundle: number): Promise<number[]> {
    const names = await this.#disk.list(partialFolder(bundle))
    return names.filter((name) => /^[1-9]\d{0,2}$/.test(name)).map(Number)
  }

  async #widestPartial(bundle: number): Promise<Uint8Array[]> {
    const widest = Math.max(0, ...(await this.#partialWidths(bundle)))
    return widest === 0 ? [] : ((await this.entries(bundle, widest)) ?? [])
  }

  async #putOnce(path: string, bytes: Uint8Array): Promise<void> {
    const there = await this.#disk.read(path)
    if (there === null) return this.#replace(path, bytes)
    if (!equalBytes(there, bytes)) throw new StoreConflict('a file of the store holds something else')
    // Whoever wrote it may have been killed before its name was durable.
    await this.#makeFolder(dirname(path))
    await this.#disk.syncFolder(dirname(path))
  }

  async #replace(path: string, bytes: Uint8Array): Promise<void> {
    await this.#makeFolder(dirname(path))
    await replaceDurably(this.#disk, path, bytes)
  }

  async #makeFolder(path: string): Promise<void> {
    if (this.#folders.has(path)) return
    const parent = dirname(path)
    await this.#makeFolder(parent)
    await this.#disk.makeFolder(path)
    await this.#disk.syncFolder(parent)
    this.#folders.add(path)
  }
}

const parsed = (bytes: Uint8Array): Uint8Array[] | null => {
  try {
    return parseEntryBundle(bytes)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}
