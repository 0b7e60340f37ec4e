import type { Action } from '@chartward/audit'
import type { MySignInsInput, MySignInsOutput } from '@chartward/contract'
import { type EntryRow, entryColumns } from '../../audit/log/stored-entries.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { parsedEntry } from '../audit/entry-view.ts'
import { actionsOf } from '../audit/reads.ts'

/** Whatever is a step of signing in, whoever took it. */
const SIGNING_IN: readonly Action[] = [...actionsOf('sign-in'), 'auth.session.ended', 'sessions.ended']

/**
 * What the log says of how somebody's own account was got into, or was tried to be, newest first. Entries
 * that the application has not written itself are left out: nobody is frightened by a row that was put in.
 */
export const mySignIns = async ({
  ctx: { app, user, session, entry },
  input: { cursor, limit },
}: {
  readonly ctx: VerbContext<'account.viewed'>
  readonly input: MySignInsInput
}): Promise<MySignInsOutput> => {
  const { sql } = app.db
  const found = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from audit_entries
    where resource_id = any(array_append(array(select id::text from sessions where user_id = ${user.id}), ${user.id}))
      and action in ${sql([...SIGNING_IN])}
      ${cursor === undefined ? sql`` : sql`and id < ${cursor}`}
    order by id desc limit ${limit + 1}`
  const page = found.slice(0, limit)
  const items = page.flatMap(({ bytes, mac }) => {
    const told = app.audit.isOwn(bytes, mac) ? parsedEntry(bytes) : null
    if (told === null) return []
    const { id, at, action, outcome, reason, ip, userAgent, sessionId } = told
    const current = sessionId === session.id
    return [{ id, at: new Date(at).toISOString(), action, outcome, reason, ip, userAgent, current }]
  })
  entry.shown({ count: items.length, resource: { type: 'AuditEntry', id: null } })
  return { items, nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null }
}
