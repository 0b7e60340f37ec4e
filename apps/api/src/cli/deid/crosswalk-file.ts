import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createIdMap, type IdMap } from '@chartward/deid'
import { z } from 'zod'
import { UsageError } from '../usage-error.ts'
import { syncFolder } from './release-folder.ts'

const crosswalkSchema = z.strictObject({
  format: z.literal('chartward-deid-crosswalk/1'),
  entries: z.array(z.tuple([z.string(), z.string()])),
})

/**
 * From the source's ids to a release's random ones, kept in a file of its own: PHI, and never part
 * of the release.
 */
export interface Crosswalk {
  readonly ids: IdMap
  /**
   * Keeps the ids that have come to it. Before the release is put in its place: no released id is
   * ever unknown here.
   */
  save(): Promise<void>
}

const readEntries = async (path: string): Promise<readonly (readonly [string, string])[]> => {
  const info = await stat(path).catch((error: unknown) => {
    // Whatever else keeps it from being looked at must not let an empty one take its place.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new UsageError(`${path} can not be read: check the path and its folders.`)
  })
  if (info === null) return []
  if (process.platform !== 'win32' && (info.mode & 0o077) !== 0)
    throw new UsageError(`${path} can be read by other accounts: chmod 600 it.`)
  const parsed = crosswalkSchema.safeParse(
    await readFile(path, 'utf8')
      .then(JSON.parse)
      .catch(() => null),
  )
  if (!parsed.success) throw new UsageError(`${path} is not a crosswalk: restore it from its backup.`)
  return parsed.data.entries
}

/**
 * Opens a crosswalk; a file that does not exist is an empty one. The ids of an earlier run are given again.
 */
export const openCrosswalk = async (path: string): Promise<Crosswalk> => {
  const ids = createIdMap(randomUUID, await readEntries(path))
  const known = ids.size
  return {
    ids,
    save: async () => {
      if (ids.size === known) return
      // Its ids would be lost with the rename, and their releases could never be told apart again.
      if ((await readEntries(path)).length !== known)
        throw new UsageError(`Another run has changed ${path} meanwhile: run this one again.`)
      const draft = `${path}.new-${process.pid}`
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(
          `${JSON.stringify({ format: 'chartward-deid-crosswalk/1', entries: [...ids.entries()] })}\n`,
        )
        await file.sync()
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      } finally {
        await file.close()
      }
      await rename(draft, path)
      await syncFolder(dirname(path))
    },
  }
}
