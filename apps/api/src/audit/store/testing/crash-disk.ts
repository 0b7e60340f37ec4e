import { dirname } from 'node:path'
import type { Disk } from '../disk.ts'

/** Thrown by every operation from the one on that the machine dies in. */
export class Died extends Error {}

interface Inode {
  readonly bytes: Uint8Array
  synced: boolean
}

/** A folder is an entry without content. */
type Names = Map<string, Inode | null>

/**
 * A file system in memory that dies at an operation of one's choice, and then is what a real one may be:
 * `synced`: only names whose folders were synced are left. `named`: all names are, and files that were not
 * synced are torn. Both are what POSIX allows.
 */
export class CrashDisk implements Disk {
  #names: Names = new Map([['.', null]])
  #durable: Names = new Map([['.', null]])
  #left: number

  constructor(operations = Number.POSITIVE_INFINITY) {
    this.#left = operations
  }

  /** The disk after the crash, on which everything works again. */
  after(what: 'synced' | 'named'): CrashDisk {
    const next = new CrashDisk()
    const names = what === 'named' ? this.#names : this.#durable
    for (const [path, inode] of names) {
      if (![...ancestors(path)].every((folder) => names.has(folder))) continue
      const torn =
        inode === null || inode.synced
          ? inode
          : { bytes: inode.bytes.slice(0, inode.bytes.length / 2), synced: true }
      next.#names.set(path, torn)
      next.#durable.set(path, torn)
    }
    return next
  }

  #step(): void {
    if (this.#left-- <= 0) throw new Died('the machine has died')
  }

  async read(path: string): Promise<Uint8Array | null> {
    return this.#names.get(path)?.bytes ?? null
  }

  async list(folder: string): Promise<string[]> {
    return [...this.#names.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => path.slice(folder.length + 1))
  }

  async makeFolder(path: string): Promise<void> {
    this.#step()
    if (!this.#names.has(dirname(path))) throw new Error(`no folder for ${path}`)
    if (!this.#names.has(path)) this.#names.set(path, null)
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#step()
    if (!this.#names.has(dirname(path))) throw new Error(`no folder for ${path}`)
    this.#names.set(path, { bytes: Uint8Array.from(bytes), synced: false })
  }

  async sync(path: string): Promise<void> {
    this.#step()
    const inode = this.#names.get(path)
    if (inode) inode.synced = true
  }

  async syncFolder(folder: string): Promise<void> {
    this.#step()
    for (const path of [...this.#durable.keys()]) {
      if (path !== '.' && dirname(path) === folder && !this.#names.has(path)) this.#durable.delete(path)
    }
    for (const [path, inode] of this.#names) if (dirname(path) === folder) this.#durable.set(path, inode)
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step()
    const inode = this.#names.get(from)
    if (inode === undefined) throw new Error(`no ${from}`)
    this.#names.set(to, inode)
    this.#names.delete(from)
  }

  async remove(path: string): Promise<void> {
    this.#step()
    this.#names.delete(path)
  }
}

function* ancestors(path: string): Iterable<string> {
  for (let at = dirname(path); at !== '.'; at = dirname(at)) yield at
}
