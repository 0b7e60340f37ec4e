import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { folderDisk, replaceDurably } from '../../audit/store/disk.ts'
import type { NoteKeys } from '../bundles/note-keys.ts'
import { formatLine, hashOfLine, type LedgerEvent, type LedgerLine, readLines } from './ledger-line.ts'

const FOLDER = 'shred-ledger'
const FILE = `${FOLDER}/lines`

/**
 * The ledger of destructions, in the folder in which the log is kept outside the database: one line for each,
 * chained and signed, and none is ever taken away. A database that is restored from a backup learns from it
 * what it has to destroy again.
 */
export class Ledger {
  readonly #folder: string
  readonly #installation: string
  readonly #key: NoteKeys

  constructor(folder: string, installation: string, key: NoteKeys) {
    this.#folder = folder
    this.#installation = installation
    this.#key = key
  }

  /** All lines, verified. Rejects with LedgerBroken. */
  async lines(): Promise<LedgerLine[]> {
    return readLines(await this.#text(), this.#key.verifierKeys)
  }

  /**
   * Adds a line, durably, or gives the one that is there of this destruction. Whoever calls it holds a lock
   * that lets nobody else do so. Killed anywhere, all of the line is there or nothing.
   */
  async append(event: LedgerEvent): Promise<LedgerLine> {
    const lines = await this.lines()
    const there = lines.find(({ shred }) => shred === event.shred)
    if (there !== undefined) return there
    const text = await this.#text()
    const before = {
      index: lines.length,
      previous: lines.at(-1)?.hash ?? null,
      installation: this.#installation,
    }
    const line = formatLine(event, before, this.#key)
    const disk = folderDisk(this.#folder)
    await disk.makeFolder(FOLDER)
    await disk.syncFolder('.')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    await replaceDurably(disk, FILE, Buffer.from(`${whole}${line}\n`))
    return { format: 'chartward/shred-ledger/1', ...before, ...event, hash: hashOfLine(line) }
  }

  /** Rejects where the ledger is not as it was written, or no line can be added to it. */
  async requireOpen(): Promise<void> {
    await this.lines()
    const disk = folderDisk(this.#folder)
    const probe = `${FOLDER}/open-${randomUUID()}`
    await disk.makeFolder(FOLDER)
    await disk.write(probe, Buffer.of())
    await disk.remove(probe)
  }

  async #text(): Promise<string> {
    const bytes = await folderDisk(this.#folder).read(FILE)
    return bytes === null ? '' : Buffer.from(bytes).toString('utf8')
  }
}

/** Where the ledger of an installation stands, for whoever looks for it. */
export const ledgerFile = (logStore: string): string => join(logStore, FILE)
