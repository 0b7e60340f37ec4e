import type { DescribeSessionOutput } from '@chartward/contract'
import {
  type Actor,
  ALL_PERMISSIONS,
  type Decision,
  decide,
  type FieldPath,
  type Permission,
  type Policy,
  permissionOf,
  searchableFields,
  titleOf,
} from '@chartward/policy'
import type { RequestContext } from '../../guard/request-context.ts'
import type { SignedIn } from '../../sessions/session.ts'
import { ownStanding } from '../break-glass/mine.ts'

/**
 * What the console needs to know of who is there. It says nothing that its reader does not have, and is
 * polled: no entry.
 */
export const describeSession = async ({
  ctx,
}: {
  readonly ctx: RequestContext
}): Promise<DescribeSessionOutput> => {
  const signedIn = await ctx.signedIn()
  const mail = ctx.app.settings.smtp !== null
  if (signedIn === null) return { stage: 'none', mail }
  const { session, user } = signedIn
  if (session.stage !== 'full') return { stage: session.stage, displayName: user.displayName }
  const now = ctx.app.clock()
  const policy = await ctx.app.policies.inForce(signedIn.assignments)
  const inForce = signedIn.assignments.filter(
    ({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || endsAt > now),
  )
  return {
    stage: 'full',
    sessionId: session.id,
    user: {
      id: user.id,
      email: user.email,
      displayName: user.displayName,
      practitionerLinked: user.practitionerId !== null,
      patientId: user.patientId,
    },
    roles: inForce.map(({ name, version, endsAt }) => ({
      role: name,
      title: titleOf(policy, { name, version }),
      endsAt: endsAt?.toISOString() ?? null,
    })),
    permissions: heldPermissions(policy, signedIn, now),
    searchable: searchable(policy, signedIn, now),
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    factorAt: session.factorAt?.toISOString() ?? null,
    demo: ctx.app.settings.mode === 'demo',
    mail,
    breakGlass: await ownStanding(ctx.app, user.id, new Set(inForce.map(({ assignmentId }) => assignmentId))),
  }
}

/** What decide() would say with a fresh factor, about somebody else, for a patient in reach. */
const wouldDecide = (
  policy: Policy,
  { user, assignments }: SignedIn,
  now: Date,
  permission: Permission,
): Decision => {
  const actor: Actor = { kind: 'user', id: user.id, roles: assignments, patientId: user.patientId }
  const context = { now, factorAt: now, relationship: null, aboutUserId: null }
  const resource =
    permissionOf(permission)?.subject === 'none' ? { kind: 'none' as const } : { kind: 'patients' as const }
  return decide({ actor, permission, resource, context, policy })
}

/** What the console may offer. */
const heldPermissions = (policy: Policy, signedIn: SignedIn, now: Date): Permission[] =>
  ALL_PERMISSIONS.filter((permission) => wouldDecide(policy, signedIn, now, permission).effect === 'allow')

const searchable = (policy: Policy, signedIn: SignedIn, now: Date): FieldPath[] => {
  const decision = wouldDecide(policy, signedIn, now, 'vault:patient:search')
  return decision.effect === 'allow' ? searchableFields(decision.scope) : []
}
