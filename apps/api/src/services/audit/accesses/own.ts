import type { AuditEntryBase } from '@chartward/audit'
import {
  ACCESS_ACTIONS,
  type ListOwnAccessesInput,
  type ListOwnAccessesOutput,
  type OwnAccess,
} from '@chartward/contract'
import { schema } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { inArray } from 'drizzle-orm'
import type { VerbContext } from '../../../guard/guard.ts'
import { userNames } from '../../users/names.ts'
import { parsedEntry } from '../entry-view.ts'
import { findAccesses } from './find.ts'
import { groundOf, relationshipThen, rolesThen } from './ground.ts'

type Context = VerbContext<'patient.accesses-viewed'>

/**
 * Who saw a patient's record, for the patient: newest first, a page at a time, what was shown alone. Staff by
 * the roles that they held, and by name where the installation tells patients; never with what they typed,
 * their address or what else the log has of them.
 */
export const listOwnAccesses = async ({
  ctx,
  input: { patientId, cursor, limit },
}: {
  readonly ctx: Context
  readonly input: ListOwnAccessesInput
}): Promise<ListOwnAccessesOutput> => {
  const { app, entry } = ctx
  const wanted = { patientId, shown: true } as const
  const found = await findAccesses(app.db.sql, wanted, { before: cursor ?? null, limit: limit + 1 })
  const page = found.slice(0, limit)
  const read = page.flatMap(({ bytes, columns: { id } }) => {
    const parsed = parsedEntry(bytes)
    return parsed === null ? [] : { ...parsed, id }
  })
  entry.shown({ count: read.length, resource: { type: 'AuditEntry', id: null } })
  return {
    items: await ownAccesses(ctx, read),
    unreadable: page.length - read.length,
    nextCursor: found.length > limit ? (page.at(-1)?.columns.id ?? null) : null,
  }
}

const ownAccesses = async (
  { app, user, policy }: Context,
  entries: readonly (Omit<AuditEntryBase, 'id'> & { readonly id: EntryId })[],
): Promise<OwnAccess[]> => {
  const cares = await careKinds(
    app,
    entries.flatMap((one) => relationshipThen(one) ?? []),
  )
  const ids = entries.map(({ actor }) => (actor.kind === 'user' ? actor.id : null))
  const names = app.settings.patientsSeeNames ? await userNames(app.db, ids) : null
  return entries.flatMap((one): OwnAccess[] => {
    const { id, at, actor, count, action: acted } = one
    const action = ACCESS_ACTIONS.find((known) => known === acted)
    if (action === undefined) return []
    const isStaff = actor.kind === 'user' && actor.id !== user.id
    const kind = actor.kind !== 'user' ? 'program' : isStaff ? 'staff' : 'you'
    return [
      {
        id,
        at: new Date(at).toISOString(),
        who: {
          kind,
          roles: isStaff ? rolesThen(one, policy).map(({ title }) => title) : [],
          name: isStaff ? (names?.get(actor.id) ?? null) : null,
        },
        action,
        records: count,
        ground: groundOf(one, policy),
        care: cares.get(relationshipThen(one) ?? '') ?? null,
      },
    ]
  })
}

const careKinds = async ({ db }: Context['app'], ids: readonly string[]) => {
  if (ids.length === 0) return new Map<string, NonNullable<OwnAccess['care']>>()
  const { careRelationships: care } = schema
  const rows = await db.orm
    .select({ id: care.id, kind: care.kind })
    .from(care)
    .where(inArray(care.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}
