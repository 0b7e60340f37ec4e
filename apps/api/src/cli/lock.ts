import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from './usage-error.ts'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const claim = (file: string): boolean => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

const fileIn = (folder: string): string => join(folder, 'chartward.pid')

/**
 * The process that has claimed the folder and is still there, or null. The claim of one that was killed
 * counts no more.
 */
export const holderOf = (folder: string): number | null => {
  const pid = existsSync(fileIn(folder)) ? Number(readFileSync(fileIn(folder), 'utf8')) : 0
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid) ? pid : null
}

/**
 * Claims a data folder for this process, so that two can't run the same embedded database. Gives the release;
 * throws UsageError where another process has the folder.
 */
export const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = fileIn(folder)
  if (!claim(file)) {
    const holder = holderOf(folder)
    if (holder !== null) {
      throw new UsageError(
        `Process ${holder} is running on ${folder}: stop it first, or name another folder with --data.`,
      )
    }
    rmSync(file, { force: true })
    if (!claim(file)) throw new UsageError(`Another process has just started on ${folder}.`)
  }
  return () => rmSync(file, { force: true })
}
