import { equalBytes } from './bytes.ts'
import { AuditError } from './errors.ts'
import { leafHash as hashLeaf, parseEntry } from './leaf.ts'
import { SEARCHABLE_COLUMNS, type SearchableColumns, searchableColumns } from './searchable-columns.ts'

/**
 * A row as the database gives it: each column in the spelling of `searchableColumns` (so `at` with
 * microseconds and Z).
 */
export interface InspectedRow {
  columns: { readonly [K in keyof SearchableColumns]: string | null }
  bytes: Uint8Array
  leafHash: Uint8Array
  index: number
}

export interface RowProblem {
  index: number
  code: 'leaf-hash-mismatch' | 'malformed-entry' | 'column-mismatch'
  /** The column that disagrees; for a leaf hash or an entry, where it is stored. */
  column: keyof SearchableColumns | 'leafHash' | 'bytes'
  /** Names, never values. */
  detail: string
}

/**
 * Every disagreement inside one stored row: bytes against leaf hash, searchable columns against bytes. Empty
 * where all agrees. Whether the leaf hash itself is the one that was signed is for the tree to say.
 */
export const inspectRow = ({ columns, bytes, leafHash, index }: InspectedRow): RowProblem[] => {
  const problems: RowProblem[] = []
  if (!equalBytes(hashLeaf(bytes), leafHash)) {
    const detail = 'the stored bytes do not hash to the stored leaf hash'
    problems.push({ index, code: 'leaf-hash-mismatch', column: 'leafHash', detail })
  }
  const expected = hashedColumns(bytes)
  if (expected instanceof AuditError) {
    problems.push({ index, code: 'malformed-entry', column: 'bytes', detail: expected.message })
    return problems
  }
  for (const column of SEARCHABLE_COLUMNS) {
    if (columns[column] === expected[column]) continue
    problems.push({
      index,
      code: 'column-mismatch',
      column,
      detail: `${column} is not what the hashed bytes say`,
    })
  }
  return problems
}

const hashedColumns = (bytes: Uint8Array): SearchableColumns | AuditError => {
  try {
    return searchableColumns(parseEntry(bytes))
  } catch (error) {
    if (error instanceof AuditError) return error
    throw error
  }
}
