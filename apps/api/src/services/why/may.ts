import type { WhyInput, WhyOutput, WhyPatientInput } from '@chartward/contract'
import { schema } from '@chartward/db'
import {
  type Decision,
  type DecisionResource,
  isInForce,
  PERMISSIONS,
  type Policy,
  REASON_TEXT,
  seenUnder,
} from '@chartward/policy'
import { inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { grantsAt } from '../../care/break-glass.ts'
import { type RelationshipTold, relationshipsAt } from '../../care/relationship.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { showText } from '../../keys/sealed-text.ts'
import { ownAccountAt } from '../../sessions/own-account.ts'
import { personOf, userNames } from '../users/names.ts'
import { anyResource, decideThen, roleOfStatement } from './decision-then.ts'
import { policyThen } from './policy-then.ts'
import { policyFor, type StandingThen, standingsThen } from './standing-then.ts'

const { approvals } = schema
type Ctx = VerbContext<'decision.explained'>

/** Why somebody may, or may not, do something that is about no one patient, by decide() itself. */
export const whyMay = ({ ctx, input }: { readonly ctx: Ctx; readonly input: WhyInput }): Promise<WhyOutput> =>
  explain(ctx, input, anyResource(input.permission))

/** The same of one patient. Throws INVALID_INPUT for what is about none. */
export const whyMayPatient = ({
  ctx,
  input,
}: {
  readonly ctx: Ctx
  readonly input: WhyPatientInput
}): Promise<WhyOutput> => {
  if (PERMISSIONS[input.permission].subject === 'none') {
    throw new ChartwardError('INVALID_INPUT', 'This is about no patient: ask for it without one.', {
      field: 'permission',
    })
  }
  return explain(ctx, input, { kind: 'patient', patientId: input.patientId })
}

const explain = async (
  { app, entry }: Ctx,
  { userId, permission, asOf }: WhyInput,
  resource: DecisionResource,
): Promise<WhyOutput> => {
  const at = momentOf(app, asOf)
  const patientId = resource.kind === 'patient' ? resource.patientId : null
  const own = patientId === null ? null : await ownAccountAt(app, patientId, at)
  const standing = (await standingsThen(app, [userId], at, own)).get(userId)
  if (standing === undefined) throw new ChartwardError('NOT_FOUND')
  const policy = await policyFor(app, [standing])
  const pairs = patientId === null ? [] : [{ userId, patientId }]
  const care = { days: app.settings.careRelationshipDays, now: at }
  const [relationship = null] = await relationshipsAt(app.db, app.vouching, care, pairs)
  const [breakGlass = null] = await grantsAt(app, pairs, at)
  const decision = decideThen(policy, standing, { permission, resource, relationship, breakGlass, at })
  entry.shown({ count: 1, patientId, resource: { type: 'user', id: userId } })
  const { description, stepUp } = PERMISSIONS[permission]
  return {
    at: at.toISOString(),
    person: { id: userId, displayName: standing.displayName },
    account: standing.account,
    effect: decision.effect === 'needs-step-up' ? 'allow' : decision.effect,
    reason: REASON_TEXT[decision.reason],
    what: description,
    patients: reachOf(decision),
    stepUp,
    ...(await pathOf({ app, policy }, standing, decision, relationship, at)),
    own: decision.facts.self,
    // Whoever is in care needs no other ground.
    brokeGlass: relationship === null && decision.facts.breakGlassInForce,
    sees: patientId === null ? [] : [...seenUnder([decision])],
    policy: await policyThen(app, policy, at),
  }
}

/** Of whom it is allowed at most, where that was asked of nobody in particular. */
const reachOf = (decision: Decision): WhyOutput['patients'] => {
  if (decision.effect !== 'allow') return null
  const { kind } = decision.scope.rows
  return kind === 'care' || kind === 'self' || kind === 'all' ? kind : null
}

/** Throws INVALID_INPUT for what has not come yet: nobody knows what will be in force. */
export const momentOf = ({ clock }: Pick<App, 'clock'>, asOf: Date | undefined): Date => {
  const now = clock()
  if (asOf === undefined) return now
  if (asOf > now)
    throw new ChartwardError('INVALID_INPUT', 'This is to come. Choose a moment that is past.', {
      field: 'asOf',
    })
  return asOf
}

/** By what it was decided: statement, assignments of its role, and the relationship where it took one. */
const pathOf = async (
  { app, policy }: { readonly app: App; readonly policy: Policy },
  standing: StandingThen,
  { statement }: Decision,
  relationship: RelationshipTold | null,
  at: Date,
): Promise<Pick<WhyOutput, 'statement' | 'assignments' | 'relationship'>> => {
  const role = statement === null ? null : roleOfStatement(policy, standing, statement)
  const carrying = standing.assignments.filter(
    (one) =>
      one.role === role?.name && (one.roleVersion ?? role.version) === role.version && isInForce(one, at),
  )
  const approvalIds = carrying.flatMap(({ approvalId }) => approvalId ?? [])
  const approved =
    approvalIds.length === 0
      ? []
      : await app.db.orm.select().from(approvals).where(inArray(approvals.id, approvalIds))
  const approverOf = new Map(approved.map(({ id, decidedBy }) => [id, decidedBy]))
  const names = await userNames(app.db, [
    ...carrying.map(({ grantedBy }) => grantedBy),
    ...approverOf.values(),
    relationship?.givenBy ?? null,
  ])
  const named = (id: string | null | undefined) => (id == null ? null : personOf(names, id))
  return {
    statement:
      statement === null
        ? null
        : {
            id: statement,
            role: role === null ? null : { name: role.name, title: role.title, version: role.version },
          },
    assignments: await Promise.all(
      carrying.map(async ({ id, startsAt, endsAt, grantedBy, approvalId, reason }) => ({
        id,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt?.toISOString() ?? null,
        grantedBy: named(grantedBy),
        approvedBy: named(approvalId === null ? null : approverOf.get(approvalId)),
        reason: await showText(
          app.keyring,
          { table: 'role_assignments', column: 'reason', rowId: id },
          reason,
        ),
      })),
    ),
    relationship: relationship === null ? null : relationshipView(relationship, named),
  }
}

/** A relationship as it is shown. */
export const relationshipView = (
  { kind, startsAt, endsAt, origin, givenBy }: RelationshipTold,
  named: (id: string | null) => NonNullable<WhyOutput['relationship']>['givenBy'],
): NonNullable<WhyOutput['relationship']> => ({
  kind,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt?.toISOString() ?? null,
  origin,
  givenBy: named(givenBy),
})
