import { type AuditEntryBase, shownPatients } from '@chartward/audit'
import {
  ACCESS_ACTIONS,
  type ListOwnAccessesInput,
  type ListOwnAccessesOutput,
  type OwnAccess,
} from '@chartward/contract'
import type { EntryId, PatientId } from '@chartward/policy'
import type { StoredEntry } from '../../../audit/log/stored-entries.ts'
import type { VerbContext } from '../../../guard/guard.ts'
import { userNames } from '../../users/names.ts'
import { parsedEntry } from '../entry-view.ts'
import { findAccesses } from './find.ts'
import { groundOf, relationshipThen, rolesThen } from './ground.ts'
import { kindsOf } from './view.ts'

type Context = VerbContext<'patient.accesses-viewed'>
type OwnEntry = Omit<AuditEntryBase, 'id' | 'action'> & Pick<OwnAccess, 'action'> & { readonly id: EntryId }

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
  const read = page.flatMap((one) => entryAbout(ctx, patientId, one) ?? [])
  entry.shown({ count: read.length, resource: { type: 'AuditEntry', id: null } })
  return {
    items: await ownAccesses(ctx, read),
    unreadable: page.length - read.length,
    nextCursor: found.length > limit ? (page.at(-1)?.columns.id ?? null) : null,
  }
}

/** An entry as it was written by the application, about this patient; null where it is not that any more. */
const entryAbout = (
  { app: { audit } }: Context,
  patientId: PatientId,
  { bytes, mac, columns: { id } }: StoredEntry,
): OwnEntry | null => {
  const parsed = audit.isOwn(bytes, mac) ? parsedEntry(bytes) : null
  if (parsed === null) return null
  const isAbout = parsed.patientId === patientId || shownPatients(parsed).includes(patientId)
  const action = ACCESS_ACTIONS.find((known) => known === parsed.action)
  return isAbout && action !== undefined ? { ...parsed, id, action } : null
}

const ownAccesses = async ({ app, policy }: Context, entries: readonly OwnEntry[]): Promise<OwnAccess[]> => {
  const cares = await kindsOf(
    app,
    entries.flatMap((one) => relationshipThen(one) ?? []),
  )
  const ids = entries.map(({ actor }) => (actor.kind === 'user' ? actor.id : null))
  const names = app.settings.patientsSeeNames ? await userNames(app.db, ids) : null
  return entries.map((one): OwnAccess => {
    const { id, at, actor, count, facts, action } = one
    const isStaff = actor.kind === 'user' && facts.self !== true
    const kind = actor.kind !== 'user' ? 'program' : isStaff ? 'staff' : 'you'
    return {
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
    }
  })
}
