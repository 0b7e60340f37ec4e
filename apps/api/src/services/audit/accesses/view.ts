import { type AuditEntryBase, shownPatients } from '@chartward/audit'
import type { Access, AccessViewer } from '@chartward/contract'
import { schema } from '@chartward/db'
import { inArray } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import type { StoredEntry } from '../../../audit/log/stored-entries.ts'
import type { VerbContext } from '../../../guard/guard.ts'
import { holds } from '../../../guard/holds.ts'
import { userNames } from '../../users/names.ts'
import { auditRows, parsedEntry } from '../entry-view.ts'
import { explanationsOf } from '../explained.ts'
import { readNote } from '../read-note.ts'
import type { ViewerRow } from './find.ts'
import { groundOf, relationshipThen, rolesThen } from './ground.ts'

type Kinds = ReadonlyMap<string, NonNullable<Access['relationship']>['kind']>

/** Of what kind these care relationships are, as far as they are known still. */
export const kindsOf = async ({ db }: Pick<App, 'db'>, ids: readonly string[]): Promise<Kinds> => {
  if (ids.length === 0) return new Map()
  const { careRelationships } = schema
  const rows = await db.orm
    .select({ id: careRelationships.id, kind: careRelationships.kind })
    .from(careRelationships)
    .where(inArray(careRelationships.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}

/** What somebody typed as a reason: opened for whoever may open entries, and told to be there to others. */
const noteOf = async (
  ctx: VerbContext,
  stored: StoredEntry,
  entry: AuditEntryBase | null,
): Promise<Pick<Access, 'note' | 'noteWithheld'>> => {
  const hash = entry?.noteHash ?? null
  if (hash === null) return { note: null, noteWithheld: false }
  if (!holds(ctx, 'audit:entry:read')) return { note: null, noteWithheld: true }
  const read = await readNote(ctx.app, stored.columns.id, hash)
  return read === null || read === 'changed'
    ? { note: null, noteWithheld: true }
    : { note: read.text, noteWithheld: false }
}

/**
 * Entries as accesses, in the order given: with who it was then, and by what they reached the patient. The
 * other patients of a list are counted and not named.
 */
export const accessesOf = async (ctx: VerbContext, found: readonly StoredEntry[]): Promise<Access[]> => {
  const rows = await auditRows(ctx.app.db.sql, found)
  const entries = found.map(({ bytes }) => parsedEntry(bytes))
  const ids = entries.flatMap((entry) => (entry === null ? null : relationshipThen(entry)) ?? [])
  const kinds = await kindsOf(ctx.app, ids)
  const explained = await explanationsOf(ctx.app.db.sql, rows)
  return Promise.all(
    rows.flatMap((row, at) => {
      const stored = found[at]
      return stored === undefined
        ? []
        : [viewOf(ctx, { row, stored, entry: entries[at] ?? null, kinds, explained })]
    }),
  )
}

interface Seen {
  readonly row: Awaited<ReturnType<typeof auditRows>>[number]
  readonly stored: StoredEntry
  readonly entry: AuditEntryBase | null
  readonly kinds: Kinds
  readonly explained: Awaited<ReturnType<typeof explanationsOf>>
}

const viewOf = async (ctx: VerbContext, { row, stored, entry, kinds, explained }: Seen): Promise<Access> => {
  const relationship = entry === null ? null : relationshipThen(entry)
  return {
    ...row,
    roles: entry === null ? [] : rolesThen(entry, ctx.policy),
    ground: groundOf(entry, ctx.policy),
    relationship: relationship === null ? null : { id: relationship, kind: kinds.get(relationship) ?? null },
    explained: explained.get(row.id) ?? null,
    patients: Math.max(1, entry === null ? 0 : shownPatients(entry).length),
    ...(await noteOf(ctx, stored, entry)),
  }
}

/** Everybody among the accesses, by the names that they have now. */
export const viewersOf = async (
  { app }: VerbContext,
  rows: readonly ViewerRow[],
): Promise<AccessViewer[]> => {
  const names = await userNames(
    app.db,
    rows.map(({ id }) => id),
  )
  return rows.map(({ kind, id, firstAt, lastAt, ...counts }) => ({
    kind,
    id,
    name: nameOf(kind, id, names),
    ...counts,
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
  }))
}

const nameOf = (kind: string, id: string | null, names: ReadonlyMap<string, string>): string => {
  if (id === null) return 'Nobody signed in'
  return names.get(id) ?? (kind === 'user' ? 'Unknown user' : id)
}
