import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbedded } from '@chartward/db'

/** Stands in the folder of a demo from before anything of it is made until all of it is. */
const MARK = 'demo-unfinished'
/** What says which process has the folder. */
const LOCK = 'chartward.pid'

const markIn = (folder: string): string => join(folder, MARK)

/** Says that whatever is in the folder from now on is of a demo that is not complete. */
export const markUnfinished = (folder: string): void =>
  writeFileSync(markIn(folder), 'A demo is being made here. One that is not complete is made anew.\n', {
    mode: 0o600,
  })

export const markFinished = (folder: string): void => rmSync(markIn(folder), { force: true })

/** Whether a database is in the folder that no unfinished demo has made: not ours to delete. */
export const holdsData = (folder: string): boolean =>
  existsSync(join(folder, 'postgres.json')) && !existsSync(markIn(folder))

/**
 * Deletes what a start that was killed has left of a demo, with its keys and its log: half of one is never
 * shown as whole. Touches nothing in a folder that is not marked. Killed itself, it is done again.
 */
export const removeUnfinished = async (folder: string): Promise<boolean> => {
  if (!existsSync(markIn(folder))) return false
  if (existsSync(join(folder, 'postgres.json'))) {
    // A server that the killed process has left running is stopped by the next start of it.
    const left = await startEmbedded(folder).catch(() => null)
    await left?.stop()
  }
  for (const name of readdirSync(folder)) {
    if (name !== MARK && name !== LOCK) rmSync(join(folder, name), { recursive: true, force: true })
  }
  return true
}
