import { schema } from '@chartward/db'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { KIND_NAMES, KINDS, sealedColumns } from './kinds.ts'

describe('what rows say', () => {
  it.each(KIND_NAMES)('leaves no column of a %s undecided, and takes none twice', (kind) => {
    const { table, said, passing, unsaid } = KINDS[kind]
    const decided: string[] = [...said, ...passing, ...unsaid, 'rowVersion', 'seal']
    expect(decided.toSorted()).toEqual(Object.keys(getTableColumns<PgTable>(table)).toSorted())
  })

  it.each(KIND_NAMES)('holds whose a %s is', (kind) => {
    const { said, owner } = KINDS[kind]
    expect(said).toContain(owner ?? 'narrowed')
  })

  it('is said of every table that has a seal', () => {
    const sealed = Object.values(schema).flatMap((value: unknown) =>
      is(value, PgTable) && 'seal' in getTableColumns(value) ? [getTableName(value)] : [],
    )
    expect(KIND_NAMES.map((kind) => getTableName(KINDS[kind].table)).toSorted()).toEqual(sealed.toSorted())
  })

  it('is read by the names that the columns have in the database', () => {
    expect(sealedColumns('factor')).toContainEqual({ name: 'confirmedAt', column: 'confirmed_at' })
  })
})
