import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { ReleaseSink } from '@chartward/deid/tables'
import type { ReleaseFolder } from '@chartward/deid/tables/verify'
import { UsageError } from '../usage-error.ts'

/**
 * A release in the making. It stands beside its place under another name until `finish`: OUT is there whole,
 * or not at all.
 */
export interface PendingRelease {
  readonly sink: ReleaseSink
  /** What has been written, for the verifier. */
  readonly folder: ReleaseFolder
  /** Makes it last and gives it its place. */
  finish(): Promise<void>
  /** Removes what has been written. */
  discard(): Promise<void>
}

/** A folder as the verifier reads it. */
export const releaseFolder = (path: string): ReleaseFolder => ({
  names: () => readdir(path),
  read: (name) => createReadStream(join(path, name)),
})

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is one too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Removes what runs for the same place have left that were killed before they could. */
const removeAbandoned = async (out: string): Promise<void> => {
  const prefix = `${basename(out)}.partial-`
  for (const name of await readdir(dirname(out))) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    if (Number.isInteger(pid) && !isAlive(pid))
      await rm(join(dirname(out), name), { recursive: true, force: true })
  }
}

const requireFree = async (out: string): Promise<void> => {
  const parent = await stat(dirname(out)).catch(() => null)
  if (parent === null || !parent.isDirectory())
    throw new UsageError(`There is no folder ${dirname(out)}: make it first.`)
  const names = await readdir(out).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new UsageError(`${out} is in the way: name a folder that does not exist.`)
  })
  if (names.length > 0) throw new UsageError(`${out} is not empty: a release is never written over another.`)
}

/** Makes the names in a folder last. */
export const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Begins a release that is to stand at `path`. Rejects with UsageError where something stands there already.
 */
export const beginRelease = async (path: string, signal: AbortSignal): Promise<PendingRelease> => {
  const out = resolve(path)
  await requireFree(out)
  await removeAbandoned(out)
  const partial = `${out}.partial-${process.pid}`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { mode: 0o700 })
  return {
    sink: {
      write: async (name, chunks) => {
        const file = await open(join(partial, name), 'wx', 0o600)
        try {
          for await (const chunk of chunks) {
            signal.throwIfAborted()
            await file.write(chunk)
          }
          await file.sync()
        } finally {
          await file.close()
        }
      },
    },
    folder: releaseFolder(partial),
    finish: async () => {
      await syncFolder(partial)
      await rename(partial, out)
      await syncFolder(dirname(out))
    },
    discard: () => rm(partial, { recursive: true, force: true }),
  }
}
