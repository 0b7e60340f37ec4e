import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/**
 * Claims a data folder for this process, so that two can't run the same embedded database. The claim of a process that was
 * killed counts no more. Gives the release; throws UsageError where another process has the folder.
 */
export const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'chartward.pid')
  if (!claim(file)) {
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid !== process.pid && Number.isInteger(pid) && pid > 0 && isAlive(pid)) {
      throw new UsageError(
        `Process ${pid} is running on ${folder}: stop it first, or name another folder with --data.`,
      )
    }
    rmSync(file, { force: true })
    if (!claim(file)) throw new UsageError(`Another process has just started on ${folder}.`)
  }
  return () => rmSync(file, { force: true })
}
