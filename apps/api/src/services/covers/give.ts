import { COVER_DAYS, type GiveCoverInput, type GiveCoverOutput, MOST_COVERED } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { haveOwnCare, patientsInCareOf } from '../../care/relationship.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsHeld } from '../../guard/holds.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { holdsRoleForCare } from '../care/role-for-care.ts'
import { notify } from '../notices/notify.ts'
import { reasonOf } from './view.ts'

type Context = VerbContext<'care.cover.given'>

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Hands patients to colleagues for some days, all of them or none: each gets a care relationship with each
 * patient that counts as long as whoever is covered has such care of their own (ADR 039). One hands over
 * one's own; who keeps the care teams of others names whose. Never to oneself.
 */
export const giveCover = async ({
  ctx,
  input,
}: {
  ctx: Context
  input: GiveCoverInput
}): Promise<GiveCoverOutput> => {
  const { app, user, entry, separation } = ctx
  const startsAt = app.clock()
  const endsAt = endOf(input.endsAt, startsAt)
  const covered = coveredOf(ctx, input)
  const receivers = [...new Set(input.userIds)]
  const [first, ...others] = receivers
  if (first !== undefined) separation.require(first, ...others)
  if (receivers.includes(covered))
    throw new ChartwardError('INVALID_INPUT', 'Nobody covers for themselves: choose colleagues.', {
      field: 'userIds',
    })
  const id = newId()
  return withTransaction(app.db, 'none', async (tx) => {
    await requireForCare(tx, ctx, receivers)
    const patients = await patientsOf(tx, ctx, covered, input.patients)
    const places = patients.flatMap((patientId) =>
      receivers.map((userId) => ({ patientId, userId, id: newId() })),
    )
    await app.vouching.insert(
      tx,
      'care-relationship',
      places.map((place) => ({
        ...place,
        kind: 'cover' as const,
        trusted: true,
        startsAt,
        endsAt,
        createdBy: covered,
        underGiver: true,
        narrowed: false,
      })),
    )
    await app.vouching.insert(tx, 'cover', [
      {
        id,
        coveredUser: covered,
        givenBy: user.id,
        places,
        receivers,
        reason: sealText(app.keyring, reasonOf({ id }), input.reason),
        startsAt,
        endsAt,
      },
    ])
    entry.shown({ patientIds: patients, count: patients.length })
    await entry.changed(tx, {
      change: {
        before: null,
        after: {
          covered,
          receivers,
          patients: patients.length,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
        },
      },
      patientId: null,
      records: null,
      resource: { type: 'Cover', id },
      note: input.reason,
    })
    for (const receiver of receivers) await notify(tx, app, receiver, { word: 'cover-given' })
    if (covered !== user.id) await notify(tx, app, covered, { word: 'cover-given' })
    return { id, patients: patients.length, endsAt: endsAt.toISOString() }
  })
}

const endOf = (endsAt: Date, now: Date): Date => {
  const says = (text: string) => new ChartwardError('INVALID_INPUT', text, { field: 'endsAt' })
  if (endsAt <= now) throw says('The end of the cover lies in the past.')
  // The end of the seventh day from now is meant by seven days, wherever in the day it is given.
  if (endsAt.getTime() > now.getTime() + (COVER_DAYS + 1) * DAY_MS)
    throw says(`A cover lasts ${COVER_DAYS} days at most: choose an earlier day, and give it anew then.`)
  return endsAt
}

/** Whose patients. Somebody else's takes reaching the care teams of all. */
const coveredOf = (ctx: Context, { coveredUserId }: GiveCoverInput): UserId => {
  if (coveredUserId === undefined || coveredUserId === ctx.user.id) return ctx.user.id
  if (rowsHeld(ctx, 'care:cover:give')?.kind === 'all') return coveredUserId
  throw new ChartwardError('FORBIDDEN', 'You hand over your own patients, and not those of others.')
}

const requireForCare = async (tx: Transaction, ctx: Context, receivers: readonly UserId[]): Promise<void> => {
  for (const receiver of receivers) {
    if ((await holdsRoleForCare(tx, ctx, receiver)) === true) continue
    throw new ChartwardError('CONFLICT', 'One of these colleagues holds no role that is for care.', {
      field: 'userIds',
    })
  }
}

/**
 * The patients, each in the own care of whoever is covered: what they have from a colleague is not handed on.
 */
const patientsOf = async (
  tx: Transaction,
  { app }: Context,
  userId: UserId,
  wanted: GiveCoverInput['patients'],
): Promise<PatientId[]> => {
  const now = app.clock()
  const says = (text: string) => new ChartwardError('CONFLICT', text, { field: 'patients' })
  const ids =
    wanted === 'all'
      ? (await patientsInCareOf(app, userId, now)).flatMap(({ patientId }) =>
          app.shredded.of(patientId) === undefined ? patientId : [],
        )
      : [...new Set(wanted)]
  const at = { days: app.settings.careRelationshipDays, now }
  const own = await haveOwnCare(
    tx,
    app.vouching,
    at,
    ids.map((patientId) => ({ userId, patientId })),
  )
  const patients = ids.filter((_, place) => own[place])
  if (wanted !== 'all' && patients.length < ids.length)
    throw says(
      'Some of these patients are not in the own care of whoever hands them over: take out those that came from a colleague.',
    )
  if (patients.length === 0) throw says('There is no patient to hand over.')
  if (patients.length > MOST_COVERED)
    throw says(`These are ${patients.length} patients: one cover holds ${MOST_COVERED} at most.`)
  return patients
}
