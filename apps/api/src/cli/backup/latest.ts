import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FILE } from '../../services/backups/container/write-artifact.ts'
import { UsageError } from '../usage-error.ts'

/** A backup's folder itself, or the latest of those in a folder whose names begin so. Throws UsageError. */
export const latestIn = async (folder: string, prefix: 'chartward-' | 'chartward-keys-'): Promise<string> => {
  if (existsSync(join(folder, MANIFEST_FILE))) return folder
  const pattern = new RegExp(`^${prefix}\\d{4}-\\d\\d-\\d\\dT`)
  const names = (await readdir(folder).catch(() => [])).filter((name) => pattern.test(name))
  const latest = names.toSorted().at(-1)
  if (latest === undefined) throw new UsageError(`There is no backup in ${folder}.`)
  return join(folder, latest)
}
