import { readFile } from 'node:fs/promises'
import { UsageError } from '../usage-error.ts'

/** Lines of a file of age's, without comments. */
const linesOf = async (file: string): Promise<string[]> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} can not be read.`)
  })
  return text.split('\n').flatMap((line) => (line.trim() === '' || line.startsWith('#') ? [] : [line.trim()]))
}

/**
 * The public keys that a backup is encrypted to: given one by one, or in a file (`age -R`). Throws UsageError
 * where there are none, and where a secret key was given in the place of one.
 */
export const readRecipients = async (
  given: readonly string[],
  file: string | undefined,
): Promise<string[]> => {
  const all = [...given, ...(file === undefined ? [] : await linesOf(file))]
  if (all.some((line) => line.startsWith('AGE-SECRET-KEY-')))
    throw new UsageError(
      'A secret key was given where a public one belongs. Secret keys stay off this machine: give the line that begins with age1.',
    )
  if (all.length === 0)
    throw new UsageError(
      'Say to whom it is encrypted: --to-key age1…, or a file of public keys. `age-keygen` makes a pair; its secret half stays off this machine.',
    )
  return all
}

/** The secret keys of identity files (`age -i`). Throws UsageError. */
export const readIdentities = async (files: readonly string[]): Promise<string[]> => {
  const all = (await Promise.all(files.map(linesOf))).flat()
  if (all.length === 0)
    throw new UsageError('Give --identity with a file that holds the secret key of age (AGE-SECRET-KEY-…).')
  return all
}
