import type { GetBreakGlassInput, GetBreakGlassOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { showText, showTextOrNull } from '../../keys/sealed-text.ts'
import { findAccesses } from '../audit/accesses/find.ts'
import { accessesOf } from '../audit/accesses/view.ts'
import { personOf, userNames } from '../users/names.ts'
import { endOf, type GrantRow, noteOf, reasonOf, useOf } from './view.ts'

const { breakGlassGrants: grants } = schema

/** As many accesses of one use as its reviewer is shown at once: more stand on the patient's page. */
const MOST = 500
/**
 * Entries say when something was done to the microsecond, uses to the millisecond; clocks may differ a
 * little.
 */
const AROUND_MS = 5_000

/** One use for whoever reviews it: why, and everything that was opened of the patient by it. */
export const getBreakGlass = async ({
  ctx,
  input: { id },
}: {
  ctx: VerbContext<'break-glass.viewed'>
  input: GetBreakGlassInput
}): Promise<GetBreakGlassOutput> => {
  const { app, user, entry } = ctx
  const [found] = await app.db.orm.select().from(grants).where(eq(grants.id, id))
  if (found === undefined) throw new ChartwardError('NOT_FOUND')
  const row = await app.vouching.require('break-glass', found)
  entry.about({ type: 'BreakGlass', id }, row.patientId)
  const { accesses, cut } = await accessesDuring(ctx, row)
  const names = await userNames(app.db, [row.userId, row.endedBy, row.reviewedBy])
  entry.shown({ count: accesses.length, resource: { type: 'BreakGlass', id } })
  return {
    ...useOf(row, app.clock()),
    by: personOf(names, row.userId),
    mine: row.userId === user.id,
    reason: await showText(app.keyring, reasonOf(row), row.reason),
    endedBy: row.endedBy === null ? null : personOf(names, row.endedBy),
    review:
      row.verdict === null || row.reviewedAt === null
        ? null
        : {
            verdict: row.verdict,
            note: await showTextOrNull(app.keyring, noteOf(row), row.note),
            by: row.reviewedBy === null ? null : personOf(names, row.reviewedBy),
            at: row.reviewedAt.toISOString(),
          },
    accesses,
    cut,
  }
}

/** What the user did with the patient while it was open, whatever it rested on. */
const accessesDuring = async (ctx: VerbContext, row: GrantRow) => {
  const at = (moment: number) => {
    const date = new Date(moment)
    return { text: date.toISOString(), date }
  }
  const wanted = {
    patientId: row.patientId,
    actorId: row.userId,
    from: at(row.startsAt.getTime() - AROUND_MS),
    to: at(endOf(row).getTime() + AROUND_MS),
  }
  const found = await findAccesses(ctx.app.db.sql, wanted, { before: null, limit: MOST + 1 })
  return { accesses: await accessesOf(ctx, found.slice(0, MOST)), cut: found.length > MOST }
}
