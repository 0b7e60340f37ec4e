import type { GetShredInput, GetShredOutput } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import { and, desc, eq, inArray, ne } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { showText } from '../../keys/sealed-text.ts'
import { type Approval, reasonOf, statusAt } from '../approvals/approval.ts'
import { requirePatient } from '../audit/accesses/require-patient.ts'
import { personOf, userNames } from '../users/names.ts'
import { holdReasonOf, holdsOf } from './holds.ts'
import { destroyedView } from './view.ts'

const { approvals, shreds } = schema

type Context = VerbContext<'shred.viewed'>
type Names = Awaited<ReturnType<typeof userNames>>

/** The legal holds of a patient, and whether the patient's keys are to be, or were, destroyed. */
export const getShred = async ({
  ctx,
  input: { patientId },
}: {
  readonly ctx: Context
  readonly input: GetShredInput
}): Promise<GetShredOutput> => {
  const { app, entry } = ctx
  await requirePatient(app, patientId)
  const { holds, shred, pending } = await withTransaction(app.db, [patientId], async (tx) => {
    const holds = await holdsOf(tx, app, patientId)
    const [shred] = await tx.orm
      .select()
      .from(shreds)
      .where(and(eq(shreds.patientId, patientId), ne(shreds.state, 'ended')))
    if (shred !== undefined) await app.vouching.require('shred', shred)
    const subjects = [...holds.map(({ id }) => id), ...(shred === undefined ? [] : [shred.id])]
    return { holds, shred, pending: await pendingOf(tx, ctx, subjects) }
  })
  const names = await userNames(app.db, [
    ...holds.flatMap(({ setBy, liftAskedBy, liftedBy }) => [setBy, liftAskedBy, liftedBy]),
    ...[...pending.values()].map(({ requestedBy }) => requestedBy),
    shred?.requestedBy ?? null,
    shred?.decidedBy ?? null,
  ])
  entry.shown({ resource: { type: 'Shred', id: shred?.id ?? null } })
  const asked = shred?.state === 'requested' ? pending.get(shred.id) : undefined
  return {
    holds: await Promise.all(
      holds.map(async (hold) => ({
        id: hold.id,
        setBy: personOf(names, hold.setBy),
        setAt: hold.setAt.toISOString(),
        reason: await showText(app.keyring, holdReasonOf(hold), hold.reason),
        lifted:
          hold.liftedAt === null || hold.liftAskedBy === null || hold.liftedBy === null
            ? null
            : {
                at: hold.liftedAt.toISOString(),
                askedBy: personOf(names, hold.liftAskedBy),
                by: personOf(names, hold.liftedBy),
              },
        lift: await askedView(ctx, names, pending.get(hold.id)),
      })),
    ),
    asked: await askedView(ctx, names, asked),
    destroyed: shred?.state === 'done' ? destroyedView(names, shred) : null,
    retention: app.settings.retention,
  }
}

/** The requests about these that wait for a second person, by what they are about. */
const pendingOf = async (
  tx: Transaction,
  { app }: Context,
  subjects: readonly Approval['subjectId'][],
): Promise<Map<string, Approval>> => {
  if (subjects.length === 0) return new Map()
  const rows = await tx.orm
    .select()
    .from(approvals)
    .where(and(inArray(approvals.subjectId, [...subjects]), inArray(approvals.kind, ['shred', 'hold-lift'])))
    .orderBy(desc(approvals.id))
  const pending = rows.filter((row) => statusAt(row, app.clock()) === 'pending')
  for (const row of pending)
    if (!(await app.vouching.admits('approval', row))) throw new ChartwardError('INTEGRITY')
  return new Map(pending.map((row) => [row.subjectId, row]))
}

const askedView = async (
  { app, user }: Context,
  names: Names,
  row: Approval | undefined,
): Promise<GetShredOutput['asked']> =>
  row === undefined
    ? null
    : {
        approvalId: row.id,
        by: personOf(names, row.requestedBy),
        reason: await showText(app.keyring, reasonOf(row), row.reason),
        at: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        mine: row.requestedBy === user.id,
      }
