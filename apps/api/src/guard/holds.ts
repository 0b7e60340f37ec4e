import { type Decision, type DecisionResource, decide, type Permission, type Rows } from '@chartward/policy'
import type { VerbContext } from './guard.ts'

type Reader = Pick<VerbContext, 'app' | 'actor' | 'policy' | 'session'>

const decisionOn = (
  { app, actor, policy, session }: Reader,
  permission: Permission,
  resource: DecisionResource,
): Decision =>
  decide({
    actor,
    permission,
    resource,
    context: { now: app.clock(), factorAt: session.factorAt, relationship: null },
    policy,
  })

/**
 * Whether the reader also holds another permission, one that is about no patient: it widens what an answer
 * shows. A factor that is not fresh leaves it held, since nothing is done with it here.
 */
export const holds = (reader: Reader, permission: Permission): boolean => {
  const { effect } = decisionOn(reader, permission, { kind: 'none' })
  return effect === 'allow' || effect === 'needs-step-up'
}

/** Which patients the reader also reaches by another permission, or null where they do not hold it. */
export const rowsHeld = (reader: Reader, permission: Permission): Rows | null => {
  const decision = decisionOn(reader, permission, { kind: 'patients' })
  return decision.effect === 'allow' ? decision.scope.rows : null
}
