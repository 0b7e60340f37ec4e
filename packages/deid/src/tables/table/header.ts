import { DeidError } from '../../shared/errors.ts'

/** Refuses (`bad-csv`) a header that names a column twice, or not at all. */
export const checkHeader = (names: readonly string[]): void => {
  const seen = new Set<string>()
  for (const [at, name] of names.entries()) {
    if (name === '') throw new DeidError('bad-csv', `Column ${at + 1} has no name in the header.`)
    if (seen.has(name)) throw new DeidError('bad-csv', `The header names the column "${name}" twice.`)
    seen.add(name)
  }
}

export const emptyTable = (): DeidError => new DeidError('empty-table', 'The table has no rows.')
