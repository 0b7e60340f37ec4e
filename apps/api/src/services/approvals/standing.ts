import { schema, type Transaction } from '@chartward/db'
import {
  type Decision,
  decide,
  type PatientId,
  type Permission,
  type RoleAssignment,
  type UserId,
} from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { relationshipsAt } from '../../care/relationship.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { countOf, usableFactors } from '../auth/usable-factors.ts'
import { oneAtATime } from './one-at-a-time.ts'

interface Standing {
  readonly isEnrolled: boolean
  readonly roles: readonly RoleAssignment[]
}

const NOBODY: Standing = { isEnrolled: false, roles: [] }

/**
 * Read in the transaction, not in the request: what has ended since then has ended. Nobody stands by rows
 * that the application does not vouch for.
 */
const standingOf = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<Standing> => {
  const { users, roleAssignments } = schema
  const [user] = await tx.orm.select().from(users).where(eq(users.id, userId))
  const factors = await usableFactors(tx, { vouching }, userId)
  const assignments = await tx.orm.select().from(roleAssignments).where(eq(roleAssignments.userId, userId))
  const counts =
    user !== undefined &&
    factors !== null &&
    (await vouching.admits('user', user)) &&
    (await vouching.admitsAll('role-assignment', userId, assignments))
  if (!counts) return NOBODY
  return {
    isEnrolled: user.status === 'active' && countOf(factors) > 0,
    roles: assignments.map(({ id, role, roleVersion, startsAt, endsAt }) => ({
      name: role,
      version: roleVersion,
      assignmentId: id,
      startsAt,
      endsAt,
    })),
  }
}

/** Whether somebody has signed in with a factor of their own and may do so still. */
export const isEnrolled = async (
  tx: Transaction,
  app: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<boolean> => (await standingOf(tx, app, userId)).isEnrolled

/**
 * Begins an act that takes two people, or that may leave too few: such acts wait for each other, and whoever
 * acts must still hold the permission when it is their turn. Throws FORBIDDEN where they don't: of two who
 * lock each other out at the same moment, the second finds that out here. Gives the decision.
 */
export const beginPrivilegedAct = async (
  tx: Transaction,
  { app, user }: Pick<VerbContext, 'app' | 'user'>,
  permission: Permission,
): Promise<Decision> => {
  await oneAtATime(tx)
  const message = 'Your role does not permit this any more.'
  return requireRight(tx, app, { holder: user.id, permission, about: null, message })
}

/**
 * Throws FORBIDDEN where somebody does not, or no longer, hold a permission with regard to somebody else.
 * That their factor is fresh was asked when they asked or decided.
 */
export const requireRight = async (
  tx: Transaction,
  app: Pick<App, 'clock' | 'policies' | 'settings' | 'vouching'>,
  right: {
    readonly holder: UserId
    readonly permission: Permission
    readonly about: UserId | null
    /** The patient whom it is about, where there is one: then it is held with regard to them. */
    readonly patientId?: PatientId | null
    readonly message: string
  },
): Promise<Decision> => {
  const { holder, permission, about, patientId = null, message } = right
  const { isEnrolled: enrolled, roles } = await standingOf(tx, app, holder)
  const now = app.clock()
  const care = { days: app.settings.careRelationshipDays, now }
  const pairs = patientId === null ? [] : [{ userId: holder, patientId }]
  const [relationship = null] = await relationshipsAt(tx, app.vouching, care, pairs)
  const decision = decide({
    actor: { kind: 'user', id: holder, roles, patientId: null },
    permission,
    resource: patientId === null ? { kind: 'none' } : { kind: 'patient', patientId },
    context: {
      now,
      factorAt: now,
      relationship,
      aboutUserId: about,
    },
    policy: await app.policies.inForce(roles),
  })
  if (!enrolled || decision.effect !== 'allow') throw new ChartwardError('FORBIDDEN', message)
  return decision
}
