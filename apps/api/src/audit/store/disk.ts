import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * What the log store asks of a file system, paths from its root. What is written or renamed may be gone after
 * a crash of the machine until `sync` of the file, and `syncFolder` of the folder that names it, have
 * resolved (POSIX fsync).
 */
export interface Disk {
  /** Null where there is no such file. */
  read(path: string): Promise<Uint8Array | null>
  /** Names in a folder; none where there is no such folder. */
  list(folder: string): Promise<string[]>
  makeFolder(path: string): Promise<void>
  write(path: string, bytes: Uint8Array): Promise<void>
  sync(path: string): Promise<void>
  syncFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
}

/** The folder's group may read, so that an auditor's account can; nobody but the owner writes. */
const FILE = 0o640
const FOLDER = 0o750

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

const syncAt = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A folder that is there already. */
export const folderDisk = (root: string): Disk => ({
  read: async (path) => {
    try {
      return await readFile(join(root, path))
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null
      throw error
    }
  },
  list: async (folder) => {
    try {
      return await readdir(join(root, folder))
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return []
      throw error
    }
  },
  makeFolder: async (path) => {
    await mkdir(join(root, path), { mode: FOLDER }).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error
    })
  },
  write: async (path, bytes) => {
    const handle = await open(join(root, path), 'w', FILE)
    try {
      await handle.writeFile(bytes)
    } finally {
      await handle.close()
    }
  },
  sync: (path) => syncAt(join(root, path)),
  syncFolder: (path) => syncAt(join(root, path)),
  rename: (from, to) => rename(join(root, from), join(root, to)),
  remove: (path) => rm(join(root, path), { force: true }),
})

/**
 * Puts `bytes` under a name, in a folder that is there: whole and durable under another name first, so that a
 * reader, also one after a crash, sees all of them or what was there before.
 */
export const replaceDurably = async (disk: Disk, path: string, bytes: Uint8Array): Promise<void> => {
  // Random, for two machines on one volume may have processes of one number.
  const unfinished = `${path}.new-${randomUUID()}`
  await disk.write(unfinished, bytes)
  await disk.sync(unfinished)
  await disk.rename(unfinished, path)
  await disk.syncFolder(dirname(path))
}
