import type { ReadersInput, ReadersOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import {
  ALL_PERMISSIONS,
  type Decision,
  fieldAccess,
  isResourceType,
  PERMISSIONS,
  type UserId,
} from '@chartward/policy'
import { and, gt, isNull, lte, or } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { grantsAt } from '../../care/break-glass.ts'
import { relationshipsAt } from '../../care/relationship.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { type OwnAccount, ownAccountAt } from '../../sessions/own-account.ts'
import { personOf, userNames } from '../users/names.ts'
import { decideThen, roleOfStatement } from './decision-then.ts'
import { momentOf, relationshipView } from './may.ts'
import { policyThen } from './policy-then.ts'
import { policyFor, standingsThen } from './standing-then.ts'

const { roleAssignments } = schema

/**
 * Whatever shows something of a patient's records. Looking for somebody in an emergency shows no more than
 * whether it is them, to whoever knows who they are.
 */
const READING = ALL_PERMISSIONS.filter(
  (permission) => PERMISSIONS[permission].subject === 'record' && permission !== 'care:break-glass:search',
)

type Allowed = Extract<Decision, { effect: 'allow' }>

/**
 * Everybody who can see a field of a patient as of a moment, and by what: each person who held a role then,
 * or is the patient, is decided about as if they asked. Whoever could not sign in then is left out.
 */
export const readersOf = async ({
  ctx: { app, entry },
  input: { patientId, field, asOf },
}: {
  readonly ctx: VerbContext<'decision.readers-listed'>
  readonly input: ReadersInput
}): Promise<ReadersOutput> => {
  const at = momentOf(app, asOf)
  const own = await ownAccountAt(app, patientId, at)
  const standings = await standingsThen(app, await candidates(app, own, at), at, own)
  const people = [...standings].filter(([, { account }]) => account === 'active')
  const policy = await policyFor(
    app,
    people.map(([, standing]) => standing),
  )
  const pairs = people.map(([userId]) => ({ userId, patientId }))
  const care = { days: app.settings.careRelationshipDays, now: at }
  const relationships = await relationshipsAt(app.db, app.vouching, care, pairs)
  const grants = await grantsAt(app, pairs, at)
  const type = field.slice(0, field.indexOf('.'))
  const resource = { kind: 'patient', patientId, ...(isResourceType(type) ? { types: [type] } : {}) } as const
  const decided = people.map(([userId, standing], i) => {
    const relationship = relationships[i] ?? null
    const breakGlass = grants[i] ?? null
    const decisions = READING.map((permission) =>
      decideThen(policy, standing, { permission, resource, relationship, breakGlass, at }),
    )
    const allowed = decisions.filter((one): one is Allowed => one.effect === 'allow')
    const shows = (grant: 'clear' | 'partly' | 'masked') =>
      allowed.find(({ scope }) => fieldAccess(scope, field) === grant)
    const shown = (['clear', 'partly', 'masked'] as const).flatMap((grant) => {
      const decision = shows(grant)
      return decision === undefined ? [] : [{ grant, decision }]
    })
    return { userId, standing, relationship, decisions, best: shown[0] }
  })
  const readers = decided.filter(({ best }) => best !== undefined)
  const names = await userNames(
    app.db,
    readers.map(({ relationship }) => relationship?.givenBy ?? null),
  )
  entry.shown({ count: readers.length, patientId, resource: { type: 'user', id: null } })
  return {
    at: at.toISOString(),
    readers: readers
      .flatMap(({ userId, standing, relationship, best }) => {
        if (best === undefined) return []
        const { grant, decision } = best
        return {
          person: { id: userId, displayName: standing.displayName },
          grant,
          statement: decision.statement,
          role: roleOfStatement(policy, standing, decision.statement)?.title ?? 'everyone',
          relationship:
            relationship === null
              ? null
              : relationshipView(relationship, (id) => (id === null ? null : personOf(names, id))),
          own: decision.facts.self,
          brokeGlass: relationship === null && decision.facts.breakGlassInForce,
        }
      })
      .sort((a, b) => a.person.displayName.localeCompare(b.person.displayName)),
    byBreakGlass: decided.filter(
      ({ best, decisions }) =>
        best === undefined && decisions.some(({ effect }) => effect === 'needs-break-glass'),
    ).length,
    policy: await policyThen(app, policy, at),
  }
}

/** Whoever held any role at a moment, and the patient, with an account: nobody else sees the record. */
const candidates = async ({ db: { orm } }: App, own: OwnAccount | null, at: Date): Promise<UserId[]> => {
  const holding = await orm
    .selectDistinct({ userId: roleAssignments.userId })
    .from(roleAssignments)
    .where(
      and(
        lte(roleAssignments.startsAt, at),
        or(isNull(roleAssignments.endsAt), gt(roleAssignments.endsAt, at)),
      ),
    )
  return [...holding.map(({ userId }) => userId), ...(own === null ? [] : [own.userId])]
}
