import type { OpenBreakGlassInput, OpenBreakGlassOutput } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import { breaksGlass, type RoleAssignment } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { lockLivingUser } from '../users/lock-user.ts'
import { tellHolders } from './tell.ts'
import { reasonOf } from './view.ts'

type Context = VerbContext<'break-glass.opened'>

const MINUTE_MS = 60_000

/**
 * Breaks the glass for one patient: opens what the person's role would show them in care, for a time. It is
 * never refused for want of a review of an earlier use: care comes first. Refused where there is nothing to
 * break: in care, or where it is broken already.
 */
export const openBreakGlass = async ({
  ctx,
  input: { patientId, cause, reason },
}: {
  ctx: Context
  input: OpenBreakGlassInput
}): Promise<OpenBreakGlassOutput> => {
  const { app, user, entry } = ctx
  entry.about({ type: 'Patient', id: patientId }, patientId)
  // Whoever may break the glass finds no such patient any more: nobody is told of one by an id alone.
  if (app.shredded.of(patientId) !== undefined) throw new ChartwardError('NOT_FOUND')
  const startsAt = app.clock()
  const assignment = assignmentFor(ctx, startsAt)
  const id = newId()
  const endsAt = earlier(
    new Date(startsAt.getTime() + app.settings.breakGlassMinutes * MINUTE_MS),
    assignment.endsAt,
  )
  await withTransaction(app.db, [patientId], async (tx) => {
    // Of two requests at once the second finds the first's; a lockdown comes before or after, never between.
    await lockLivingUser(tx, app, user.id)
    await requireSomethingToBreak(tx, ctx, patientId)
    await app.vouching.insert(tx, 'break-glass', [
      {
        id,
        patientId,
        userId: user.id,
        assignmentId: assignment.assignmentId,
        cause,
        reason: sealText(app.keyring, reasonOf({ id }), reason),
        startsAt,
        endsAt,
      },
    ])
    await entry.changed(tx, {
      change: {
        before: null,
        after: {
          user: user.id,
          cause,
          assignment: assignment.assignmentId,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
        },
      },
      patientId,
      records: null,
      resource: { type: 'BreakGlass', id },
      note: reason,
    })
    await tellHolders(tx, app, ['care:break-glass:review'], {
      about: user.id,
      notice: { word: 'break-glass-opened' },
    })
  })
  return { id, endsAt: endsAt.toISOString() }
}

const earlier = (a: Date, b: Date | null): Date => (b !== null && b < a ? b : a)

/**
 * The role assignment that the glass is broken by, the one that lasts longest: with it the use ends. Throws
 * FORBIDDEN where no role of the person shows anything by break-glass.
 */
const assignmentFor = ({ actor, policy }: Context, now: Date): RoleAssignment => {
  const [longest] = actor.roles
    .filter(
      (held) =>
        breaksGlass(policy, held) && held.startsAt <= now && (held.endsAt === null || held.endsAt > now),
    )
    .toSorted((a, b) => endOf(b) - endOf(a))
  if (longest === undefined)
    throw new ChartwardError('FORBIDDEN', 'No role of yours shows anything of a patient by break-glass.')
  return longest
}

const endOf = ({ endsAt }: RoleAssignment): number => endsAt?.getTime() ?? Number.POSITIVE_INFINITY

const requireSomethingToBreak = async (
  tx: Transaction,
  { app, user }: Context,
  patientId: OpenBreakGlassInput['patientId'],
): Promise<void> => {
  const [patient] = await tx.orm.select().from(schema.patients).where(eq(schema.patients.id, patientId))
  if (patient === undefined) throw new ChartwardError('NOT_FOUND')
  const pair = { userId: user.id, patientId }
  if ((await app.reads.relationships.ask(pair)) !== null)
    throw new ChartwardError('CONFLICT', 'This patient is in your care: you can open the chart as it is.')
  if ((await app.reads.breakGlass.ask(pair)) !== null)
    throw new ChartwardError(
      'CONFLICT',
      'You have broken the glass for this patient already: open the chart.',
    )
}
