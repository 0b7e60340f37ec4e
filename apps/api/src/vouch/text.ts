import { canonicalise, type JsonValue } from '@chartward/audit'
import { type Column, getTableColumns } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { KINDS, type Kind } from './kinds.ts'

/** A later layout of what a kind says gets a number of its own, so that both can be told apart. */
export const LAYOUT = 1

/** As PostgreSQL writes an instant in UTC: taken apart, which is several times faster than as a Date. */
const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})0*)?\+00$/

/**
 * An instant to the millisecond, as the application writes them. One that has more digits is none of ours,
 * and is left as it is: it fits no seal.
 */
export const instantText = (value: unknown): JsonValue => {
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return null
  const [, day, time, fraction = ''] = IN_UTC.exec(value) ?? []
  if (day !== undefined) return `${day}T${time}.${fraction.padEnd(3, '0')}Z`
  const more = /\.\d{3}(\d+)/.exec(value)?.[1]
  return more !== undefined && /[1-9]/.test(more) ? value : new Date(value).toISOString()
}

const asItIs = (value: unknown): JsonValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

/** How the values of a column are written down, by its type in PostgreSQL. */
const writerOf = (column: Column): ((value: unknown) => JsonValue) => {
  const type = column.getSQLType()
  if (type.startsWith('timestamp')) return instantText
  // A text where it is read without the ORM.
  if (type === 'bigint') return (value) => Number(value)
  if (type === 'bytea')
    return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : null)
  // jsonb keeps no order of keys.
  if (type === 'jsonb') return (value) => Buffer.from(canonicalise(value as JsonValue)).toString('utf8')
  if (type.endsWith('[]')) return (value) => (Array.isArray(value) ? value.map(asItIs) : null)
  return asItIs
}

type Writer = readonly [name: string, write: (value: unknown) => JsonValue]

const writersOf = (kind: Kind, names: readonly string[]): readonly Writer[] => {
  const columns: Readonly<Record<string, Column>> = getTableColumns<PgTable>(KINDS[kind].table)
  return names.map((name) => {
    const column = columns[name]
    if (column === undefined) throw new Error(`${kind} has no column ${name}`)
    return [name, writerOf(column)]
  })
}

const WRITERS = Object.fromEntries(
  Object.entries(KINDS).map(([kind, { said, passing }]) => [
    kind,
    { said: writersOf(kind as Kind, said), passing: writersOf(kind as Kind, passing) },
  ]),
) as Readonly<Record<Kind, { readonly said: readonly Writer[]; readonly passing: readonly Writer[] }>>

const written = (writers: readonly Writer[], row: Readonly<Record<string, unknown>>): JsonValue[] =>
  writers.map(([name, write]) => {
    const value = row[name]
    return value === null || value === undefined ? null : write(value)
  })

/** What a row says, as the text that is hashed: its kind, its version, and its values in the kind's order. */
export const saidText = (kind: Kind, rowVersion: number, row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(['chartward/v1/row', kind, LAYOUT, rowVersion, ...written(WRITERS[kind].said, row)])

/** What of a row changes without an entry. */
export const passingText = (kind: Kind, row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(written(WRITERS[kind].passing, row))
