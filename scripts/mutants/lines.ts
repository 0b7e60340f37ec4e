import { readFile } from 'node:fs/promises'
import { MUTANTS } from './list.ts'

/** The mutants whose line stands in its file other than once, or null: seen before any of them is run. */
export const checkMutantLines = async (): Promise<string | null> => {
  const faults: string[] = []
  for (const mutant of MUTANTS) {
    if (!('file' in mutant)) continue
    const times = (await readFile(mutant.file, 'utf8')).split(mutant.from).length - 1
    if (times !== 1) faults.push(`${mutant.file}: the line of "${mutant.name}" is there ${times} times`)
  }
  return faults.length === 0 ? null : faults.join('\n')
}
