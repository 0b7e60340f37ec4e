import { type Actor, ALL_PERMISSIONS, decide, type Permission, permissionOf } from '@chartward/policy'
import type { SignedIn } from '../../sessions/session.ts'
import type { RequestContext } from '../../trpc/context.ts'

export interface HeldRole {
  role: string
  title: string
  endsAt: string | null
}

type SessionView =
  | { stage: 'none' }
  | { stage: 'factor' | 'enrol'; displayName: string }
  | {
      stage: 'full'
      sessionId: string
      user: { id: string; email: string; displayName: string; practitionerLinked: boolean }
      roles: HeldRole[]
      permissions: Permission[]
      idleExpiresAt: string
      expiresAt: string
      factorAt: string | null
      demo: boolean
    }

/** What the console needs to know of who is there. It says nothing that its reader does not have, and is polled: no entry. */
export const describeSession = async ({ ctx }: { readonly ctx: RequestContext }): Promise<SessionView> => {
  const signedIn = await ctx.signedIn()
  if (signedIn === null) return { stage: 'none' }
  const { session, user } = signedIn
  if (session.stage !== 'full') return { stage: session.stage, displayName: user.displayName }
  const now = ctx.app.clock()
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
    },
    roles: inForce.map(({ name, endsAt }) => ({
      role: name,
      title: ctx.app.policy.roles[name]?.title ?? name,
      endsAt: endsAt?.toISOString() ?? null,
    })),
    permissions: heldPermissions(ctx, signedIn, now),
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    factorAt: session.factorAt?.toISOString() ?? null,
    demo: ctx.app.settings.mode === 'demo',
  }
}

/** What decide() would allow with a fresh factor, about somebody else, for a patient in reach: what the console may offer. */
const heldPermissions = (
  { app }: RequestContext,
  { user, assignments }: SignedIn,
  now: Date,
): Permission[] => {
  const actor: Actor = { kind: 'user', id: user.id, roles: assignments, patientId: user.patientId }
  const context = { now, factorAt: now, relationship: null, aboutUserId: null }
  return ALL_PERMISSIONS.filter((permission) => {
    const resource =
      permissionOf(permission)?.subject === 'none' ? { kind: 'none' as const } : { kind: 'patients' as const }
    return decide({ actor, permission, resource, context, policy: app.policy }).effect === 'allow'
  })
}
