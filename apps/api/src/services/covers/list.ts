import type { ListCoversInput, ListCoversOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { arrayContains, desc, eq, or } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsHeld } from '../../guard/holds.ts'
import { showText } from '../../keys/sealed-text.ts'
import { personOf, userNames } from '../users/names.ts'
import { reasonOf } from './view.ts'

const { covers } = schema

const MOST = 100

/** The covers that somebody gave, or has from a colleague, the latest first. Patients by their ids. */
export const listCovers = async ({
  ctx,
  input: { userId },
}: {
  ctx: VerbContext<'care.cover.listed'>
  input: ListCoversInput
}): Promise<ListCoversOutput> => {
  const { app, user, entry } = ctx
  const keepsAll = rowsHeld(ctx, 'care:cover:list')?.kind === 'all'
  const of = userId ?? user.id
  if (of !== user.id && !keepsAll) throw new ChartwardError('FORBIDDEN')
  const found = await app.db.orm
    .select()
    .from(covers)
    .where(or(eq(covers.coveredUser, of), eq(covers.givenBy, of), arrayContains(covers.receivers, [of])))
    .orderBy(desc(covers.id))
    .limit(MOST)
  const admitted = await Promise.all(found.map((row) => app.vouching.admits('cover', row)))
  const rows = found.filter((_, at) => admitted[at])
  const names = await userNames(
    app.db,
    rows.flatMap(({ coveredUser, givenBy, receivers }) => [coveredUser, givenBy, ...receivers]),
  )
  const now = app.clock()
  const mayEnd = rowsHeld(ctx, 'care:cover:end')
  entry.shown({ count: rows.length, resource: { type: 'Cover', id: null } })
  return {
    items: await Promise.all(
      rows.map(async (row) => {
        const ended = row.endedAt !== null || row.endsAt <= now
        const own = row.coveredUser === user.id || row.givenBy === user.id
        const isReceiver = row.receivers.includes(user.id)
        return {
          id: row.id,
          covered: personOf(names, row.coveredUser),
          givenBy: personOf(names, row.givenBy),
          receivers: row.receivers.map((one) => personOf(names, one)),
          patientIds: [...new Set(row.places.map(({ patientId }) => patientId))],
          startsAt: row.startsAt.toISOString(),
          endsAt: (row.endedAt ?? row.endsAt).toISOString(),
          ended,
          reason: await showText(app.keyring, reasonOf(row), row.reason),
          mayEnd: !ended && mayEnd !== null && !isReceiver && (own || mayEnd.kind === 'all'),
        }
      }),
    ),
  }
}
