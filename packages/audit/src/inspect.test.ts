import { describe, expect, it } from 'vitest'
import { checkEntry } from './check-entry.ts'
import { inspectRow } from './inspect.ts'
import { entryBytes, leafHash, parseEntry } from './leaf.ts'
import { SEARCHABLE_COLUMNS, searchableColumns } from './searchable-columns.ts'
import { flipped, mintEntry } from './testing/mint.ts'

const bytes = entryBytes(mintEntry())
const row = { columns: searchableColumns(parseEntry(bytes)), bytes, leafHash: leafHash(bytes), index: 4 }

describe('inspectRow', () => {
  it('finds nothing in a row as it was written', () => {
    expect(inspectRow(row)).toEqual([])
    expect(SEARCHABLE_COLUMNS).toEqual(Object.keys(row.columns))
  })

  it.each(SEARCHABLE_COLUMNS)(
    'names the column %s when it was changed or emptied behind the hash',
    (column) => {
      for (const value of ['changed', null]) {
        const problems = inspectRow({ ...row, columns: { ...row.columns, [column]: value } })
        expect(problems).toMatchObject([{ index: 4, code: 'column-mismatch', column }])
        expect(problems[0]?.detail).not.toContain('changed')
      }
    },
  )

  it('names the leaf hash when it was changed', () => {
    const problems = inspectRow({ ...row, leafHash: flipped(row.leafHash, 5) })
    expect(problems).toMatchObject([{ index: 4, code: 'leaf-hash-mismatch', column: 'leafHash' }])
  })

  it('names leaf hash and column when the bytes were replaced by those of another entry', () => {
    const other = entryBytes({ ...mintEntry(), ip: '10.0.0.1' })
    const problems = inspectRow({ ...row, bytes: other })
    expect(problems.map(({ column }) => column)).toEqual(['leafHash', 'ip'])
  })

  it('says so when the bytes are no entry', () => {
    const problems = inspectRow({ ...row, bytes: bytes.subarray(1) })
    expect(problems.map((problem) => problem.code)).toEqual(['leaf-hash-mismatch', 'malformed-entry'])
  })
})

describe('searchableColumns', () => {
  it.each([
    [{ kind: 'user', id: 'u' }, 'u'],
    [{ kind: 'service', name: 's' }, 's'],
    [{ kind: 'system', name: 't' }, 't'],
    [{ kind: 'anonymous' }, null],
  ] as const)('flattens the actor %o', (actor, actorId) => {
    expect(searchableColumns(checkEntry({ ...mintEntry(), actor }))).toMatchObject({
      actorKind: actor.kind,
      actorId,
    })
  })
})
