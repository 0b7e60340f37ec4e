import { decide, type Permission } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'

/** Whether the reader also holds another permission, one that is about no patient: it widens what a summary counts. */
export const permits = ({ app, actor, session }: VerbContext, permission: Permission): boolean =>
  decide({
    actor,
    permission,
    resource: { kind: 'none' },
    context: { now: app.clock(), factorAt: session.factorAt, relationship: null },
    policy: app.policy,
  }).effect === 'allow'
