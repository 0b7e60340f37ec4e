import { isDeepStrictEqual } from 'node:util'
import type { LineResult } from '@chartward/contract'
import { addressKey } from '@chartward/contract'
import { isUniqueViolation, type Transaction, withTransaction } from '@chartward/db'
import { privilegedRoles, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { requireRight } from '../approvals/standing.ts'
import { notify } from '../notices/notify.ts'
import { allHeld, endAssignmentRow } from '../users/assignment-row.ts'
import { closeAccount } from '../users/close-account.ts'
import { grantRole } from '../users/grant-role.ts'
import { lockUser } from '../users/lock-user.ts'
import { personOf, userNames } from '../users/names.ts'
import { requireFloors } from '../users/require-floors.ts'
import { insertUser, updateUser } from '../users/user-row.ts'
import { voidAccount } from '../users/void-account.ts'
import { WorkFailed } from '../works/work.ts'
import type { Agreed } from './agreed-plan.ts'
import type { ChangeId } from './change-row.ts'
import { type Current, currentPeople } from './current.ts'
import { type Step, stepOf } from './difference.ts'
import { standsAbove } from './managers.ts'
import { requireParts } from './parts.ts'
import type { PlannedLine } from './plan.ts'
import type { Wanted } from './wanted.ts'

/** Who asked, why, and by whose approval. */
export interface Carrying {
  readonly id: ChangeId
  readonly askedBy: UserId
  readonly approvalId: string | null
  readonly reason: string
  readonly by: EntryBase
  /** The accounts that lines of the plan make, by line. */
  readonly made: ReadonlyMap<number, UserId>
}

/** The accounts that a plan makes, by line. */
export const madeBy = ({ lines }: Pick<Agreed, 'lines'>): ReadonlyMap<number, UserId> =>
  new Map(
    lines.flatMap(({ wanted: { line, who } }) =>
      who.is === 'new' && who.id !== null ? [[line, who.id]] : [],
    ),
  )

/** Undoes what a line had begun: the person is not as agreed on any more. */
class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

/**
 * Does what was agreed on for one person, with its entries and the note that it is done, in one
 * transaction: all of it, or nothing. A line that was done before is passed over. Of somebody who is no
 * longer as they were when it was agreed on nothing is changed.
 */
export const carryOutLine = async (app: App, planned: PlannedLine, carrying: Carrying): Promise<void> => {
  const { line } = planned.line
  try {
    await withTransaction(app.db, 'none', async (tx) => {
      await oneAtATime(tx)
      if (await isNoted(tx, carrying.id, line)) return
      await requireStill(tx, app, planned, carrying.askedBy)
      const userId = await doLine(tx, app, planned, carrying)
      await noteLine(tx, app, { id: carrying.id, line, outcome: 'done', userId })
    })
  } catch (error) {
    const outcome = outcomeOf(error)
    if (outcome === null) throw error
    await withTransaction(app.db, 'none', (tx) =>
      noteLine(tx, app, { id: carrying.id, line, outcome, userId: null }),
    )
  }
}

/** Whoever asked must hold the rights still: what somebody began who is locked down since goes no further. */
const requireStill = async (
  tx: Transaction,
  app: App,
  planned: PlannedLine,
  askedBy: UserId,
): Promise<void> => {
  try {
    await requireRight(tx, app, {
      holder: askedBy,
      permission: 'account:people:list',
      about: null,
      message: 'Your role does not permit this any more.',
    })
    await requireParts(tx, app, askedBy, { lines: [planned] })
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'FORBIDDEN') throw new WorkFailed('not-permitted')
    throw error
  }
}

/** What is no fault of the process: another attempt would come to the same. */
const outcomeOf = (error: unknown): LineResult | null => {
  if (error instanceof Overtaken) return 'overtaken'
  if (isUniqueViolation(error, 'users_email') || isUniqueViolation(error, 'users_employee_number'))
    return 'overtaken'
  if (!(error instanceof ChartwardError)) return null
  return error.code === 'CONFLICT' || error.code === 'EXPIRED' || error.code === 'NOT_FOUND'
    ? 'refused'
    : null
}

const isNoted = async ({ sql }: Transaction, id: ChangeId, line: number): Promise<boolean> => {
  const rows = await sql`select from people_change_lines where change_id = ${id} and line = ${line}`
  return rows.length > 0
}

const noteLine = async (
  { sql }: Transaction,
  { clock }: App,
  {
    id,
    line,
    outcome,
    userId,
  }: {
    readonly id: ChangeId
    readonly line: number
    readonly outcome: LineResult
    readonly userId: UserId | null
  },
): Promise<void> => {
  await sql`
    insert into people_change_lines (change_id, line, outcome, user_id, at)
    values (${id}, ${line}, ${outcome}, ${userId}, ${clock().toISOString()})
    on conflict do nothing`
}

const doLine = async (
  tx: Transaction,
  app: App,
  { wanted, line }: PlannedLine,
  carrying: Carrying,
): Promise<UserId> => {
  const { who } = wanted
  if (who.id === null) throw new ChartwardError('INTEGRITY')
  if (who.is === 'known') await lockUser(tx, app, who.id)
  const current = (await currentPeople(tx, app, [who.id])).get(who.id) ?? null
  const managerId = await managerOf(tx, wanted, carrying, who.id)
  const step = stepOf(wanted, current, {
    policy: await app.policies.inForce(),
    now: app.clock(),
    askedBy: carrying.askedBy,
    names: await namesOf(tx, wanted),
  })
  if (!isDeepStrictEqual(step.line, line)) throw new Overtaken('the person has changed meanwhile')
  if (current === null) await make(tx, app, { id: who.id, wanted, managerId }, carrying)
  else await change(tx, app, { current, wanted, managerId, step }, carrying)
  for (const { role, startsAt, endsAt } of step.gains)
    await grantRole(tx, app, carrying.by, {
      userId: who.id,
      role,
      reason: carrying.reason,
      ...(startsAt === null || startsAt <= app.clock() ? {} : { startsAt }),
      endsAt,
      grantedBy: carrying.askedBy,
      approvalId: carrying.approvalId,
    })
  return who.id
}

const namesOf = async (tx: Transaction, { manager }: Wanted): Promise<ReadonlyMap<string, string>> => {
  if (manager?.by !== 'user') return new Map()
  const names = await userNames(tx, [manager.id])
  return new Map([[manager.id, personOf(names, manager.id).displayName]])
}

/** The manager's account, who is there and stands under nobody who would stand under them. */
const managerOf = async (
  tx: Transaction,
  { manager }: Wanted,
  { made }: Carrying,
  person: UserId,
): Promise<UserId | null | undefined> => {
  if (manager == null) return manager
  const id = manager.by === 'user' ? manager.id : made.get(manager.line)
  const [row] = id === undefined ? [] : await tx.sql`select from users where id = ${id}`
  if (id === undefined || row === undefined) throw new Overtaken('there is no such manager any more')
  if (await standsAbove(tx, { person, manager: id })) throw new Overtaken('the manager stands under them now')
  return id
}

/** Makes the account, without a link to it: that is handed over person by person. */
const make = async (
  tx: Transaction,
  app: App,
  {
    id,
    wanted,
    managerId,
  }: { readonly id: UserId; readonly wanted: Wanted; readonly managerId: UserId | null | undefined },
  { by, reason }: Carrying,
): Promise<void> => {
  const { email, displayName, department, employeeNumber } = wanted
  const [same] = await tx.sql`select from users where address_key = ${addressKey(email)}`
  if (same !== undefined) throw new Overtaken('somebody has this address by now')
  await insertUser(tx, app, {
    id,
    email,
    displayName,
    status: 'invited',
    department: department ?? null,
    managerId: managerId ?? null,
    employeeNumber: employeeNumber ?? null,
    createdAt: app.clock(),
  })
  await app.audit.append(tx, {
    ...by,
    action: 'user.invited',
    outcome: 'success',
    resource: { type: 'user', id },
    // Name and address stay out of the log, as of everybody who is invited.
    change: {
      before: null,
      after: {
        status: 'invited',
        invitation: null,
        department: department ?? null,
        manager: managerId ?? null,
      },
    },
    note: reason,
  })
}

const DETAILS = ['name', 'department', 'manager', 'employee-number'] as const

const change = async (
  tx: Transaction,
  app: App,
  {
    current,
    wanted,
    managerId,
    step,
  }: {
    readonly current: Current
    readonly wanted: Wanted
    readonly managerId: UserId | null | undefined
    readonly step: Step
  },
  { by, askedBy, reason }: Carrying,
): Promise<void> => {
  const { id } = current
  const changed = new Set(step.line.changes.map(({ what }) => what))
  const ending = { endedBy: askedBy, reason }
  if (DETAILS.some((what) => changed.has(what))) {
    const set = {
      ...(changed.has('name') ? { displayName: wanted.displayName } : {}),
      ...(changed.has('department') ? { department: wanted.department ?? null } : {}),
      ...(changed.has('manager') ? { managerId: managerId ?? null } : {}),
      ...(changed.has('employee-number') ? { employeeNumber: wanted.employeeNumber ?? null } : {}),
    }
    await updateUser(tx, app, id, set)
    const { department, managerId: manager } = current
    await app.audit.append(tx, {
      ...by,
      action: 'user.changed',
      outcome: 'success',
      resource: { type: 'user', id },
      // Of a name and a number that they changed; what they are stays out of the log.
      change: {
        before: { department, manager },
        after: {
          department: 'department' in set ? set.department : department,
          manager: 'managerId' in set ? set.managerId : manager,
          changed: [...changed].filter((what) => what === 'name' || what === 'employee-number').toSorted(),
        },
      },
      note: reason,
    })
    if (changed.has('name')) await notify(tx, app, id, { word: 'name-changed' })
  }
  const state = step.line.changes.find(({ what }) => what === 'state')?.to
  if (state === 'deactivated') return closeAccount(tx, app, by, { id, ...ending })
  if (state === 'invited') {
    await voidAccount(tx, app, by, { id, ...ending })
    await app.audit.append(tx, {
      ...by,
      action: 'user.reactivated',
      outcome: 'success',
      resource: { type: 'user', id },
      change: { before: { status: current.status }, after: { status: 'invited' } },
      note: reason,
    })
  }
  await endRoles(tx, app, { id, step }, { by, ...ending })
}

const endRoles = async (
  tx: Transaction,
  app: App,
  { id, step }: { readonly id: UserId; readonly step: Step },
  { by, ...ending }: { readonly by: EntryBase; readonly endedBy: UserId; readonly reason: string },
): Promise<void> => {
  const ends = new Set(step.losses.map(({ assignmentId }) => assignmentId))
  if (ends.size === 0) return
  const privileged = privilegedRoles(await app.policies.inForce())
  if (step.losses.some(({ role }) => privileged.includes(role)))
    await requireFloors(tx, app, ({ assignmentId }) => ends.has(assignmentId))
  for (const held of await allHeld(tx, app, id))
    if (ends.has(held.id)) await endAssignmentRow(tx, app, by, { held, ...ending })
}
